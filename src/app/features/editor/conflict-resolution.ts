import type { SaveChange } from '../../../domain/change.ts';
import { resolveMerge, merge, type MergeRow } from '../../../domain/merge.ts';
import { countOf, sameReplicaSets, templatesOf, type ReplicaSets } from '../../../domain/replica-sets.ts';
import { compareRevisions } from '../../../domain/revision.ts';
import type { Result, ClusterSnapshot } from '../../../domain/result.ts';
import { applySuggestion, type AppliedSuggestion } from '../../../domain/suggestion.ts';

/** What Ray's shortage of this save comes to. */
export function suggestionFor(
  sent: SaveChange,
  shortage: Extract<Result, { readonly kind: 'shortage' }>,
): AppliedSuggestion {
  const { direction, suggestion, unmatched, judgedOn } = shortage;
  return applySuggestion({ asked: sent.want, current: judgedOn.replicaSets, direction, suggestion, unmatched });
}

/**
 * The save that a suggestion stands for: on the revision that the shortage was judged on. If the cluster has moved since,
 * Ray rejects it and the suggestion becomes *mine* in the ordinary merge. A creation stays one: null revision.
 */
export function saveOfSuggestion(
  sent: SaveChange,
  judgedOn: Extract<Result, { readonly kind: 'shortage' }>['judgedOn'],
  want: ReplicaSets,
): SaveChange {
  const { revision, replicaSets } = judgedOn;
  return { ...sent, base: revision === null ? null : { revision, replicaSets }, want };
}

/** The rows of a conflict. A creation that met a cluster of the same id started from nothing. */
export function conflictRowsOf(sent: SaveChange, remote: ClusterSnapshot): readonly MergeRow[] {
  return merge({ base: sent.base?.replicaSets ?? {}, mine: sent.want, theirs: remote.replicaSets });
}

/** One template that moved from what is shown to what it is now. */
export interface TemplateDrift {
  readonly templateId: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What moved since theirs was read, by a newer reading; nothing where that is older, or only the revision moved. `now`:
 * null while it is not there or not known.
 */
export function driftSince(remote: ClusterSnapshot, now: ClusterSnapshot | null): readonly TemplateDrift[] {
  if (now === null || compareRevisions(now.revision, remote.revision) <= 0) return [];
  return templatesOf(remote.replicaSets, now.replicaSets)
    .map((templateId) => ({
      templateId,
      from: countOf(remote.replicaSets, templateId),
      to: countOf(now.replicaSets, templateId),
    }))
    .filter(({ from, to }) => from !== to);
}

/** The choices that still say what they said: of the templates that did not move. */
export function retainChoices<Side>(
  choices: ReadonlyMap<string, Side>,
  moved: readonly TemplateDrift[],
): ReadonlyMap<string, Side> {
  return new Map([...choices].filter(([templateId]) => moved.every((each) => each.templateId !== templateId)));
}

/** What the choices come to. */
export type ConflictResolution =
  | { readonly kind: 'undecided'; readonly templateIds: readonly string[] }
  /** It is what the cluster has: nothing is left to send. */
  | { readonly kind: 'theirs-already' }
  | { readonly kind: 'save'; readonly save: SaveChange };

/**
 * The merged save: on theirs as the new base. Its revision is the one that theirs was read with, never the rejection's:
 * if that is newer, Ray rejects once more, and nothing unseen is overwritten.
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
