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

/** `useEditing` without React: one editing of a draft, from its opening to its save. */
export interface EditorDriver {
  readonly clusterId: string | null;
  draft(): Draft;
  outcome(): SaveOutcome;
  type(field: number, text: string): void;
  typeId(id: string, divisible: boolean): void;
  /** Says yes to whatever is asked before. */
  save(): void;
  applySuggestion(): void;
  /** `sides`: what is chosen, row by row, where a person must. */
  saveMerged(sides: readonly ('mine' | 'theirs')[]): void;
  recreate(): void;
  dismissUnknown(): void;
  /** Starts a draft of another Ray from what this one has. */
  startFromNow(): void;
  /** The fleet has moved under it. */
  afterRender(): void;
  readonly submitter: Submitter;
  isOver(): boolean;
  /** What must be in the fields, by the history's own account. */
  expected(): ReadonlyMap<string, string>;
  close(): void;
}

export function openEditorDriver(parts: {
  readonly clusterId: string | null;
  readonly fleet: () => PageFleet | null;
  /** Has Ray asked anew who uses the clusters; null when nobody can tell. */
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
  let left = opened.sent;
  let sentIn = opened.sent?.epoch ?? null;
  let over = false;
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

  function epochNow(): string | null {
    const fleet = parts.fleet();
    return fleet === null ? null : fleetEpochOf(fleet.version);
  }

  const sending = createSubmitter({
    ...parts,
    onSent(id, wanted) {
      const epoch = epochNow();
      const sent = epoch === null ? { id, wanted } : { id, wanted, epoch };
      if (wanted.kind === 'save') drafts.put({ ...draftAfterSend(draftNow(), wanted, clock.now(), epoch), sent });
      sentIn = epoch;
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
    const standing = submissionStatusOf(submission);
    const isKept = submission.phase !== 'idle' && (standing !== 'settled' || submission.phase === 'never-arrived');
    const sent = isKept ? { id: submission.id, wanted: submission.wanted } : null;
    return { ...draftNow(), sent: sent === null || sentIn === null ? sent : { ...sent, epoch: sentIn } };
  }

  /** What the page does after each drawing. */
  function drawn() {
    if (over || left !== null) return;
    const epoch = epochNow();
    // The console was started anew over the same Ray: from now on this is the telling that it is compared in.
    if (base !== null && epoch !== null && base.epoch !== epoch && cluster()?.revision === base.revision)
      base = { ...base, epoch };
    const now = draft();
    if (now.sent !== null || isDirty(now)) drafts.put(now);
    else drafts.drop(clusterId);
    if (saveOutcomeOf(sending.current(), cluster()).kind !== 'applied') return;
    over = true;
    drafts.drop(clusterId);
  }

  function send(save: SaveChange) {
    const next = draftAfterSend(draftNow(), save, clock.now(), epochNow());
    if (!sending.submit(save)) return;
    fields = next.fields;
    base = next.base;
    expected = expectedAfterSend(expected, save);
    drawn();
  }

  /** Where it may end jobs, those that run are looked at anew before. */
  async function propose(save: SaveChange): Promise<void> {
    const fleet = parts.fleet();
    if (fleet === null || lookup !== null) return;
    if (!mayKillJobs(save, fleet.clusters.get(save.clusterId) ?? null)) return judge(save, fleet, true);
    const look = new AbortController();
    lookup = look;
    const cancel = clock.after(JOB_CHECK_TIMEOUT_MS, () => look.abort());
    const seen = await parts.lookAtUsers(look.signal);
    clock.noteActivity();
    cancel();
    if (lookup !== look) return;
    lookup = null;
    judge(save, seen ?? parts.fleet() ?? fleet, seen !== null);
  }

  function judge(save: SaveChange, { clusters, pool }: PageFleet, looked: boolean) {
    const next = checkBeforeSend(save, { cluster: clusters.get(save.clusterId) ?? null, pool, looked });
    send(next.kind === 'ask-recreate' ? toCreation(save) : save);
  }

  const outcome = () => saveOutcomeOf(sending.current(), cluster());
  const isLocked = () => lookup !== null || ['busy', 'unsettled'].includes(submissionStatusOf(sending.current()));

  function first() {
    if (lookup !== null) return 'looking';
    if (outcome().kind === 'conflict') return 'decide-above';
    const epoch = epochNow();
    return base !== null && epoch !== null && isFromAnotherRay(base, cluster(), epoch) ? 'another-ray' : null;
  }

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
      if (
        over ||
        saveBlockOf({
          draft: draft(),
          cluster: cluster(),
          standing: submissionStatusOf(sending.current()),
          first: first(),
          mayNotWrite: null,
        }) !== null
      )
        return;
      if (isCreation() && (checkNewClusterId(typedId) !== null || parts.fleet()?.clusters.has(typedId) === true))
        return;
      const save = saveRequestOf(draftNow());
      if (save !== null) void propose(save);
    },
    applySuggestion() {
      const now = outcome();
      if (over || now.kind !== 'shortage') return;
      const suggestion = suggestionFor(now.sent, now.result);
      if (suggestion.kind === 'request') void propose(saveOfSuggestion(now.sent, now.result.judgedOn, suggestion.want));
    },
    saveMerged(sides) {
      const now = outcome();
      if (over || now.kind !== 'conflict') return;
      const choices = new Map(
        conflictRowsOf(now.sent, now.theirs).map((row, index) => [row.templateId, sides[index] ?? 'theirs']),
      );
      const merged = resolveConflict(now.sent, now.theirs, choices);
      if (merged.kind === 'save') void propose(merged.save);
    },
    recreate() {
      const now = outcome();
      if (!over && now.kind === 'deleted') void propose(toCreation(now.sent));
    },
    startFromNow() {
      const [now, epoch] = [cluster(), epochNow()];
      if (over || isLocked() || first() !== 'another-ray' || now === null || epoch === null) return;
      expected = expectedAfterRebase(expected, base?.replicaSets ?? {}, heldReplicaSetsOf(now));
      const next = rebaseDraft(draftNow(), now, clock.now(), epoch);
      sending.reset();
      fields = next.fields;
      base = next.base;
      drawn();
    },
    dismissUnknown() {
      const now = outcome();
      if (now.kind === 'not-known' && now.result !== null) sending.reset();
    },
    afterRender: drawn,
    submitter: sending,
    isOver: () => over,
    expected: () => expected,
    close() {
      lookup?.abort();
      lookup = null;
      sending.close();
    },
  };
}
