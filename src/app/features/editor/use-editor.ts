import { zodResolver } from '@hookform/resolvers/zod';
import { useEffect, useRef, useState } from 'react';
import { useFieldArray, useForm, useWatch, type FieldErrors } from 'react-hook-form';
import type { SaveChange } from '../../../domain/change.ts';
import { useConsole, useDenialReason } from '../../api/console.tsx';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { submissionStatusOf } from '../../changes/submission.ts';
import { useSubmission } from '../../changes/use-submission.ts';
import type { Confirmation } from './confirmation-panel.tsx';
import { checkBeforeSend } from './pre-send-check.ts';
import { useJobCheck } from './use-job-check.ts';
import { countOrNull } from '../../drafts/parse-count.ts';
import type { Draft } from '../../drafts/draft-store.ts';
import {
  compareFields,
  draftAfterSend,
  isDirty,
  rebaseDraft,
  saveRequestOf,
  type FormValues,
} from '../../drafts/draft.ts';
import { useDrafts } from '../../drafts/drafts-context.tsx';
import { useEarlyChoices } from './use-early-choices.ts';
import { formSchema } from './form-schema.ts';
import { saveOutcomeOf } from './save-outcome.ts';
import { saveBlockOf } from './save-gate.ts';
import { navigateToSavedCluster } from '../../changes/saved-notice.tsx';
import { isFromAnotherRay } from './drift-status.ts';

/**
 * One editing of a draft, from its opening to its save: the form, what is kept of it, the questions before sending, and
 * the sending. The fleet may move meanwhile; the form's fields never do by themselves.
 */
