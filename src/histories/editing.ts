import { standingOf } from '../app/api/submission.ts';
import type { Api } from '../app/api/client.ts';
import type { PageFleet } from '../app/api/page-fleet.ts';
import { mergedSave, mergeRows, suggestedSave, suggestionFor } from '../app/editor/answers.ts';
import { beforeSending } from '../app/editor/before-sending.ts';
import { countTyped } from '../app/editor/count-field.ts';
import type { Draft, DraftStore } from '../app/editor/draft-store.ts';
import { asCreation, draftFor, editDraft, isDirty, newDraft, restoredDraft, saveOf } from '../app/editor/draft.ts';
import { outcomeOf, type EditorOutcome } from '../app/editor/outcome.ts';
import { saveGate } from '../app/editor/save-gate.ts';
import { checkNewClusterId } from '../domain/cluster-id.ts';
import type { SaveChange, WantedChange } from '../domain/change.ts';
import type { HistoryClock } from './clock.ts';
import { createSending, type Sending } from './sending.ts';
import type { Submission } from '../app/api/submission.ts';

/** `useEditing` without React: one editing of a draft, from its opening to its save. */
export interface Editing {
  readonly clusterId: string | null;
  draft(): Draft;
  outcome(): EditorOutcome;
  type(field: number, text: string): void;
  typeId(id: string, divisible: boolean): void;
  /** Says yes to whatever is asked before. Whether it was sent. */
  save(): boolean;
  applySuggestion(): boolean;
  /** `sides`: what is chosen, row by row, where a person must. */
  saveMerged(sides: readonly ('mine' | 'theirs')[]): boolean;
  recreate(): boolean;
  goOn(): void;
  readonly sending: Sending;
  isOver(): boolean;
  /** What must be in the fields, by the history's own account. */
  expected(): ReadonlyMap<string, string>;
  close(): void;
}

