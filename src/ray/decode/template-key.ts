import { replicaSetsOf, type ReplicaSets } from '../../domain/replica-sets.ts';

/**
 * A template's name as Ray spells it in a suggestion (fact 9): split at `_`, each part but the first in Python's title
 * case, which capitalises every run of letters: `gpu_8c16g` becomes `gpu8C16G`, `a_bCd` becomes `aBcd`.
 */
export function camelCaseKey(templateId: string): string {
  const [first = '', ...rest] = templateId.split('_');
  return first + rest.map(titleCase).join('');
}

function titleCase(part: string): string {
  return part.replace(/\p{Cased}+/gu, ([first = '', ...rest]) => first.toUpperCase() + rest.join('').toLowerCase());
}

/**
 * Matches the keys of a suggestion back to templates. A key of no template, or of several (of which Ray kept only one
 * count, and it is unknown which), is `unmatched` (fact 9).
 */
export function matchKeys(
  suggestion: ReplicaSets,
  templateIds: Iterable<string>,
): { readonly matched: ReplicaSets; readonly unmatched: readonly string[] } {
  const byKey = new Map<string, string[]>();
  for (const templateId of new Set(templateIds)) {
    const key = camelCaseKey(templateId);
    const same = byKey.get(key);
    if (same) same.push(templateId);
    else byKey.set(key, [templateId]);
  }
  const matched: [string, number][] = [];
  const unmatched: string[] = [];
  for (const [key, count] of Object.entries(suggestion)) {
    const [templateId, ...others] = byKey.get(key) ?? [];
    if (templateId === undefined || others.length > 0) unmatched.push(key);
    else matched.push([templateId, count]);
  }
  return { matched: replicaSetsOf(matched), unmatched };
}
