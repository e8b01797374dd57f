import type { FreePool } from '../../domain/fleet.ts';
import { newDraft } from './draft.ts';
import type { Draft } from './draft-store.ts';

/** How many nodes, if so many are free: a virtual cluster to try things in, which leaves the rest alone. */
const FIRST_COUNT = 2;

/** What a first virtual cluster could hold: a few nodes of the template with most free ones; null while none is free. */
export function firstSuggestion({
  templates,
}: FreePool): { readonly templateId: string; readonly count: number } | null {
  let best: { readonly templateId: string; readonly count: number } | null = null;
  for (const { templateId, free, isHeadTemplate } of templates) {
    if (isHeadTemplate || !free.known || free.value.atMost || free.value.count <= (best?.count ?? 0)) continue;
    best = { templateId, count: free.value.count };
  }
  return best === null ? null : { ...best, count: Math.min(FIRST_COUNT, best.count) };
}

/** The form for a new virtual cluster, filled with this; only the ID is left to type. */
export function firstDraft(
  pool: FreePool,
  { templateId, count }: { readonly templateId: string; readonly count: number },
): Draft {
  const draft = newDraft(pool);
  const fields = draft.fields.map((field) =>
    field.templateId === templateId ? { ...field, typed: String(count) } : field,
  );
  return { ...draft, fields };
}
