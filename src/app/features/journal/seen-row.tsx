import type { Observation, Sighting } from '../../../contract/timeline.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { Ago } from '../../api/ago.tsx';
import { useFleet } from '../../api/console.tsx';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import classes from './journal-page.module.css';

/** Something that the console saw; who did it is not known. */
export function SeenRow({ observation: { at, what } }: { readonly observation: Observation }) {
  const words = text.journal.seen;
  const { fleet } = useFleet();
  const clusterId = clusterOf(what);
  return (
    <tr className={classes['row']}>
      <td className={classes['when']}>
        <span className={classes['seen']} aria-hidden="true">
          ◉
        </span>
        <Ago at={at} />
      </td>
      <td className={classes['who']}>{words.by}</td>
      <td className={classes['cluster']}>
        {clusterId !== null &&
          (fleet?.clusters.has(clusterId) === true ? (
            <Link href={pathTo.cluster(clusterId)}>{clusterId}</Link>
          ) : (
            readableClusterId(clusterId)
          ))}
      </td>
      <td className={classes['what']}>{sightingText(what)}</td>
      <td className={classes['outcome']}>{words.label}</td>
    </tr>
  );
}

function clusterOf(what: Sighting): string | null {
  if (what.kind === 'moved') return what.to ?? what.from;
  return 'clusterId' in what ? what.clusterId : null;
}

/** What was seen, in one line. */
function sightingText(what: Sighting): string {
  const words = text.journal.seen;
  switch (what.kind) {
    case 'replica-sets-changed':
      return words.resized(setsText(what));
    case 'cluster-created':
      return words.created(setsText(what));
    case 'cluster-deleted':
      return words.deleted(setsText(what));
    case 'died':
    case 'arrived':
    case 'left':
    case 'replaced':
      return text.lately[what.kind](what);
    case 'moved':
      return text.lately.moved(what.count, what.templateId, what.from, what.to);
    case 'job-cluster-started':
      return words.jobStarted(what.entrypoint ?? what.submissionId);
    case 'job-cluster-ended':
      return words.jobEnded(what.entrypoint ?? what.submissionId);
    case 'ray-restarted':
      return words.rayRestarted;
    case 'ray-emptied':
      return words.rayEmptied;
    case 'outage-began':
      return words.outageBegan(what.source);
    case 'outage-ended':
      return words.outageEnded(what.source);
    case 'console-started':
      return words.consoleStarted;
    case 'console-stopped':
      return words.consoleStopped;
    case 'omitted':
      return words.omitted(what.count);
  }
}

function setsText({ sets, more }: Pick<Extract<Sighting, { kind: 'cluster-deleted' }>, 'sets' | 'more'>): string {
  const words = text.journal.seen;
  const all = sets.map(({ templateId, from, to }) => words.set(templateId, from, to));
  return [...all, ...(more > 0 ? [words.more(more)] : [])].join(', ');
}
