import type { Base, ChangeRequest } from './change.ts';
import { sameReplicaSets } from './replica-sets.ts';
import type { ClusterSnapshot } from './result.ts';
import { compareRevisions } from './revision.ts';
import type { JobStatus } from './sources.ts';

/** How often a save may be sent again without asking. */
const MAX_SILENT_RETRIES = 3;

/**
 * What became of a change whose sending was not answered. `seen`: the cluster as read after the sending
 * ended (null: it is not there; `unread`: no reading since). `laterWriteOnSameBase`: another write on the same
 * revision went through, so that this one can't have, nor will (fact 5). A create and a delete have no such
 * fence: they are only ever seen or not seen yet.
 */
export function settle(found: {
  readonly wanted: ChangeRequest;
  readonly seen: ClusterSnapshot | null | 'unread';
  readonly sent: boolean;
  readonly laterWriteOnSameBase: boolean;
}): 'applied' | 'not-applied' | 'not-seen' {
  const { wanted, seen } = found;
  if (!found.sent) return 'not-applied';
  if (wanted.kind === 'save' && wanted.base !== null && found.laterWriteOnSameBase) return 'not-applied';
  if (seen === 'unread') return 'not-seen';
  if (wanted.kind !== 'save') return seen === null ? 'applied' : 'not-seen';
  if (seen === null || seen.divisible !== wanted.divisible || !sameReplicaSets(seen.replicaSets, wanted.want)) {
    return 'not-seen';
  }
  if (wanted.base !== null && compareRevisions(seen.revision, wanted.base.revision) <= 0) return 'not-seen';
  return 'applied';
}

/**
 * What became of a stop that was not answered. `status`: the job's as listed after the sending ended; null: not listed;
 * `unread`: nothing was read since. Whoever stopped it, it is stopped; one that ended in another way was not.
 */
export function settleStop(
  status: JobStatus | null | 'unread',
): 'applied' | 'already-ended' | 'not-found' | 'not-seen' {
  switch (status) {
    case 'STOPPED':
      return 'applied';
    case 'SUCCEEDED':
    case 'FAILED':
      return 'already-ended';
    case null:
      return 'not-found';
    case 'PENDING':
    case 'RUNNING':
    case 'unread':
      return 'not-seen';
  }
}

interface WithMembers extends Base {
  /** Node ids. */
  readonly members: Iterable<string>;
}

/**
 * Whether a save that Ray rejected as expired may be sent again on the newer revision without asking: only
 * while nothing but the revision moved, as when a job starts (fact 6). Members count too: a replaced dead node
 * leaves the counts as they were (fact 21). `attempts`: how often it was sent, the first time included.
 */
export function mayRetrySilently(rejected: {
  readonly base: WithMembers;
  readonly theirs: WithMembers;
  readonly attempts: number;
}): boolean {
  const { base, theirs, attempts } = rejected;
  if (attempts > MAX_SILENT_RETRIES || !sameReplicaSets(base.replicaSets, theirs.replicaSets)) return false;
  const before = new Set(base.members);
  const now = new Set(theirs.members);
  return before.size === now.size && [...before].every((nodeId) => now.has(nodeId));
}
