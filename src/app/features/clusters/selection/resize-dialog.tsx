import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { readableClusterId } from '../../../../domain/cluster-id.ts';
import type { FreePool, VirtualCluster } from '../../../../domain/fleet.ts';
import { countOf } from '../../../../domain/replica-sets.ts';
import { useMakePlan } from '../../../cluster-ui/use-make-plan.ts';
import { listedTemplatesOf } from '../../../drafts/draft.ts';
import { countOrNull } from '../../../drafts/parse-count.ts';
import { selectionText } from '../../../text/selection-text.ts';
import { text } from '../../../text/text.ts';
import { ClusterId } from '../../../ui/cluster-id.tsx';
import { OverlayDialog } from '../../../ui/overlay-dialog.tsx';
import { SegmentedControl } from '../../../ui/segmented-control.tsx';
import { resizeGoals, resizeWays, type ResizeWay } from './selection-goals.ts';
import classes from './selection.module.css';
import { SelectField } from '../../../ui/select-field.tsx';

interface ResizeDialogProps {
  /** Those that may be changed. */
  readonly clusters: readonly VirtualCluster[];
  readonly pool: FreePool;
  readonly close: () => void;
}

/** One template of several virtual clusters: what each would have, and a plan of it. */
export function ResizeDialog({ clusters, pool, close }: ResizeDialogProps) {
  const words = selectionText.resizing;
  const { make, isBusy, problem } = useMakePlan();
  const templates = listedTemplatesOf(pool);
  const [template, setTemplate] = useState(templates[0] ?? '');
  const [way, setWay] = useState<ResizeWay>('set');
  const [typed, setTyped] = useState('');
  const count = countOrNull(typed);
  const goals = count === null ? [] : resizeGoals(clusters, template, way, count);
  const wanted = new Map(goals.map(({ clusterId, to }) => [clusterId, countOf(to ?? {}, template)]));
  return (
    <OverlayDialog title={words.title(clusters.length)} close={close}>
      <form
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (goals.length > 0) void make(words.name(template, goals.length), goals);
        }}
      >
        <div className={classes['fields']}>
          <SelectField
            label={words.template}
            value={template}
            data={[...templates]}
            onChange={(event) => setTemplate(event.currentTarget.value)}
          />
          <SegmentedControl
            name="resize-way"
            label={words.how}
            keys={resizeWays}
            words={words.ways}
            value={way}
            onChange={setWay}
          />
          <TextInput
            size="xs"
            label={words.count}
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <div className={classes['rows']}>
          <table className={`full-width-table ${classes['table'] ?? ''}`} aria-label={words.table}>
            <thead>
              <tr>
                <th scope="col">{text.matrix.id}</th>
                <th scope="col">{words.now}</th>
                <th scope="col">{words.becomes}</th>
              </tr>
            </thead>
            <tbody>
              {clusters.map((cluster) => {
                const held = cluster.templates.find(({ templateId }) => templateId === template)?.count ?? 0;
                const then = wanted.get(cluster.id);
                return (
                  <tr key={cluster.id}>
                    <th scope="row" title={readableClusterId(cluster.id)}>
                      <ClusterId id={cluster.id} />
                    </th>
                    <td>{text.facts.count(held)}</td>
                    <td>{then === undefined ? '' : <b>{text.facts.count(then)}</b>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
        <div className="actions-row">
          <Button type="submit" size="xs" disabled={goals.length === 0 || isBusy}>
            {selectionText.review}
          </Button>
          <span role="status" className="quiet">
            {count !== null && goals.length === 0 ? words.nothing : ''}
          </span>
          {problem !== null && <span role="alert">{problem}</span>}
        </div>
      </form>
    </OverlayDialog>
  );
}
