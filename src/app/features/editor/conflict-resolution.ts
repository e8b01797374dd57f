import type { SaveChange } from '../../../domain/change.ts';
import { resolveMerge, merge, type MergeRow } from '../../../domain/merge.ts';
import { changedReplicaSets, type ReplicaSetDelta } from '../../../domain/replica-set-deltas.ts';
import { sameReplicaSets } from '../../../domain/replica-sets.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { ClusterSnapshot } from '../../../domain/result.ts';

/** The rows of a conflict. For a creation that met a cluster of the same id, the base is empty. */
export function conflictRowsOf(sent: SaveChange, remote: ClusterSnapshot): readonly MergeRow[] {
  return merge({ base: sent.base?.replicaSets ?? {}, mine: sent.want, theirs: remote.replicaSets });
}

/**
 * The templates that changed after `remote` was read, by a newer reading; none where that is older or only the revision
 * changed. `now`: null while the cluster does not exist or is not known.
 */
export function driftSince(remote: ClusterSnapshot, now: ClusterSnapshot | null): readonly ReplicaSetDelta[] {
  if (now === null || compareRevisions(now.revision, remote.revision) <= 0) return [];
  return changedReplicaSets(remote.replicaSets, now.replicaSets);
}

/** The choices that are still valid: those for templates that did not change. */
export function retainChoices<Side>(
  choices: ReadonlyMap<string, Side>,
  moved: readonly ReplicaSetDelta[],
): ReadonlyMap<string, Side> {
  return new Map([...choices].filter(([templateId]) => moved.every((each) => each.templateId !== templateId)));
}

/** The outcome of the choices. */
export type ConflictResolution =
  | { readonly kind: 'undecided'; readonly templateIds: readonly string[] }
  /** The cluster has the result already: nothing is left to send. */
  | { readonly kind: 'theirs-already' }
  | { readonly kind: 'save'; readonly save: SaveChange };

/**
 * The merged save, based on the remote state. Its revision is the one that the remote state was read with, never the
 * rejection's: if that is newer, Ray rejects once more, and nothing unseen is overwritten.
 */
export function resolveConflict(
  sent: SaveChange,
  remote: ClusterSnapshot,
  choices: ReadonlyMap<string, 'mine' | 'theirs'>,
): ConflictResolution {
  const merged = resolveMerge(conflictRowsOf(sent, remote), choices);
  if (merged.kind === 'undecided') return merged;
  if (sameReplicaSets(merged.want, remote.replicaSets)) return { kind: 'theirs-already' };
  return {
    kind: 'save',
    save: { ...sent, base: { revision: remote.revision, replicaSets: remote.replicaSets }, want: merged.want },
  };
}
