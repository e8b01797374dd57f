import { countOrNull } from '../../app/drafts/parse-count.ts';
import type { SaveChange } from '../../domain/change.ts';
import { countOf, type ReplicaSets } from '../../domain/replica-sets.ts';

/** A save that goes out leaves a form that says what was sent; a field that says so already stays as typed. */
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

/** What was typed stays; a field that said what the base had says what there is now. */
export function expectedAfterRebase(
  expected: ReadonlyMap<string, string>,
  before: ReplicaSets,
  held: ReplicaSets,
): Map<string, string> {
  const next = new Map<string, string>();
  for (const [templateId, typed] of expected) {
    const isTyped = countOrNull(typed) !== countOf(before, templateId);
    next.set(templateId, isTyped ? typed : String(countOf(held, templateId)));
  }
  for (const [templateId, count] of Object.entries(held))
    if (!next.has(templateId)) next.set(templateId, String(count));
  return next;
}
