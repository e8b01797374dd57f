import { useState } from 'react';
import { text } from '../../text/text.ts';
import { ActionButton, ActionGroup, type ActionGroupProps } from './action-group.tsx';
import { editBySomeoneElse, killNode, startJob } from './actions.ts';
import classes from './simulation.module.css';
import { SelectField } from '../../ui/select-field.tsx';

const words = text.simulation.cluster;

/** Actions on one virtual cluster: the one on the screen until another is chosen. */
export function SimulatedClusterActions({
  summary,
  run,
  shownId,
}: ActionGroupProps & { readonly shownId: string | null }) {
  const [choice, setChoice] = useState<{ readonly id: string; readonly shownId: string | null } | null>(null);
  const { clusters, nodes, templates } = summary;
  const ids = clusters.map(({ id }) => id).toSorted();
  // A choice is dropped when the screen moves to another cluster.
  const preferredId = choice !== null && choice.shownId === shownId ? choice.id : shownId;
  const cluster = clusters.find(({ id }) => id === preferredId) ?? clusters.find(({ id }) => id === ids[0]);
  if (cluster === undefined) {
    return (
      <ActionGroup title={words.title}>
        <p className="quiet">{words.none}</p>
      </ActionGroup>
    );
  }
  return (
    <ActionGroup title={words.title}>
      <SelectField
        label={words.choose}
        data={ids}
        value={cluster.id}
        onChange={(event) => setChoice({ id: event.currentTarget.value, shownId })}
      />
      <div className={classes['actions']}>
        <ActionButton label={words.edit(cluster.id)} act={() => void run(editBySomeoneElse(cluster, templates))} />
        <ActionButton label={words.startJob} act={() => void run(startJob(cluster, nodes))} />
        <ActionButton label={words.kill} act={() => void run(killNode(cluster, nodes))} />
      </div>
    </ActionGroup>
  );
}
