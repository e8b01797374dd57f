import { Button } from '@mantine/core';
import { useState } from 'react';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import type { FreePool, VirtualCluster } from '../../../../domain/fleet.ts';
import { useDenialReason } from '../../../api/console.tsx';
import { MoveForm } from '../../../cluster-ui/move-form.tsx';
import { useMakePlan } from '../../../cluster-ui/use-make-plan.ts';
import { openFleetFileOf } from '../../../routing/file-selection.ts';
import { plansText } from '../../../text/plans-text.ts';
import { selectionText } from '../../../text/selection-text.ts';
import { OverlayDialog } from '../../../ui/overlay-dialog.tsx';
import { DeleteSeveralDialog } from './delete-several-dialog.tsx';
import { ResizeDialog } from './resize-dialog.tsx';
import classes from './selection.module.css';

interface SelectionBarProps {
  readonly clusters: readonly VirtualCluster[];
  /** How many of them no row shows. */
  readonly hidden: number;
  readonly pool: FreePool;
  readonly clear: () => void;
}

/** What can be done with the selected virtual clusters; each makes a plan, which is shown before it runs. It lies over the end of the list. */
export function SelectionBar({ clusters, hidden, pool, clear }: SelectionBarProps) {
  const words = selectionText;
  const denialOf = useDenialReason();
  const [opened, setOpened] = useState<'resize' | 'move' | 'remove' | null>(null);
  const mine = clusters.filter(({ id }) => denialOf(id) === null);
  const others = clusters.filter(({ id }) => denialOf(id) !== null).map(({ id }) => readableClusterId(id));
  const close = () => setOpened(null);
  return (
    <div role="region" aria-label={words.bar} className={`screen-only ${classes['bar'] ?? ''}`}>
      <span role="status" className={classes['count']}>
        {words.selected(clusters.length, hidden)}
      </span>
      {others.length > 0 && (
        <span className="quiet" title={words.leftOut(others)}>
          {mine.length === 0 ? words.mayNot : words.leftOut(others)}
        </span>
      )}
      {(['resize', 'move', 'remove'] as const).map((each) => (
        <Button
          key={each}
          size="compact-sm"
          variant="default"
          disabled={mine.length === 0}
          onClick={() => setOpened(each)}
        >
          {words[each]}
        </Button>
      ))}
      <Button size="compact-sm" variant="default" onClick={() => openFleetFileOf(clusters.map(({ id }) => id))}>
        {words.export}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        {words.clear}
      </Button>
      {opened === 'resize' && <ResizeDialog clusters={mine} pool={pool} close={close} />}
      {opened === 'move' && <MoveDialog clusters={mine} close={close} />}
      {opened === 'remove' && <DeleteSeveralDialog clusters={mine} close={close} />}
    </div>
  );
}

function MoveDialog({ clusters, close }: { readonly clusters: readonly VirtualCluster[]; readonly close: () => void }) {
  const { make, problem } = useMakePlan();
  const [first, second, third] = clusters;
  return (
    <OverlayDialog title={selectionText.moving.title} close={close}>
      <div className={classes['form']}>
        <MoveForm
          goals={[]}
          isTitled={false}
          submit={selectionText.review}
          from={first?.id}
          to={third === undefined ? second?.id : undefined}
          onGoals={(goals, name) => void make(name, goals)}
          onCancel={close}
        />
        {problem !== null && <span role="alert">{problem}</span>}
        <p className="quiet">{plansText.intro}</p>
      </div>
    </OverlayDialog>
  );
}
