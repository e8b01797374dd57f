import type { Change } from '../../../contract/change.ts';
import type { SaveChange } from '../../../domain/change.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import type { Result, ClusterSnapshot } from '../../../domain/result.ts';
import type { Submission } from '../../changes/submission.ts';

type ResultOf<Kind extends Result['kind']> = Extract<Result, { readonly kind: Kind }>;

/** What the editor shows beside its form, after a save was sent. */
export type SaveOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'applied'; readonly change: Change }
  /** Sent, and nobody knows yet. `result` null: it is queued, or the console didn't answer (`consoleSaid`). */
  | { readonly kind: 'not-known'; readonly result: ResultOf<'unknown'> | null; readonly consoleSaid: string | null }
  | { readonly kind: 'shortage'; readonly sent: SaveChange; readonly result: ResultOf<'shortage'> }
  | { readonly kind: 'conflict'; readonly sent: SaveChange; readonly theirs: ClusterSnapshot }
  /** Rejected by revision, and what Ray has now is not known yet. */
  | { readonly kind: 'conflict-unread' }
  /** Somebody deleted it meanwhile. */
  | { readonly kind: 'deleted'; readonly sent: SaveChange }
  /** It is there, but as the other kind: no save of this form can go through (fact 7). */
  | { readonly kind: 'other-kind'; readonly divisible: boolean }
  | { readonly kind: 'refused'; readonly result: Result }
  /** The console has no record of it. */
  | { readonly kind: 'never-arrived' }
  /** The console itself said no. */
  | { readonly kind: 'console-refused'; readonly detail: string };

/**
 * Which of them follows a submission. `cluster`: as the page knows it now, for a conflict whose other side couldn't be
 * read when it was answered.
 */
export function saveOutcomeOf(submission: Submission, cluster: VirtualCluster | null): SaveOutcome {
  switch (submission.phase) {
    case 'idle':
      return { kind: 'none' };
    case 'sending':
      return { kind: 'sending' };
    case 'unanswered':
      return { kind: 'not-known', result: null, consoleSaid: submission.detail };
    case 'never-arrived':
      return { kind: 'never-arrived' };
    case 'refused':
      return { kind: 'console-refused', detail: submission.detail };
    case 'answered':
      return submission.wanted.kind === 'save'
        ? answered(submission.change, submission.wanted, cluster)
        : { kind: 'none' };
  }
}

function answered(change: Change, sent: SaveChange, cluster: VirtualCluster | null): SaveOutcome {
  const { result } = change;
  if (result === null) return { kind: 'not-known', result: null, consoleSaid: null };
  switch (result.kind) {
    case 'unknown':
      return { kind: 'not-known', result, consoleSaid: null };
    case 'applied':
      return { kind: 'applied', change };
    case 'shortage':
      return { kind: 'shortage', sent, result };
    case 'mismatch':
      return { kind: 'other-kind', divisible: result.divisible };
    case 'conflict': {
      const theirs = result.theirs === 'unread' ? snapshotReadSince(cluster, result) : result.theirs;
      if (theirs === 'unread') return { kind: 'conflict-unread' };
      if (theirs === null) return { kind: 'deleted', sent };
      return theirs.divisible === sent.divisible
        ? { kind: 'conflict', sent, theirs }
        : { kind: 'other-kind', divisible: theirs.divisible };
    }
    default:
      return { kind: 'refused', result };
  }
}

/** The other side of a conflict as read later: only a revision at least as new as the one that Ray named will do. */
function snapshotReadSince(
  cluster: VirtualCluster | null,
  { latest }: ResultOf<'conflict'>,
): ClusterSnapshot | 'unread' {
  return cluster === null || compareRevisions(cluster.revision, latest) < 0 ? 'unread' : snapshotOf(cluster);
}
