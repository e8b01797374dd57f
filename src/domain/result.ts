import type { Base } from './change.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';
import type { UnknownCause } from './outcome.ts';

/** A virtual cluster as it was found when a change was looked at. */
export interface ClusterSnapshot extends Base {
  readonly divisible: boolean;
}

/** Why a deletion that waited was called off. */
export type Cancellation =
  | { readonly reason: 'person'; readonly who: string }
  /** The cluster is no longer what it was when the deletion was asked for. `who` changed it; null: not by this console. */
  | { readonly reason: 'changed'; readonly now: ClusterSnapshot; readonly who: string | null }
  | { readonly reason: 'gone' }
  /** Another session of Ray: not the Ray that it was asked of (fact 27). */
  | { readonly reason: 'ray-restarted' }
  /** The same was asked before, and waits. */
  | { readonly reason: 'asked-before'; readonly who: string };

/**
 * What a change came to. All but `unknown` and `waiting` are final: an unknown one is looked at again until it
 * settles, and is never shown as failed.
 */
export type Result =
  /**
   * Ray shows it. `seen`: in the write's own reply, or by looking afterwards.
   * `retries`: how often the revision had moved without any change to the cluster, so it was sent again (facts 6).
   */
  | {
      readonly kind: 'applied';
      readonly revision: Revision | null;
      readonly seen: 'reply' | 'looked';
      readonly retries: number;
    }
  /** Rejected by revision. `theirs` is the cluster now; null when it is gone, `unread` when it could not be read. */
  | { readonly kind: 'conflict'; readonly latest: Revision; readonly theirs: ClusterSnapshot | null | 'unread' }
  | {
      readonly kind: 'shortage';
      readonly direction: 'grow' | 'shrink';
      readonly suggestion: ReplicaSets;
      readonly unmatched: readonly string[];
      /** What Ray judged: the cluster's revision and members as counted then; null revision for a creation. */
      readonly judgedOn: { readonly revision: Revision | null; readonly replicaSets: ReplicaSets };
    }
  | { readonly kind: 'mismatch'; readonly divisible: boolean }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'not-found' }
  /** The job had ended before it was stopped. */
  | { readonly kind: 'already-ended' }
  /**
   * Waits until the cluster is idle. `refusedAt`: when Ray last said that it is in use although nothing that it lists
   * used it; ms since 1970.
   */
  | { readonly kind: 'waiting'; readonly refusedAt: number | null }
  | { readonly kind: 'cancelled'; readonly why: Cancellation }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'blocked' }
  /** Nothing was sent, so nothing happened. */
  | { readonly kind: 'unreachable' }
  /** It did not happen: nothing was sent, or a later write on the same base went through. */
  | { readonly kind: 'not-applied'; readonly evidence: 'never-sent' | 'later-write-on-same-base' }
  /** Sent, not answered, and not seen yet. `listReadAt`: when it was last looked for, ms since 1970. */
  | { readonly kind: 'unknown'; readonly cause: UnknownCause | 'console-ended'; readonly lookedAt: number | null }
  /** The console ended before it was settled, and what Ray showed afterwards does not tell what came of it. */
  | { readonly kind: 'cannot-be-known'; readonly evidence: Evidence };

/** Why nobody can tell any more what came of a change, and what there was to tell it by. */
export interface Evidence {
  readonly why:
    /** Ray still has the cluster on the revision that the save was sent on, long after: most likely it never arrived. */
    | 'still-on-its-base'
    /** Ray has something else than what was asked for, or has it by a revision that another change made. */
    | 'not-shown'
    /** Ray has what was asked for, but more than one change that nobody answered asked for it. */
    | 'asked-more-than-once'
    /** Ray is another session than the one that it was sent to (fact 27). */
    | 'another-ray'
    /** It was sent before Ray had said which session it is, so nobody can tell whether this is still the same one. */
    | 'ray-not-told';
  /** The cluster as Ray then had it; null: not there; `unread`: not looked at, since it would tell nothing. */
  readonly shown: ClusterSnapshot | null | 'unread';
  /** When the reading began that showed it, or when it was given up; ms since 1970. */
  readonly at: number;
}

export type ResultKind = Result['kind'];

/** Whether nothing more will come of a change: it is neither on its way, nor unknown, nor waiting. */
export function isSettled(result: Result | null): boolean {
  return result !== null && result.kind !== 'unknown' && result.kind !== 'waiting';
}
