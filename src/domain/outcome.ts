import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';
import type { Member } from './sources.ts';

/** Why a write's response does not show what happened. */
export const unknownCauses = [
  /** A handler of Ray's crashed: the write may have gone through before (fact 26). */
  'traceback',
  'timed-out',
  /** The connection broke after the request was sent. */
  'cut',
  /** Something other than Ray answered, such as a proxy with its error page. */
  'not-ray',
  /** The reply was malformed, or larger than its limit. */
  'unreadable',
] as const;
export type UnknownCause = (typeof unknownCauses)[number];

/**
 * What Ray answered to one request, judged by its status, body, error and the request itself. The status alone tells
 * nothing: every rejection is a 500 (fact 1).
 */
export type Outcome =
  /** Done. `revision` and `members` come from a save's reply; null for everything else. */
  | {
      readonly kind: 'applied';
      readonly revision: Revision | null;
      readonly members: ReadonlyMap<string, Member> | null;
    }
  /** Rejected: a person, a job or Ray moved the revision (facts 5, 6). */
  | { readonly kind: 'conflict'; readonly latest: Revision }
  /** Rejected: too few nodes in one direction (fact 8). `suggestion` is a delta per real template. */
  | {
      readonly kind: 'shortage';
      readonly direction: 'grow' | 'shrink';
      readonly suggestion: ReplicaSets;
      /** Ray's keys that stand for no requested template, or for several (fact 9). */
      readonly unmatched: readonly string[];
    }
  /** Rejected: `divisible` can't change (fact 7). */
  | { readonly kind: 'mismatch'; readonly divisible: boolean }
  /** Rejected: something runs in the cluster, or holds a job cluster of it. */
  | { readonly kind: 'in-use' }
  /** Rejected: no such virtual cluster, or no such job. */
  | { readonly kind: 'not-found' }
  /** Nothing to stop: the job had ended before. */
  | { readonly kind: 'already-ended' }
  /** Rejected: Ray says why, in `message` (without its prefix). */
  | { readonly kind: 'invalid'; readonly message: string }
  /** Rejected: Ray took the request for a browser's (fact 13). */
  | { readonly kind: 'blocked' }
  /** Nothing was sent: no connection could be made. */
  | { readonly kind: 'unreachable' }
  /** Sent, and the outcome is unknown. */
  | { readonly kind: 'unknown'; readonly cause: UnknownCause };
