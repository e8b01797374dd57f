import { countOrNull } from '../../app/drafts/parse-count.ts';
import type { SaveChange } from '../../domain/change.ts';
import { countOf, type ReplicaSets } from '../../domain/replica-sets.ts';

/** After a save is sent, each field shows the count that was sent; a field whose text already means that count keeps its text. */
export function expectedAfterSend(expected: ReadonlyMap<string, string>, save: SaveChange): Map<string, string> {
  const next = new Map<string, string>();
  for (const [templateId, typed] of expected) {
    const wanted = save.want[templateId] ?? 0;
    next.set(templateId, countOrNull(typed) === wanted ? typed : String(wanted));
  }
  for (const [templateId, count] of Object.entries(save.want))
    if (!next.has(templateId)) next.set(templateId, String(count));
  return next;
}

/** After a rebase, edited fields keep their text; fields that showed the base's count show the current one. */
export function expectedAfterRebase(
  expected: ReadonlyMap<string, string>,
  before: ReplicaSets,
  current: ReplicaSets,
): Map<string, string> {
  const next = new Map<string, string>();
  for (const [templateId, typed] of expected) {
    const isTyped = countOrNull(typed) !== countOf(before, templateId);
    next.set(templateId, isTyped ? typed : String(countOf(current, templateId)));
  }
  for (const [templateId, count] of Object.entries(current))
    if (!next.has(templateId)) next.set(templateId, String(count));
  return next;
}
