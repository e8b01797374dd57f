import type { SaveChange } from '../../../domain/change.ts';
import type { ReplicaSets } from '../../../domain/replica-sets.ts';
import type { Result } from '../../../domain/result.ts';
import { applySuggestion, type AppliedSuggestion } from '../../../domain/suggestion.ts';

/** What Ray's suggestion after a shortage means for this save. */
export function suggestionFor(
  sent: SaveChange,
  shortage: Extract<Result, { readonly kind: 'shortage' }>,
): AppliedSuggestion {
  const { direction, suggestion, unmatched, judgedOn } = shortage;
  return applySuggestion({ asked: sent.want, current: judgedOn.replicaSets, direction, suggestion, unmatched });
}

/**
 * The save of a suggestion, based on the revision that the shortage was judged on. If the cluster has changed since, Ray
 * rejects it and the suggestion becomes *mine* in the ordinary merge. A creation has a null revision and stays a creation.
 */
export function saveOfSuggestion(
  sent: SaveChange,
  judgedOn: Extract<Result, { readonly kind: 'shortage' }>['judgedOn'],
  want: ReplicaSets,
): SaveChange {
  const { revision, replicaSets } = judgedOn;
  return { ...sent, base: revision === null ? null : { revision, replicaSets }, want };
}
