import { compareTemplates } from '../../../domain/replica-sets.ts';

/**
 * The known templates that typed text may mean, best first: named so, then beginning with it, then containing it. Upper and
 * lower case count as the same. Nothing typed matches all.
 */
export function matchTemplates(typed: string, known: readonly string[]): readonly string[] {
  const sought = typed.trim().toLowerCase();
  return known
    .map((templateId) => ({ templateId, rank: rankOf(templateId.toLowerCase(), sought) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || compareTemplates(a.templateId, b.templateId))
    .map(({ templateId }) => templateId);
}

function rankOf(name: string, sought: string): number | null {
  if (name === sought) return 0;
  if (name.startsWith(sought)) return 1;
  return name.includes(sought) ? 2 : null;
}
