import { standingOf } from '../app/api/submission.ts';
import type { Api } from '../app/api/client.ts';
import { epochOf, type PageFleet } from '../app/api/page-fleet.ts';
import { mergedSave, mergeRows, suggestedSave, suggestionFor } from '../app/editor/answers.ts';
import { beforeSending, LOOK_WITHIN, mayEndJobs } from '../app/editor/before-sending.ts';
import type { Draft, DraftStore } from '../app/editor/draft-store.ts';
import {
  asCreation,
  draftFor,
  editDraft,
  isDirty,
  newDraft,
  rebased,
  replicaSetsIn,
  restoredDraft,
  saveOf,
} from '../app/editor/draft.ts';
import { outcomeOf, type EditorOutcome } from '../app/editor/outcome.ts';
import { saveGate } from '../app/editor/save-gate.ts';
import { isOfAnotherRay } from '../app/editor/since-opened.ts';
import { checkNewClusterId } from '../domain/cluster-id.ts';
import type { SaveChange, WantedChange } from '../domain/change.ts';
import type { HistoryClock } from './clock.ts';
import { asSent, fromNow } from './expected.ts';
import { createSending, type Sending } from './sending.ts';
import type { Submission } from '../app/api/submission.ts';

/** `useEditing` without React: one editing of a draft, from its opening to its save. */
export interface Editing {
  readonly clusterId: string | null;
  draft(): Draft;
  outcome(): EditorOutcome;
  type(field: number, text: string): void;
  typeId(id: string, divisible: boolean): void;
  /** Says yes to whatever is asked before. */
  save(): void;
  applySuggestion(): void;
  /** `sides`: what is chosen, row by row, where a person must. */
  saveMerged(sides: readonly ('mine' | 'theirs')[]): void;
  recreate(): void;
  goOn(): void;
  /** Starts a draft of another Ray from what this one has. */
  startFromNow(): void;
  /** The fleet has moved under it. */
  drawn(): void;
  readonly sending: Sending;
  isOver(): boolean;
  /** What must be in the fields, by the history's own account. */
  expected(): ReadonlyMap<string, string>;
  close(): void;
}

export function openEditing(parts: {
  readonly clusterId: string | null;
  readonly fleet: () => PageFleet | null;
  /** Has Ray asked anew who uses the clusters; null when nobody can tell. */
  readonly lookAtUsers: (signal: AbortSignal) => Promise<PageFleet | null>;
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
  let sentIn = opened.sent?.epoch ?? null;
  let over = false;
  let looking: AbortController | null = null;
  let expected = new Map(parts.expected ?? opened.fields.map(({ templateId, typed }) => [templateId, typed]));

  function opening(): Draft | null {
    const kept = drafts.get(clusterId);
    if (kept !== null) return restoredDraft(kept);
    const fleet = parts.fleet();
    if (fleet === null) return null;
    if (clusterId === null) return newDraft(fleet.pool);
    const cluster = fleet.clusters.get(clusterId);
    return cluster === undefined ? null : editDraft(cluster, clock.now(), epochOf(fleet.version));
  }

  function epochNow(): string | null {
    const fleet = parts.fleet();
    return fleet === null ? null : epochOf(fleet.version);
  }

  const sending = createSending({
    ...parts,
    onSent(id, wanted) {
      const epoch = epochNow();
      const sent = epoch === null ? { id, wanted } : { id, wanted, epoch };
      if (wanted.kind === 'save') drafts.put({ ...draftFor(draftNow(), wanted, clock.now(), epoch), sent });
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
    const standing = standingOf(submission);
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
    if (outcomeOf(sending.current(), cluster()).kind !== 'applied') return;
    over = true;
    drafts.drop(clusterId);
  }

  function send(save: SaveChange) {
    const next = draftFor(draftNow(), save, clock.now(), epochNow());
    if (!sending.submit(save)) return;
    fields = next.fields;
    base = next.base;
    expected = asSent(expected, save);
    drawn();
  }

  /** Where it may end jobs, those that run are looked at anew before. */
  async function propose(save: SaveChange): Promise<void> {
    const fleet = parts.fleet();
    if (fleet === null || looking !== null) return;
    if (!mayEndJobs(save, fleet.clusters.get(save.clusterId) ?? null)) return judge(save, fleet, true);
    const look = new AbortController();
    looking = look;
    const cancel = clock.after(LOOK_WITHIN, () => look.abort());
    const seen = await parts.lookAtUsers(look.signal);
    clock.stir();
    cancel();
    if (looking !== look) return;
    looking = null;
    judge(save, seen ?? parts.fleet() ?? fleet, seen !== null);
  }

  function judge(save: SaveChange, { clusters, pool }: PageFleet, looked: boolean) {
    const next = beforeSending(save, { cluster: clusters.get(save.clusterId) ?? null, pool, looked });
    send(next.kind === 'ask-recreate' ? asCreation(save) : save);
  }

  const outcome = () => outcomeOf(sending.current(), cluster());
  const isLocked = () => looking !== null || ['busy', 'unsettled'].includes(standingOf(sending.current()));

  function first() {
    if (looking !== null) return 'looking';
    if (outcome().kind === 'conflict') return 'decide-above';
    const epoch = epochNow();
    return base !== null && epoch !== null && isOfAnotherRay(base, cluster(), epoch) ? 'another-ray' : null;
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
        saveGate({
          draft: draft(),
          cluster: cluster(),
          standing: standingOf(sending.current()),
          first: first(),
          mayNotWrite: null,
        }) !== null
      )
        return;
      if (isCreation() && (checkNewClusterId(typedId) !== null || parts.fleet()?.clusters.has(typedId) === true))
        return;
      const save = saveOf(draftNow());
      if (save !== null) void propose(save);
    },
    applySuggestion() {
      const now = outcome();
      if (over || now.kind !== 'shortage') return;
      const suggestion = suggestionFor(now.sent, now.result);
      if (suggestion.kind === 'request') void propose(suggestedSave(now.sent, now.result.judgedOn, suggestion.want));
    },
    saveMerged(sides) {
      const now = outcome();
      if (over || now.kind !== 'conflict') return;
      const choices = new Map(
        mergeRows(now.sent, now.theirs).map((row, index) => [row.templateId, sides[index] ?? 'theirs']),
      );
      const merged = mergedSave(now.sent, now.theirs, choices);
      if (merged.kind === 'save') void propose(merged.save);
    },
    recreate() {
      const now = outcome();
      if (!over && now.kind === 'deleted') void propose(asCreation(now.sent));
    },
    startFromNow() {
      const [now, epoch] = [cluster(), epochNow()];
      if (over || isLocked() || first() !== 'another-ray' || now === null || epoch === null) return;
      expected = fromNow(expected, base?.replicaSets ?? {}, replicaSetsIn(now));
      const next = rebased(draftNow(), now, clock.now(), epoch);
      sending.reset();
      fields = next.fields;
      base = next.base;
      drawn();
    },
    goOn() {
      const now = outcome();
      if (now.kind === 'not-known' && now.result !== null) sending.reset();
    },
    drawn,
    sending,
    isOver: () => over,
    expected: () => expected,
    close() {
      looking?.abort();
      looking = null;
      sending.close();
    },
  };
}
