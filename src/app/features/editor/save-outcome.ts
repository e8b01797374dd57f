import type { Change } from '../../../contract/change.ts';
import type { SaveChange } from '../../../domain/change.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { VirtualCluster } from '../../../domain/fleet.ts';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import type { Result, ClusterSnapshot } from '../../../domain/result.ts';
import type { Submission } from '../../changes/submission.ts';

type ResultOf<Kind extends Result['kind']> = Extract<Result, { readonly kind: Kind }>;

/** What the editor shows of a save that was sent. */
export type SaveOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'applied'; readonly change: Change }
  /** Sent, and the outcome is not known yet. `result` null: queued, or the console did not answer (`consoleMessage` says why). */
  | { readonly kind: 'not-known'; readonly result: ResultOf<'unknown'> | null; readonly consoleMessage: string | null }
  | { readonly kind: 'shortage'; readonly sent: SaveChange; readonly result: ResultOf<'shortage'> }
  | { readonly kind: 'conflict'; readonly sent: SaveChange; readonly theirs: ClusterSnapshot }
  /** Rejected by revision, and what Ray has now has not been read yet. */
  | { readonly kind: 'conflict-unread' }
  /** Somebody deleted it meanwhile. */
  | { readonly kind: 'deleted'; readonly sent: SaveChange }
  /** The cluster is of the other kind: Ray rejects every save of this form (fact 7). */
  | { readonly kind: 'other-kind'; readonly divisible: boolean }
  | { readonly kind: 'refused'; readonly result: Result }
  /** The console has no record of it. */
  | { readonly kind: 'never-arrived' }
  /** The console itself refused the change. */
  | { readonly kind: 'console-refused'; readonly detail: string };

/**
 * The outcome that a submission stands for. `cluster`: as the page knows it now, for a conflict whose other side could
 * not be read when Ray answered.
 */
export function saveOutcomeOf(submission: Submission, cluster: VirtualCluster | null): SaveOutcome {
  switch (submission.phase) {
    case 'idle':
      return { kind: 'none' };
    case 'sending':
      return { kind: 'sending' };
    case 'unanswered':
      return { kind: 'not-known', result: null, consoleMessage: submission.detail };
    case 'never-arrived':
      return { kind: 'never-arrived' };
    case 'refused':
      return { kind: 'console-refused', detail: submission.detail };
    case 'answered':
      return submission.wanted.kind === 'save'
        ? answeredOutcomeOf(submission.change, submission.wanted, cluster)
        : { kind: 'none' };
  }
}

function answeredOutcomeOf(change: Change, sent: SaveChange, cluster: VirtualCluster | null): SaveOutcome {
  const { result } = change;
  if (result === null) return { kind: 'not-known', result: null, consoleMessage: null };
  switch (result.kind) {
    case 'unknown':
      return { kind: 'not-known', result, consoleMessage: null };
    case 'applied':
      return { kind: 'applied', change };
    case 'shortage':
      return { kind: 'shortage', sent, result };
    case 'mismatch':
      return { kind: 'other-kind', divisible: result.divisible };
    case 'conflict': {
      const remote = result.theirs === 'unread' ? snapshotReadSince(cluster, result) : result.theirs;
      if (remote === 'unread') return { kind: 'conflict-unread' };
      if (remote === null) return { kind: 'deleted', sent };
      return remote.divisible === sent.divisible
        ? { kind: 'conflict', sent, theirs: remote }
        : { kind: 'other-kind', divisible: remote.divisible };
    }
    case 'in-use':
    case 'not-found':
    case 'already-ended':
    case 'waiting':
    case 'cancelled':
    case 'invalid':
    case 'blocked':
    case 'unreachable':
    case 'not-applied':
    case 'cannot-be-known':
      return { kind: 'refused', result };
  }
}

/** The other side of a conflict as read later: its revision must be at least as new as the one that Ray named. */
function snapshotReadSince(
  cluster: VirtualCluster | null,
  { latest }: ResultOf<'conflict'>,
): ClusterSnapshot | 'unread' {
  return cluster === null || compareRevisions(cluster.revision, latest) < 0 ? 'unread' : snapshotOf(cluster);
}
