import { countOf, MAX_REPLICAS, replicaSetsOf, templatesOf, type ReplicaSets } from './replica-sets.ts';

/** One template of a shortage, as the page shows it. */
interface SuggestionRow {
  readonly templateId: string;
  readonly now: number;
  readonly asked: number;
  /** How many Ray says can be added, or given back; null where the shortage says nothing: not in its direction. */
  readonly can: number | null;
  /** What applying the suggestion asks for. */
  readonly becomes: number;
  /** Whether that is less of a change than was asked. */
  readonly limited: boolean;
}

/** What a shortage's suggestion comes to. */
export type AppliedSuggestion =
  | { readonly kind: 'request'; readonly want: ReplicaSets; readonly rows: readonly SuggestionRow[] }
  /** It would leave the cluster as it is. */
  | { readonly kind: 'nothing-possible'; readonly rows: readonly SuggestionRow[] }
  /** Ray named templates that can't be told apart (fact 9). */
  | { readonly kind: 'cannot'; readonly unmatched: readonly string[]; readonly rows: readonly SuggestionRow[] };

/**
 * The request that a suggestion stands for. A suggestion is a delta, not a target, and covers one direction
 * (fact 8): growing, `min(asked, current + suggested)`; shrinking, `max(asked, current − suggested)`; the rest
 * as asked. Every template that is held or asked for is named, since one left out would be 0.
 */
export function applySuggestion(shortage: {
  readonly asked: ReplicaSets;
  readonly current: ReplicaSets;
  readonly direction: 'grow' | 'shrink';
  readonly suggestion: ReplicaSets;
  readonly unmatched: readonly string[];
}): AppliedSuggestion {
  const rows = templatesOf(shortage.asked, shortage.current).map((templateId): SuggestionRow => {
    const now = countOf(shortage.current, templateId);
    const asked = countOf(shortage.asked, templateId);
    const touched = shortage.direction === 'grow' ? asked > now : asked < now;
    if (!touched) return { templateId, now, asked, can: null, becomes: asked, limited: false };
    const can = countOf(shortage.suggestion, templateId);
    const becomes =
      shortage.direction === 'grow' ? Math.min(asked, now + can, MAX_REPLICAS) : Math.max(asked, now - can, 0);
    return { templateId, now, asked, can, becomes, limited: becomes !== asked };
  });
  if (shortage.unmatched.length > 0) return { kind: 'cannot', unmatched: shortage.unmatched, rows };
  if (rows.every((row) => row.becomes === row.now)) return { kind: 'nothing-possible', rows };
  return { kind: 'request', want: replicaSetsOf(rows.map((row) => [row.templateId, row.becomes])), rows };
}
