import { isDirty } from '../../app/drafts/draft.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import { InvariantViolation } from './view-monitor.ts';
import type { UserTab, TestBed } from './test-bed.ts';

/** What must hold at every moment. Throws `Broken`. */
export function checkSafety(world: TestBed): void {
  const [first] = world.violations;
  if (first !== undefined) throw new InvariantViolation(first);
  for (const seat of world.tabs) checkEditor(seat);
}

/** What was typed is still there: in the fields, and in the draft that outlives the page. */
export function checkEditor({ page }: UserTab): void {
  const editing = page.editor();
  if (editing === null || editing.isOver()) return;
  const draft = editing.draft();
  const fields = new Map(draft.fields.map(({ templateId, typed }) => [templateId, typed]));
  for (const [templateId, typed] of editing.expected()) {
    if (fields.get(templateId) !== typed)
      throw new InvariantViolation(
        `the editor of ${String(editing.clusterId)} lost ${templateId}: ${JSON.stringify(typed)} became ${JSON.stringify(fields.get(templateId))}`,
      );
  }
  if (!isDirty(draft) && draft.sent === null) return;
  const kept = page.drafts.get(editing.clusterId);
  if (canonicalJson(kept?.fields) !== canonicalJson(draft.fields))
    throw new InvariantViolation(`the draft of ${String(editing.clusterId)} was not kept`);
}
