import type { Base } from './change.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';
import type { UnknownCause } from './outcome.ts';

/** A virtual cluster as it was when a change was judged. */
export interface ClusterSnapshot extends Base {
  readonly divisible: boolean;
}

/** Why a deferred deletion was cancelled. */
export type Cancellation =
  | { readonly reason: 'person'; readonly who: string }
  /** The cluster is no longer as it was when the deletion was requested. `who` changed it; null: not by this console. */
  | { readonly reason: 'changed'; readonly now: ClusterSnapshot; readonly who: string | null }
  | { readonly reason: 'gone' }
  /** Another session of Ray: not the Ray that the deletion was requested of (fact 27). */
  | { readonly reason: 'ray-restarted' }
  /** The same deletion was requested before, and is waiting. */
  | { readonly reason: 'asked-before'; readonly who: string }
  /** The token that requested it, named `who`, is no longer valid or may no longer change the cluster. */
  | { readonly reason: 'right-withdrawn'; readonly who: string };

/**
 * What became of a change. All but `unknown` and `waiting` are final: an unknown one is looked for until it settles, and is
 * never shown as failed.
 */
export type Result =
  /**
   * Ray shows it. `seen`: in the write's own reply, or in a later reading. `retries`: how often it was sent again because
   * only the revision had moved (fact 6).
   */
  | {
      readonly kind: 'applied';
      readonly revision: Revision | null;
      readonly seen: 'reply' | 'looked';
      readonly retries: number;
    }
  /** Rejected for its revision. `theirs`: the cluster now; null when it is gone, `unread` when it could not be read. */
  | { readonly kind: 'conflict'; readonly latest: Revision; readonly theirs: ClusterSnapshot | null | 'unread' }
  | {
      readonly kind: 'shortage';
      readonly direction: 'grow' | 'shrink';
      readonly suggestion: ReplicaSets;
      readonly unmatched: readonly string[];
      /** What Ray judged: the cluster's revision and replica sets at the time; the revision is null for a creation. */
      readonly judgedOn: { readonly revision: Revision | null; readonly replicaSets: ReplicaSets };
    }
  | { readonly kind: 'mismatch'; readonly divisible: boolean }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'not-found' }
  /** The job had ended before it was stopped. */
  | { readonly kind: 'already-ended' }
  /**
   * Waits until the cluster is idle. `refusedAt`: when Ray last said that it is in use although nothing that Ray lists used
   * it; ms since 1970.
   */
  | { readonly kind: 'waiting'; readonly refusedAt: number | null }
  | { readonly kind: 'cancelled'; readonly why: Cancellation }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'blocked' }
  /** Nothing was sent, so nothing happened. */
  | { readonly kind: 'unreachable' }
  /** It had no effect: nothing was sent, or a later write on the same base went through. */
  | { readonly kind: 'not-applied'; readonly evidence: 'never-sent' | 'later-write-on-same-base' }
  /** Sent, not answered, and not seen yet. `lookedAt`: when it was last looked for, ms since 1970. */
  | { readonly kind: 'unknown'; readonly cause: UnknownCause | 'console-ended'; readonly lookedAt: number | null }
  /** The console ended before it was settled, and what Ray showed afterwards does not prove either outcome. */
  | { readonly kind: 'cannot-be-known'; readonly evidence: Evidence };

/** Why the outcome of a change can no longer be known, and what was read of it. */
export interface Evidence {
  readonly why:
    /** Long after, Ray still has the cluster on the revision that the save was sent on: most likely it never arrived. */
    | 'still-on-its-base'
    /** Ray has something other than what was requested, or another change produced its revision. */
    | 'not-shown'
    /** Ray has what was requested, but more than one unanswered change requested it. */
    | 'asked-more-than-once'
    /** Ray's session is another one than the change was sent to (fact 27). */
    | 'another-ray'
    /** It was sent before Ray's session was known, so nobody can tell whether this is still the same one. */
    | 'ray-not-told';
  /** The cluster as Ray had it then; null: not there; `unread`: not read, since it would tell nothing. */
  readonly shown: ClusterSnapshot | null | 'unread';
  /** When the reading that showed it began, or when it was given up; ms since 1970. */
  readonly at: number;
}

export type ResultKind = Result['kind'];

/** Whether a change is final: neither on its way, nor unknown, nor waiting. */
export function isSettled(result: Result | null): boolean {
  return result !== null && result.kind !== 'unknown' && result.kind !== 'waiting';
}