export function openEditing(parts: {
  readonly clusterId: string | null;
  readonly fleet: () => PageFleet | null;
  readonly drafts: DraftStore;
  readonly api: Api;
  readonly ids: () => string;
  readonly clock: HistoryClock;
  readonly expected: ReadonlyMap<string, string> | null;
  readonly onSent: (id: string, wanted: WantedChange) => void;
  readonly onShown: (submission: Submission) => void;
  readonly onSettled: () => void;
}): Editing | null {
  const { clusterId, drafts, clock } = parts;
  const opened = opening();
  if (opened === null) return null;
  let { base, fields, typedId, divisible } = opened;
  let left = opened.sent;
  let over = false;
  let expected = new Map(parts.expected ?? opened.fields.map(({ templateId, typed }) => [templateId, typed]));

  function opening(): Draft | null {
    const kept = drafts.get(clusterId);
    if (kept !== null) return restoredDraft(kept);
    const fleet = parts.fleet();
    if (fleet === null) return null;
    if (clusterId === null) return newDraft(fleet.pool);
    const cluster = fleet.clusters.get(clusterId);
    return cluster === undefined ? null : editDraft(cluster, clock.now());
  }

  const sending = createSending({
    ...parts,
    onSent(id, wanted) {
      if (wanted.kind === 'save') drafts.put({ ...draftFor(draftNow(), wanted, clock.now()), sent: { id, wanted } });
      parts.onSent(id, wanted);
    },
    onShown(submission) {
      parts.onShown(submission);
      drawn();
    },
  });

  const draftNow = (): Draft => ({ clusterId, typedId, divisible, fields, base, sent: null });
  const isCreation = () => clusterId === null && base === null;
  const cluster = () => (isCreation() ? null : (parts.fleet()?.clusters.get(clusterId ?? typedId) ?? null));

  function draft(): Draft {
    const submission = sending.current();
    const standing = standingOf(submission);
    const isKept = submission.phase !== 'idle' && (standing !== 'settled' || submission.phase === 'never-arrived');
    return { ...draftNow(), sent: isKept ? { id: submission.id, wanted: submission.wanted } : null };
  }

  /** What the page does after each drawing. */
  function drawn() {
    if (over || left !== null) return;
    const now = draft();
    if (now.sent !== null || isDirty(now)) drafts.put(now);
    else drafts.drop(clusterId);
    if (outcomeOf(sending.current(), cluster()).kind !== 'applied') return;
    over = true;
    drafts.drop(clusterId);
  }

  function send(save: SaveChange): boolean {
    const next = draftFor(draftNow(), save, clock.now());
    if (!sending.submit(save)) return false;
    fields = next.fields;
    base = next.base;
    expected = asSent(expected, save);
    drawn();
    return true;
  }

  function propose(save: SaveChange): boolean {
    const fleet = parts.fleet();
    if (fleet === null) return false;
    const next = beforeSending(save, { cluster: fleet.clusters.get(save.clusterId) ?? null, pool: fleet.pool, looked: true });
    return send(next.kind === 'ask-recreate' ? asCreation(save) : save);
  }

  const outcome = () => outcomeOf(sending.current(), cluster());
  const isLocked = () => ['busy', 'unsettled'].includes(standingOf(sending.current()));

  if (left !== null) {
    const { id, wanted } = left;
    left = null;
    sending.resume(id, wanted);
  }

  return {
    clusterId,
    draft,
    outcome,
    type(field, text) {
      if (isLocked() || over) return;
      const at = field % Math.max(1, fields.length);
      const name = fields[at]?.templateId;
      if (name === undefined) return;
      fields = fields.map((each, index) => (index === at ? { ...each, typed: text } : each));
      expected = new Map(expected).set(name, text);
      sending.reset();
      drawn();
    },
    typeId(id, nextDivisible) {
      if (!isCreation() || isLocked() || over) return;
      typedId = id;
      divisible = nextDivisible;
      sending.reset();
      drawn();
    },
    save() {
      if (over || saveGate({ draft: draft(), cluster: cluster(), standing: standingOf(sending.current()), first: null, mayNotWrite: null }) !== null) return false;
      if (isCreation() && (checkNewClusterId(typedId) !== null || parts.fleet()?.clusters.has(typedId) === true)) return false;
      const save = saveOf(draftNow());
      return save !== null && propose(save);
    },
    applySuggestion() {
      const now = outcome();
      if (over || now.kind !== 'shortage') return false;
      const suggestion = suggestionFor(now.sent, now.result);
      return suggestion.kind === 'request' && propose(suggestedSave(now.sent, now.result.judgedOn, suggestion.want));
    },
    saveMerged(sides) {
      const now = outcome();
      if (over || now.kind !== 'conflict') return false;
      const choices = new Map(mergeRows(now.sent, now.theirs).map((row, index) => [row.templateId, sides[index] ?? 'theirs']));
      const merged = mergedSave(now.sent, now.theirs, choices);
      return merged.kind === 'save' && propose(merged.save);
    },
    recreate() {
      const now = outcome();
      return !over && now.kind === 'deleted' && propose(asCreation(now.sent));
    },
    goOn() {
      const now = outcome();
      if (now.kind === 'not-known' && now.result !== null) sending.reset();
    },
    sending,
    isOver: () => over,
    expected: () => expected,
    close: () => sending.close(),
  };
}

/** A save that goes out leaves a form that says what was sent; a field that says so already stays as typed. */
function asSent(expected: ReadonlyMap<string, string>, save: SaveChange): Map<string, string> {
  const next = new Map<string, string>();
  for (const [templateId, typed] of expected) {
    const wanted = save.want[templateId] ?? 0;
    next.set(templateId, countTyped(typed) === wanted ? typed : String(wanted));
  }
  for (const [templateId, count] of Object.entries(save.want)) if (!next.has(templateId)) next.set(templateId, String(count));
  return next;
}
