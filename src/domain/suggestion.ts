import { countOf, MAX_REPLICAS, replicaSetsOf, templatesOf, type ReplicaSets } from './replica-sets.ts';

/** One template of a shortage, as displayed. */
export interface SuggestionRow {
  readonly templateId: string;
  readonly now: number;
  readonly asked: number;
  /** How many nodes Ray says it can add or remove; null for a template that moves in the other direction. */
  readonly can: number | null;
  /** The count requested when the suggestion is applied. */
  readonly becomes: number;
  /** Whether `becomes` differs from `asked`. */
  readonly limited: boolean;
}

/** The result of applying a shortage's suggestion. */
export type AppliedSuggestion =
  | { readonly kind: 'request'; readonly want: ReplicaSets; readonly rows: readonly SuggestionRow[] }
  /** The request would not change the cluster. */
  | { readonly kind: 'nothing-possible'; readonly rows: readonly SuggestionRow[] }
  /** Ray's keys match more than one template, or none (fact 9). */
  | { readonly kind: 'cannot'; readonly unmatched: readonly string[]; readonly rows: readonly SuggestionRow[] };

/**
 * Turns a suggestion into a request. A suggestion is a delta, not a target, and covers one direction (fact 8): when
 * growing, `min(asked, current + suggested)`; when shrinking, `max(asked, current − suggested)`; other templates as
 * asked. The request names every template that is held or asked for, since one left out counts as 0 (fact 8). It can
 * be sent on the revision of the rejected request, which changed nothing (fact 28).
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
