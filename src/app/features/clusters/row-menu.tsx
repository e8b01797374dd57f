import { useId, useRef, useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { text } from '../../text/text.ts';
import { latePart } from '../../ui/late-part.tsx';
import classes from './row-menu.module.css';

const { Part: Dropdown } = latePart(() => import('./row-menu-dropdown.tsx'), 'RowMenuDropdown');

interface RowMenuProps {
  readonly cluster: VirtualCluster;
  readonly mayNotWrite: string | null;
}

/** A row's menu; only a button until it is used, since there may be a thousand rows. */
export function RowMenu({ cluster, mayNotWrite }: RowMenuProps) {
  const [state, setState] = useState<'unused' | 'open' | 'closed'>('unused');
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);

  function change(opened: boolean) {
    setState(opened ? 'open' : 'closed');
    // Before the chosen item opens something that takes the focus itself.
    if (!opened) button.current?.focus({ preventScroll: true });
  }

  return (
    <span className={classes['place']}>
      <button
        ref={button}
        id={id}
        type="button"
        className={`icon-button ${classes['button'] ?? ''}`}
        aria-label={text.clusters.menu.label(readableClusterId(cluster.id))}
        aria-haspopup="menu"
        aria-expanded={state === 'open'}
        onClick={() => setState('open')}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {state !== 'unused' && (
        <Dropdown
          cluster={cluster}
          mayNotWrite={mayNotWrite}
          labelId={id}
          opened={state === 'open'}
          onChange={change}
        />
      )}
    </span>
  );
}
