import { Button } from '@mantine/core';
import { useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { exportFleet } from '../../../fleet-file/export.ts';
import type { FleetCluster } from '../../../fleet-file/fleet-cluster.ts';
import { fleetFileText } from '../../text/fleet-file-text.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { download } from './download.ts';
import classes from './fleet-file.module.css';

interface WriteSectionProps {
  readonly fleet: readonly FleetCluster[];
  /** The ids that were selected in the list; empty: none were. */
  readonly only: readonly string[];
}

/** The fleet, or what was selected of it, as a new file. */
export function WriteSection({ fleet, only }: WriteSectionProps) {
  const words = fleetFileText.out;
  const ids = new Set(only);
  const chosen = fleet.filter(({ id }) => ids.has(id));
  const there = new Set(fleet.map(({ id }) => id));
  const gone = only.filter((id) => !there.has(id)).map((id) => readableClusterId(id));
  const [which, setWhich] = useState<'only' | 'all'>(only.length > 0 ? 'only' : 'all');
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const ways = chosen.length > 0 ? (['only', 'all'] as const) : (['all'] as const);
  return (
    <section aria-labelledby="write-a-file" className={classes['section']}>
      <h2 id="write-a-file">{words.title}</h2>
      <div className={`actions-row ${classes['actions'] ?? ''}`}>
        <SegmentedControl
          name="which"
          label={words.which}
          keys={ways}
          words={{ only: words.only(chosen.length), all: words.all(fleet.length) }}
          value={chosen.length > 0 ? which : 'all'}
          onChange={setWhich}
        />
        <Button
          size="xs"
          onClick={() => {
            const exported = exportFleet(which === 'only' && chosen.length > 0 ? chosen : fleet);
            setLeftOut(exported.leftOut.map(({ id }) => id));
            download(words.name, exported.text);
          }}
        >
          {words.download}
        </Button>
      </div>
      {gone.length > 0 && <p role="status">{chosen.length === 0 ? words.noneLeft(gone) : words.gone(gone)}</p>}
      {leftOut.length > 0 && <p role="status">{words.leftOut(leftOut)}</p>}
    </section>
  );
}
