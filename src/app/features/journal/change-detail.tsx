import type { Change } from '../../../contract/change.ts';
import type { ReplicaSets } from '../../../domain/replica-sets.ts';
import { sameReplicaSets } from '../../../domain/replica-sets.ts';
import { MovedNodes } from '../../changes/moved-nodes.tsx';
import { resultText, replicaSetsText } from '../../changes/result-text.ts';
import { text } from '../../text/text.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DescriptionItem } from '../../ui/description-item.tsx';
import { fullTimeText } from '../../ui/time-text.ts';
import classes from './change-detail.module.css';
import { UndoControl } from '../../drafts/undo-control.tsx';
import { replicaSetDeltas } from '../../../domain/replica-set-deltas.ts';
import { personText } from '../../ui/person-text.ts';

/** Everything that the journal has on one change. */
export function ChangeDetail({ change }: { readonly change: Change }) {
  const words = text.journal.detail;
  const { id, who, address, via, by, askedAt, settledAt, attempts, result, moved } = change;
  const sets = setsOf(change);
  const revision = result?.kind === 'applied' ? result.revision : null;
  return (
    <div className={classes['detail']}>
      <p>{change.cut === undefined ? resultText(result).detail : words.cut(change.cut)}</p>
      {sets !== null && <BeforeAndAfter from={sets.from} to={sets.to} />}
      {sets !== null && sets.found !== null && (
        <p className="quiet">
          {words.found} {replicaSetsText(sets.found)}
        </p>
      )}
      <UndoControl change={change} place="journal" />
      {result?.kind === 'applied' &&
        change.cut === undefined &&
        (moved === null ? <p className="quiet">{words.nodesUnknown}</p> : <MovedNodes moved={moved} />)}
      <dl className={classes['facts']}>
        <DescriptionItem name={words.requester}>{words.from(personText(who), address, via)}</DescriptionItem>
        <DescriptionItem name={words.how}>{words.by[by]}</DescriptionItem>
        <DescriptionItem name={words.askedAt}>{fullTimeText(askedAt)}</DescriptionItem>
        {settledAt !== null && <DescriptionItem name={words.settledAt}>{fullTimeText(settledAt)}</DescriptionItem>}
        <DescriptionItem name={words.attempts}>{words.times(attempts)}</DescriptionItem>
        {revision !== null && (
          <DescriptionItem name={words.revision}>
            <code>{revision}</code>
            <CopyButton value={revision} what={words.revision} />
          </DescriptionItem>
        )}
        <DescriptionItem name={words.id}>
          <code>{id}</code>
          <CopyButton value={id} what={words.id} />
        </DescriptionItem>
      </dl>
    </div>
  );
}

interface ChangedSets {
  readonly from: ReplicaSets;
  readonly to: ReplicaSets;
  /** What the cluster held when the change was sent; null where that was `from`. */
  readonly found: ReplicaSets | null;
}

/** The replica sets that the change started from and asked for; null for kinds that change none, and where they are left out. */
function setsOf({ wanted, before, cut }: Change): ChangedSets | null {
  if (cut !== undefined) return null;
  switch (wanted.kind) {
    case 'save':
      return setsBetween(wanted.base, wanted.want, before);
    case 'delete':
    case 'delete-when-idle':
      return setsBetween(wanted.base, {}, before);
    case 'release':
    case 'stop-job':
      return null;
  }
}

function setsBetween(
  base: { readonly replicaSets: ReplicaSets } | null,
  to: ReplicaSets,
  before: Change['before'],
): ChangedSets {
  const from = base?.replicaSets ?? before?.replicaSets ?? {};
  const found = before !== null && !sameReplicaSets(before.replicaSets, from) ? before.replicaSets : null;
  return { from, to, found };
}

function BeforeAndAfter({ from, to }: { readonly from: ReplicaSets; readonly to: ReplicaSets }) {
  const words = text.journal.detail;
  const rows = replicaSetDeltas(from, to).filter((row) => row.from !== 0 || row.to !== 0);
  if (rows.length === 0) return null;
  return (
    <table className={classes['sets']} aria-label={words.sets}>
      <thead>
        <tr>
          <th scope="col">{words.template}</th>
          <th scope="col">{words.before}</th>
          <th scope="col">{words.asked}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.templateId} data-moved={row.from !== row.to}>
            <th scope="row">{row.templateId}</th>
            <td>{text.facts.count(row.from)}</td>
            <td>{text.facts.count(row.to)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
