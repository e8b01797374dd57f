import { isDirty } from '../app/editor/draft.ts';
import { canonical } from '../backend/canonical.ts';
import { Broken } from './screen.ts';
import type { Seat, World } from './world.ts';

/** What must hold at every moment. Throws `Broken`. */
export function check(world: World): void {
  const [first] = world.breaches;
  if (first !== undefined) throw new Broken(first);
  for (const seat of world.seats) checkEditor(seat);
}

/** What was typed is still there: in the fields, and in the draft that outlives the page. */
export function checkEditor({ page }: Seat): void {
  const editing = page.editing();
  if (editing === null || editing.isOver()) return;
  const draft = editing.draft();
  const fields = new Map(draft.fields.map(({ templateId, typed }) => [templateId, typed]));
  for (const [templateId, typed] of editing.expected()) {
    if (fields.get(templateId) !== typed)
      throw new Broken(
        `the editor of ${String(editing.clusterId)} lost ${templateId}: ${JSON.stringify(typed)} became ${JSON.stringify(fields.get(templateId))}`,
      );
  }
  if (!isDirty(draft) && draft.sent === null) return;
  const kept = page.drafts.get(editing.clusterId);
  if (canonical(kept?.fields) !== canonical(draft.fields))
    throw new Broken(`the draft of ${String(editing.clusterId)} was not kept`);
}
