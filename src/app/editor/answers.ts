import type { SaveChange } from '../../domain/change.ts';
import { resolveMerge, merge, type MergeRow } from '../../domain/merge.ts';
import { sameReplicaSets, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { Result, Seen } from '../../domain/result.ts';
import { applySuggestion, type AppliedSuggestion } from '../../domain/suggestion.ts';

/** What Ray's shortage of this save comes to. */
export function suggestionFor(sent: SaveChange, shortage: Extract<Result, { readonly kind: 'shortage' }>): AppliedSuggestion {
  const { direction, suggestion, unmatched, judgedOn } = shortage;
  return applySuggestion({ asked: sent.want, current: judgedOn.replicaSets, direction, suggestion, unmatched });
}

/**
 * The save that a suggestion stands for: on the revision that the shortage was judged on. If the cluster has moved since,
 * Ray rejects it and the suggestion becomes *mine* in the ordinary merge. A creation stays one: null revision.
 */
export function suggestedSave(sent: SaveChange, judgedOn: Extract<Result, { readonly kind: 'shortage' }>['judgedOn'], want: ReplicaSets): SaveChange {
  const { revision, replicaSets } = judgedOn;
  return { ...sent, base: revision === null ? null : { revision, replicaSets }, want };
}

/** The rows of a conflict. A creation that met a cluster of the same id started from nothing. */
export function mergeRows(sent: SaveChange, theirs: Seen): readonly MergeRow[] {
  return merge({ base: sent.base?.replicaSets ?? {}, mine: sent.want, theirs: theirs.replicaSets });
}

/** What the choices come to. */
export type MergedSave =
  | { readonly kind: 'undecided'; readonly templateIds: readonly string[] }
  /** It is what the cluster has: nothing is left to send. */
  | { readonly kind: 'theirs-already' }
  | { readonly kind: 'save'; readonly save: SaveChange };

/**
 * The merged save: on theirs as the new base. Its revision is the one that theirs was read with, never the rejection's:
 * if that is newer, Ray rejects once more, and nothing unseen is overwritten.
 */
export function mergedSave(sent: SaveChange, theirs: Seen, choices: ReadonlyMap<string, 'mine' | 'theirs'>): MergedSave {
  const merged = resolveMerge(mergeRows(sent, theirs), choices);
  if (merged.kind === 'undecided') return merged;
  if (sameReplicaSets(merged.want, theirs.replicaSets)) return { kind: 'theirs-already' };
  return { kind: 'save', save: { ...sent, base: { revision: theirs.revision, replicaSets: theirs.replicaSets }, want: merged.want } };
}
