import { isDirty } from '../../app/drafts/draft.ts';
import { canonicalJson } from '../../backend/changes/canonical-json.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { TestBed } from './test-bed.ts';
import type { UserTab } from './user-tab.ts';

/** Checks the invariants that hold at every moment. Throws `InvariantViolation`. */
export function checkSafety(testBed: TestBed): void {
  const [violation] = testBed.violations;
  if (violation !== undefined) throw new InvariantViolation(violation);
  for (const tab of testBed.tabs) checkEditor(tab);
}

/** Typed text is kept: in the fields, and in the stored draft. */
export function checkEditor({ page }: UserTab): void {
  const editor = page.editor();
  if (editor === null || editor.isOver()) return;
  const draft = editor.draft();
  const fields = new Map(draft.fields.map(({ templateId, typed }) => [templateId, typed]));
  for (const [templateId, typed] of editor.expected()) {
    if (fields.get(templateId) !== typed)
      throw new InvariantViolation(
        `the editor of ${String(editor.clusterId)} lost ${templateId}: ${JSON.stringify(typed)} became ${JSON.stringify(fields.get(templateId))}`,
      );
  }
  if (!isDirty(draft) && draft.sent === null) return;
  const kept = page.drafts.get(editor.clusterId);
  if (canonicalJson(kept?.fields) !== canonicalJson(draft.fields))
    throw new InvariantViolation(`the draft of ${String(editor.clusterId)} was not kept`);
}
