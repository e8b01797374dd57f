import { submissionStatusOf } from '../../app/changes/submission.ts';
import type { Api } from '../../app/api/client.ts';
import { fleetEpochOf } from '../../app/api/fleet-version.ts';
import type { PageFleet } from '../../app/api/page-fleet.ts';
import { resolveConflict, conflictRowsOf } from '../../app/features/editor/conflict-resolution.ts';
import { saveOfSuggestion, suggestionFor } from '../../app/features/editor/shortage-suggestion.ts';
import { checkBeforeSend, JOB_CHECK_TIMEOUT_MS, mayKillJobs } from '../../app/features/editor/pre-send-check.ts';
import type { Draft, DraftStore } from '../../app/drafts/draft-store.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import {
  toCreation,
  draftAfterSend,
  editDraft,
  isDirty,
  newDraft,
  rebaseDraft,
  restoreDraft,
  saveRequestOf,
} from '../../app/drafts/draft.ts';
import { saveOutcomeOf, type SaveOutcome } from '../../app/features/editor/save-outcome.ts';
import { saveBlockOf } from '../../app/features/editor/save-gate.ts';
import { isFromAnotherRay } from '../../app/features/editor/drift-status.ts';
import { checkNewClusterId } from '../../domain/cluster-id.ts';
import type { SaveChange, ChangeRequest } from '../../domain/change.ts';
import type { ModelClock } from './model-clock.ts';
import { expectedAfterSend, expectedAfterRebase } from './expected-fields.ts';
import { createSubmitter, type Submitter } from './submitter.ts';
import type { Submission } from '../../app/changes/submission.ts';

/** The editor's hook without React: one draft from its opening to its save. Keep in step with `useEditor` in `app/features/editor/use-editor.ts`. */
export interface EditorDriver {
  readonly clusterId: string | null;
  draft(): Draft;
  outcome(): SaveOutcome;
  type(field: number, text: string): void;
  typeId(id: string, divisible: boolean): void;
  /** Confirms every question asked before the save. */
  save(): void;
  applySuggestion(): void;
  /** `sides`: the choice for each conflict row that needs one. */
  saveMerged(sides: readonly ('mine' | 'theirs')[]): void;
  recreate(): void;
  dismissUnknown(): void;
  /** Rebases a draft that was started on another Ray session onto the current one. */
  startFromNow(): void;
  /** To be called when the page's fleet has changed. */
  afterRender(): void;
  readonly submitter: Submitter;
  isOver(): boolean;
  /** The text that each field must hold, computed independently of the draft. */
  expected(): ReadonlyMap<string, string>;
  close(): void;
}

