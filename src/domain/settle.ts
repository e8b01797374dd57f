import { expectedStateOf } from './change-kinds.ts';
import type { Base, ChangeRequest, StopJobChange } from './change.ts';
import { sameReplicaSets } from './replica-sets.ts';
import type { ClusterSnapshot } from './result.ts';
import { compareRevisions } from './revision.ts';
import type { JobStatus } from './sources.ts';

/** How often a save may be sent again without asking. */
const MAX_SILENT_RETRIES = 3;

/** A change whose result shows in a cluster, rather than in a job. */
export type ClusterChange = Exclude<ChangeRequest, StopJobChange>;

/**
 * What became of a change that Ray did not answer. `seen`: the cluster as read after the sending ended (null: it is not
 * there; `unread`: no reading since). `laterWriteOnSameBase`: another write on the same revision went through, so this one
 * did not and never will (fact 5). Creations and removals go out on no revision: they are only ever seen, or not seen yet.
 */
export function settle(found: {
  readonly wanted: ClusterChange;
  readonly seen: ClusterSnapshot | null | 'unread';
  readonly sent: boolean;
  readonly laterWriteOnSameBase: boolean;
}): 'applied' | 'not-applied' | 'not-seen' {
  const { wanted, seen } = found;
  if (!found.sent) return 'not-applied';
  const expected = expectedStateOf(wanted);
  switch (expected.kind) {
    case 'gone':
      return seen === null ? 'applied' : 'not-seen';
    case 'cluster': {
      const { newerThan, divisible, replicaSets } = expected;
      if (newerThan !== null && found.laterWriteOnSameBase) return 'not-applied';
      if (seen === 'unread' || seen === null) return 'not-seen';
      if (seen.divisible !== divisible || !sameReplicaSets(seen.replicaSets, replicaSets)) return 'not-seen';
      return newerThan !== null && compareRevisions(seen.revision, newerThan) <= 0 ? 'not-seen' : 'applied';
    }
  }
}

/**
 * What became of a stop that Ray did not answer. `status`: the job's, as listed after the sending ended; null: not listed;
 * `unread`: nothing was read since. A stopped job counts, no matter who stopped it; a job that ended in another way was not. One that is
 * no longer listed may have been stopped before Ray forgot it, as a restarted Ray forgets all (fact 27).
 */
export function settleStop(status: JobStatus | null | 'unread'): 'applied' | 'already-ended' | 'not-seen' {
  switch (status) {
    case 'STOPPED':
      return 'applied';
    case 'SUCCEEDED':
    case 'FAILED':
      return 'already-ended';
    case null:
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
 * Whether a save that Ray rejected as expired may be sent again on the newer revision without asking: only while nothing
 * but the revision moved, as when a job starts (fact 6). Members are compared too: replacing a dead node leaves the counts
 * as they were (fact 21). `attempts`: how often it was sent, the first time included.
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
