import type { Sighting } from '../../contract/timeline.ts';
import { text } from '../text/text.ts';
import { timelineText } from '../text/timeline-text.ts';

/** The virtual cluster that it concerns; null for the free pool, and for none. */
export function clusterOfSighting(what: Sighting): string | null {
  if (what.kind === 'moved') return what.to ?? what.from;
  return 'clusterId' in what ? what.clusterId : null;
}

/** What was seen, in one line. */
export function sightingText(what: Sighting): string {
  const words = timelineText.seen;
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
  const words = timelineText.seen;
  const all = sets.map(({ templateId, from, to }) => words.set(templateId, from, to));
  return text.joins.list([...all, ...(more > 0 ? [words.more(more)] : [])]);
}