export function openEditorDriver(parts: {
  readonly clusterId: string | null;
  readonly fleet: () => PageFleet | null;
  /** Has the console read the clusters' users from Ray again; null when that fails. */
  readonly lookAtUsers: (signal: AbortSignal) => Promise<PageFleet | null>;
  readonly drafts: DraftStore;
  readonly api: Api;
  readonly ids: () => string;
  readonly clock: ModelClock;
  readonly expected: ReadonlyMap<string, string> | null;
  readonly onSent: (id: string, wanted: ChangeRequest) => void;
  readonly onShown: (submission: Submission) => void;
  readonly onSettled: () => void;
}): EditorDriver | null {
  const { clusterId, drafts, clock } = parts;
  const opened = opening();
  if (opened === null) return null;
  let { base, fields, typedId, divisible } = opened;
  let pendingSubmission = opened.sent;
  let sentEpoch = opened.sent?.epoch ?? null;
  let isOver = false;
  let lookup: AbortController | null = null;
  let expected = new Map(parts.expected ?? opened.fields.map(({ templateId, typed }) => [templateId, typed]));

  function opening(): Draft | null {
    const kept = drafts.get(clusterId);
    if (kept !== null) return restoreDraft(kept);
    const fleet = parts.fleet();
    if (fleet === null) return null;
    if (clusterId === null) return newDraft(fleet.pool);
    const cluster = fleet.clusters.get(clusterId);
    return cluster === undefined ? null : editDraft(cluster, clock.now(), fleetEpochOf(fleet.version));
  }

  function currentEpoch(): string | null {
    const fleet = parts.fleet();
    return fleet === null ? null : fleetEpochOf(fleet.version);
  }

  const submitter = createSubmitter({
    ...parts,
    onSent(id, wanted) {
      const epoch = currentEpoch();
      const sent = epoch === null ? { id, wanted } : { id, wanted, epoch };
      if (wanted.kind === 'save') drafts.put({ ...draftAfterSend(currentDraft(), wanted, clock.now(), epoch), sent });
      sentEpoch = epoch;
      parts.onSent(id, wanted);
    },
    onShown(submission) {
      parts.onShown(submission);
      afterRender();
    },
  });

  const currentDraft = (): Draft => ({ clusterId, typedId, divisible, fields, base, sent: null });
  const isCreation = () => clusterId === null && base === null;
  const cluster = () => (isCreation() ? null : (parts.fleet()?.clusters.get(clusterId ?? typedId) ?? null));

  function draft(): Draft {
    const submission = submitter.current();
    const standing = submissionStatusOf(submission);
    const isKept = submission.phase !== 'idle' && (standing !== 'settled' || submission.phase === 'never-arrived');
    const sent = isKept ? { id: submission.id, wanted: submission.wanted } : null;
    return { ...currentDraft(), sent: sent === null || sentEpoch === null ? sent : { ...sent, epoch: sentEpoch } };
  }

  /** What the page does after each render. */
  function afterRender() {
    if (isOver || pendingSubmission !== null) return;
    const epoch = currentEpoch();
    // The console restarted over the same Ray: later snapshots are compared within the new epoch.
    if (base !== null && epoch !== null && base.epoch !== epoch && cluster()?.revision === base.revision)
      base = { ...base, epoch };
    const now = draft();
    if (now.sent !== null || isDirty(now)) drafts.put(now);
    else drafts.drop(clusterId);
    if (saveOutcomeOf(submitter.current(), cluster()).kind !== 'applied') return;
    isOver = true;
    drafts.drop(clusterId);
  }

  function send(save: SaveChange) {
    const next = draftAfterSend(currentDraft(), save, clock.now(), currentEpoch());
    if (!submitter.submit(save)) return;
    fields = next.fields;
    base = next.base;
    expected = expectedAfterSend(expected, save);
    afterRender();
  }

  /** Reads the running jobs again before a save that may end some. */
  async function checkAndSend(save: SaveChange): Promise<void> {
    const fleet = parts.fleet();
    if (fleet === null || lookup !== null) return;
    if (!mayKillJobs(save, fleet.clusters.get(save.clusterId) ?? null)) return sendChecked(save, fleet, true);
    const look = new AbortController();
    lookup = look;
    const cancel = clock.after(JOB_CHECK_TIMEOUT_MS, () => look.abort());
    const refreshed = await parts.lookAtUsers(look.signal);
    clock.noteActivity();
    cancel();
    if (lookup !== look) return;
    lookup = null;
    sendChecked(save, refreshed ?? parts.fleet() ?? fleet, refreshed !== null);
  }

  function sendChecked(save: SaveChange, { clusters, pool }: PageFleet, looked: boolean) {
    const next = checkBeforeSend(save, { cluster: clusters.get(save.clusterId) ?? null, pool, looked });
    send(next.kind === 'ask-recreate' ? toCreation(save) : save);
  }

  const outcome = () => saveOutcomeOf(submitter.current(), cluster());
  const isLocked = () => lookup !== null || ['busy', 'unsettled'].includes(submissionStatusOf(submitter.current()));

  function first() {
    if (lookup !== null) return 'looking';
    if (outcome().kind === 'conflict') return 'decide-above';
    const epoch = currentEpoch();
    return base !== null && epoch !== null && isFromAnotherRay(base, cluster(), epoch) ? 'another-ray' : null;
  }

  if (pendingSubmission !== null) {
    const { id, wanted } = pendingSubmission;
    pendingSubmission = null;
    submitter.resume(id, wanted);
  }

  return {
    clusterId,
    draft,
    outcome,
    type(field, text) {
      if (isLocked() || isOver) return;
      const at = field % Math.max(1, fields.length);
      const name = fields[at]?.templateId;
      if (name === undefined) return;
      fields = fields.map((each, index) => (index === at ? { ...each, typed: text } : each));
      expected = new Map(expected).set(name, text);
      submitter.reset();
      afterRender();
    },
    typeId(id, nextDivisible) {
      if (!isCreation() || isLocked() || isOver) return;
      typedId = id;
      divisible = nextDivisible;
      submitter.reset();
      afterRender();
    },
    save() {
      if (
        isOver ||
        saveBlockOf({
          draft: draft(),
          cluster: cluster(),
          standing: submissionStatusOf(submitter.current()),
          first: first(),
          mayNotWrite: null,
        }) !== null
      )
        return;
      if (isCreation() && (checkNewClusterId(typedId) !== null || parts.fleet()?.clusters.has(typedId) === true))
        return;
      const save = saveRequestOf(currentDraft());
      if (save !== null) void checkAndSend(save);
    },
    applySuggestion() {
      const now = outcome();
      if (isOver || now.kind !== 'shortage') return;
      const suggestion = suggestionFor(now.sent, now.result);
      if (suggestion.kind === 'request')
        void checkAndSend(saveOfSuggestion(now.sent, now.result.judgedOn, suggestion.want));
    },
    saveMerged(sides) {
      const now = outcome();
      if (isOver || now.kind !== 'conflict') return;
      const choices = new Map(
        conflictRowsOf(now.sent, now.theirs).map((row, index) => [row.templateId, sides[index] ?? 'theirs']),
      );
      const merged = resolveConflict(now.sent, now.theirs, choices);
      if (merged.kind === 'save') void checkAndSend(merged.save);
    },
    recreate() {
      const now = outcome();
      if (!isOver && now.kind === 'deleted') void checkAndSend(toCreation(now.sent));
    },
    startFromNow() {
      const [now, epoch] = [cluster(), currentEpoch()];
      if (isOver || isLocked() || first() !== 'another-ray' || now === null || epoch === null) return;
      expected = expectedAfterRebase(expected, base?.replicaSets ?? {}, heldReplicaSetsOf(now));
      const next = rebaseDraft(currentDraft(), now, clock.now(), epoch);
      submitter.reset();
      fields = next.fields;
      base = next.base;
      afterRender();
    },
    dismissUnknown() {
      const now = outcome();
      if (now.kind === 'not-known' && now.result !== null) submitter.reset();
    },
    afterRender,
    submitter,
    isOver: () => isOver,
    expected: () => expected,
    close() {
      lookup?.abort();
      lookup = null;
      submitter.close();
    },
  };
}