export function useEditor(start: Draft, fleet: PageFleet, denialReason: string | null) {
  const drafts = useDrafts();
  const { clock } = useConsole();
  const jobCheck = useJobCheck(fleet);
  const { isLooking } = jobCheck;
  const [base, setBase] = useState(start.base);
  const [ask, setAsk] = useState<Confirmation | null>(null);
  const [added, setAdded] = useState<string | null>(null);
  const isFinished = useRef(false);

  const origin = start.origin === undefined ? {} : { origin: start.origin };
  const isNew = start.clusterId === null;
  const isCreation = isNew && base === null;
  const schema = formSchema({ isNew, isTaken: (id) => isCreation && fleet.clusters.has(id) });
  const form = useForm<FormValues>({
    resolver: zodResolver(schema),
    defaultValues: { typedId: start.typedId, divisible: start.divisible, fields: start.fields },
    mode: 'onTouched',
    shouldFocusError: false,
  });
  const rows = useFieldArray({ control: form.control, name: 'fields' });
  const [typedId, divisible, fields] = useWatch({ control: form.control, name: ['typedId', 'divisible', 'fields'] });
  const clusterId = start.clusterId ?? typedId;
  // A creation has no cluster yet, whatever id is being typed.
  const cluster = isCreation ? null : (fleet.clusters.get(clusterId) ?? null);

  const denialReasonOf = useDenialReason();
  const idDenialReason = isNew && typedId !== '' ? denialReasonOf(typedId) : null;

  const epoch = fleetEpochOf(fleet.version);
  // The console was restarted over the same Ray: from now on the base is compared within the new epoch.
  if (base !== null && base.epoch !== epoch && cluster?.revision === base.revision) setBase({ ...base, epoch });
  const isAnotherRay = base !== null && isFromAnotherRay(base, cluster, epoch);
  const early = useEarlyChoices(isAnotherRay ? null : cluster);

  function draftNow(): Draft {
    return { ...origin, clusterId: start.clusterId, ...form.getValues(), base, sent: null };
  }

  // The epoch in which the current change was sent.
  const [sentInEpoch, setSentIn] = useState(start.sent?.epoch ?? null);
  const submission = useSubmission((id, wanted) => {
    if (wanted.kind === 'save')
      drafts.put({ ...draftAfterSend(draftNow(), wanted, clock.now(), epoch), sent: { id, wanted, epoch } });
    setSentIn(epoch);
  });
  const outcome = saveOutcomeOf(submission.submission, cluster);
  const standing = submissionStatusOf(submission.submission);
  const pending = pendingChangeOf(submission.submission, standing);
  const sent = pending === null || sentInEpoch === null ? pending : { ...pending, epoch: sentInEpoch };
  const first = isLooking
    ? 'looking'
    : outcome.kind === 'conflict'
      ? 'decide-above'
      : isAnotherRay
        ? 'another-ray'
        : null;
  const draft: Draft = { ...origin, clusterId: start.clusterId, typedId, divisible, fields, base, sent };
  const dirty = isDirty(draft);

  const typedSave = saveRequestOf(draft);
  const leavesNothing =
    standing === 'idle' && typedSave !== null && early.resolve(typedSave)?.kind === 'theirs-already';

  const resumable = useRef(start.sent);

  // Every keystroke is stored until it is saved or discarded.
  useEffect(() => {
    if (isFinished.current || resumable.current !== null) return;
    if (sent !== null || dirty) drafts.put(draft);
    else drafts.drop(draft.clusterId);
  });

  // A change that was unsettled when the page was left is resumed: its outcome is looked up, it is not resent.
  const { resume } = submission;
  useEffect(() => {
    if (resumable.current === null) return;
    const { id, wanted } = resumable.current;
    resumable.current = null;
    resume(id, wanted);
  }, [resume]);

  const applied = outcome.kind === 'applied' ? outcome.change : null;
  useEffect(() => {
    if (applied === null) return;
    isFinished.current = true;
    drafts.drop(start.clusterId);
    navigateToSavedCluster(applied);
  }, [applied, drafts, start.clusterId]);

  /** Sends a save; the form then shows what was sent, on the base that was sent. */
  function send(save: SaveChange) {
    const next = draftAfterSend(draftNow(), save, clock.now(), epoch);
    setAsk(null);
    if (!submission.submit(save)) return;
    if (!sameFields(next.fields, form.getValues().fields)) rows.replace(next.fields);
    setBase(next.base);
  }

  /** Asks for the needed confirmation, or sends. */
  function propose(save: SaveChange) {
    void jobCheck.check(save, (now, looked) => confirmOrSend(save, now, looked));
  }

  function confirmOrSend(save: SaveChange, now: PageFleet, looked: boolean) {
    const next = checkBeforeSend(save, { cluster: now.clusters.get(save.clusterId) ?? null, pool: now.pool, looked });
    if (next.kind === 'send') return send(save);
    if (next.kind === 'ask-jobs') setAsk({ kind: 'jobs', wanted: save, jobs: next.jobs, takesHead: next.takesHead });
    else setAsk({ kind: askedBy[next.kind], wanted: save });
  }

  return {
    form,
    rows,
    draft,
    dirty,
    isNew,
    clusterId,
    cluster,
    outcome,
    submission,
    ask,
    setAsk,
    /** The template whose new field is to receive the focus. */
    added,
    tookFocus: () => setAdded(null),
    isLooking,
    isLocked: isLooking || standing === 'busy' || standing === 'unsettled' || denialReason !== null,
    early,
    gate:
      saveBlockOf({ draft, cluster, standing, first, mayNotWrite: denialReason ?? idDenialReason }) ??
      (leavesNothing ? ({ kind: 'there-already' } as const) : null),
    send,
    propose,
    /** An edit closes every open question and clears the last outcome. */
    edited() {
      if (ask !== null) setAsk(null);
      submission.reset();
    },
    submit() {
      const save = saveRequestOf(draftNow());
      if (save === null) return;
      const resolved = early.resolve(save);
      if (resolved?.kind !== 'theirs-already') propose(resolved === null ? save : resolved.save);
    },
    /** Adds a field for a template, or goes to the one that it has. */
    addTemplate(templateId: string) {
      const { fields: there } = form.getValues();
      setAdded(templateId);
      if (there.some((field) => field.templateId === templateId)) return;
      const held = base?.replicaSets ?? {};
      const at = there.findIndex((field) => compareFields(field.templateId, templateId, held) > 0);
      rows.insert(at === -1 ? there.length : at, { templateId, typed: '0' }, { shouldFocus: false });
    },
    /** Focuses the first invalid field. */
    focusFirstError(errors: FieldErrors<FormValues>) {
      if (errors.typedId !== undefined) return form.setFocus('typedId');
      const index = form.getValues().fields.findIndex(({ typed }) => countOrNull(typed) === null);
      if (index >= 0) form.setFocus(`fields.${index}.typed`, { shouldSelect: true });
    },
    isAnotherRay,
    /** The change may have been sent to an earlier run of the console: then a missing record proves nothing. */
    isConsoleRestarted: sentInEpoch !== null && sentInEpoch !== epoch,
    /** Rebases the draft on what the cluster has now, and keeps what was typed. */
    startFromNow() {
      if (cluster === null) return;
      const next = rebaseDraft(draftNow(), cluster, clock.now(), epoch);
      setAsk(null);
      submission.reset();
      rows.replace(next.fields);
      setBase(next.base);
      setAdded(next.fields[0]?.templateId ?? null);
    },
    /** Discards the draft; the caller decides where to go. */
    forget() {
      isFinished.current = true;
      drafts.drop(start.clusterId);
    },
  };
}

/** What a reload must resume: a change being sent, an unsettled one, or one that never arrived. */
function pendingChangeOf(
  submission: ReturnType<typeof useSubmission>['submission'],
  standing: ReturnType<typeof submissionStatusOf>,
): Draft['sent'] {
  if (submission.phase === 'idle') return null;
  if (standing === 'settled' && submission.phase !== 'never-arrived') return null;
  return { id: submission.id, wanted: submission.wanted };
}

function sameFields(a: Draft['fields'], b: Draft['fields']): boolean {
  return (
    a.length === b.length &&
    a.every((field, index) => field.templateId === b[index]?.templateId && field.typed === b[index].typed)
  );
}

/** The question of each decision that needs no more than a yes. */
const askedBy = { 'ask-head': 'head', 'ask-recreate': 'recreate', 'ask-empty': 'empty' } as const;
