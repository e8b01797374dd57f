import type { Base } from './change.ts';
import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';
import type { UnknownCause } from './outcome.ts';

/** A virtual cluster as it was found when a change was looked at. */
export interface Seen extends Base {
  readonly divisible: boolean;
}

/**
 * What a change came to. All but `unknown` are final: an unknown one is looked at again until it
 * settles, and is never shown as failed.
 */
export type Result =
  /**
   * Ray shows it. `seen`: in the write's own reply, or by looking afterwards.
   * `retries`: how often the revision had moved without any change to the cluster, so it was sent again (facts 6).
   */
  | { readonly kind: 'applied'; readonly revision: Revision | null; readonly seen: 'reply' | 'looked'; readonly retries: number }
  /** Rejected by revision. `theirs` is the cluster now; null when it is gone, `unread` when it could not be read. */
  | { readonly kind: 'conflict'; readonly latest: Revision; readonly theirs: Seen | null | 'unread' }
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
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'blocked' }
  /** Nothing was sent, so nothing happened. */
  | { readonly kind: 'unreachable' }
  /** It did not happen: nothing was sent, or a later write on the same base went through. */
  | { readonly kind: 'not-applied'; readonly evidence: 'never-sent' | 'later-write-on-same-base' }
  /** Sent, not answered, and not seen yet. `lookedAt`: when it was last looked for, ms since 1970. */
  | { readonly kind: 'unknown'; readonly cause: UnknownCause; readonly lookedAt: number | null };

export type ResultKind = Result['kind'];
