import { useEffect, useId, useRef } from 'react';
import { snapshotOf } from '../../../domain/held-replica-sets.ts';
import { previewSave } from '../../../domain/preview.ts';
import { useConnection } from '../../api/console.tsx';
import { fleetEpochOf } from '../../api/fleet-version.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import { SectionLevel } from '../../ui/section-level.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import { useSideBySide } from '../../ui/use-side-by-side.ts';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { AddTemplate } from './add-template.tsx';
import { ConfirmationPanel, type Confirmation } from './confirmation-panel.tsx';
import type { Draft } from '../../drafts/draft-store.ts';
import { toCreation, listedTemplatesOf } from '../../drafts/draft.ts';
import { EditorBar } from './editor-bar.tsx';
import { EditorHeader } from './editor-header.tsx';
import classes from './editor.module.css';
import { DivisibleField, IdField } from './identity-fields.tsx';
import { KnownProfile } from './known-profile.tsx';
import { previewMerge } from './merge-preview.ts';
import { SaveOutcomePanel } from './save-outcome-panel.tsx';
import { DriftStatusLine } from './drift-status-line.tsx';
import { stalenessReasonOf, driftStatusOf } from './drift-status.ts';
import { TemplateRows } from './template-rows.tsx';
import { useEditor } from './use-editor.ts';

interface EditorFormProps {
  readonly start: Draft;
  readonly isRestored: boolean;
  readonly fleet: PageFleet;
  /** Why this person, or nobody, may write now; null when they may. */
  readonly mayNotWrite: string | null;
  /** Reopens the editor without the draft. */
  readonly onRestart: () => void;
}

const originWords = { typed: 'restored', journal: 'reverted', usage: 'suggested' } as const;

/** The form of one virtual cluster, the outcome of its saves, and its buttons. */
export function EditorForm({ start, isRestored, fleet, mayNotWrite, onRestart }: EditorFormProps) {
  const words = text.editor;
  const formId = useId();
  const editor = useRef<HTMLElement>(null);
  const saveButton = useRef<HTMLButtonElement>(null);
  const isBeside = useSideBySide();
  const editing = useEditor(start, fleet, mayNotWrite);
  const { form, rows, draft, isNew, clusterId, cluster, ask, isLocked, outcome } = editing;
  // Nothing is merged with another Ray's cluster: what is typed is shown beside what that Ray has.
  const merged = previewMerge(draft, editing.isAnotherRay ? null : cluster, editing.early.choices);
  const preview = previewSave({
    cluster,
    want: merged.counts,
    pool: fleet.pool,
    others: fleet.clusters.values(),
  });
  const templatesKnown = fleet.pool.templates.map(({ templateId }) => templateId);
  const listed = listedTemplatesOf(fleet.pool);
  const held = draft.base?.replicaSets ?? {};
  const doubt = stalenessReasonOf(fleet.sources, useConnection());
  const home = isNew ? pathTo.clusters : pathTo.cluster(clusterId);

  // Of a new one the ID is what is typed first.
  const { setFocus } = form;
  useEffect(() => {
    if (isNew) setFocus('typedId');
  }, [isNew, setFocus]);

  function close() {
    navigateTo(home, { keepQuery: true });
  }
  useEscape(editor, close);

  function forgetAndClose() {
    editing.forget();
    close();
  }

  function goToPlan(planId: string) {
    editing.forget();
    navigateTo(pathTo.plan(planId));
  }

  function restart() {
    editing.forget();
    onRestart();
  }

  function answer(confirmation: Confirmation) {
    if (confirmation.kind === 'discard') return forgetAndClose();
    editing.send(confirmation.kind === 'recreate' ? toCreation(confirmation.wanted) : confirmation.wanted);
  }

  const since =
    draft.base === null
      ? null
      : driftStatusOf({ base: draft.base, divisible: draft.divisible }, cluster, {
          doubt,
          epoch: fleetEpochOf(fleet.version),
        });
  // With another Ray it starts over and keeps what was typed; otherwise only if nothing typed would be lost.
  const keepsTyped = since?.kind === 'another-ray' && since.has !== null;
  const startFromNow = isLocked
    ? null
    : keepsTyped
      ? editing.startFromNow
      : editing.dirty || cluster === null
        ? null
        : restart;

  const title = isNew ? words.titleNew : words.titleEdit(clusterId);
  const closeLabel = editing.dirty ? words.closeKeeps : words.close;
  // A creation whose id was taken meanwhile has no cluster of its own, but a conflict with that one.
  const shown = fleet.clusters.get(clusterId) ?? null;
  return (
    <SectionLevel value={isBeside ? 3 : 2}>
      <article ref={editor} className={classes['editor']} aria-label={title}>
        <div className={classes['inner']}>
          <EditorHeader takesFocus={!isNew} title={title} closeLabel={closeLabel} close={close} />
          <div className={classes['lines']}>
            {draft.base !== null && since !== null && (
              <DriftStatusLine drift={since} openedAt={draft.base.openedAt} onRebase={startFromNow} />
            )}
            {isRestored && <p className="quiet">{words.since[originWords[start.origin ?? 'typed']]}</p>}
          </div>
          <form
            id={formId}
            noValidate
            className={classes['form']}
            onSubmit={(event) => void form.handleSubmit(editing.submit, editing.focusFirstError)(event)}
          >
            {isNew && (
              <IdField
                control={form.control}
                isTaken={draft.base === null && fleet.clusters.has(clusterId)}
                isLocked={isLocked}
                onEdit={editing.edited}
              />
            )}
            {isNew && draft.base === null && mayNotWrite === null && !fleet.clusters.has(clusterId) && (
              <KnownProfile clusterId={clusterId} />
            )}
            <DivisibleField control={form.control} isFixed={!isNew} isLocked={isLocked} onEdit={editing.edited} />
            {rows.fields.length === 0 ? (
              <p className="quiet">{isNew ? words.form.noTemplates : words.form.nothingHeld}</p>
            ) : (
              <TemplateRows
                control={form.control}
                fields={rows.fields}
                preview={preview}
                pool={fleet.pool}
                moved={merged.notes}
                choices={editing.early.choices}
                choose={outcome.kind === 'conflict' || editing.isAnotherRay ? null : editing.early.choose}
                mayLeaveOut={(templateId) => !Object.hasOwn(held, templateId) && !listed.includes(templateId)}
                isLocked={isLocked}
                added={editing.added}
                onTookFocus={editing.tookFocus}
                onEdit={editing.edited}
                onRemove={(index) => {
                  editing.edited();
                  rows.remove(index);
                }}
              />
            )}
            <AddTemplate
              known={templatesKnown}
              headTemplate={fleet.pool.templates.find(({ isHeadTemplate }) => isHeadTemplate)?.templateId ?? null}
              inForm={draft.fields.map(({ templateId }) => templateId)}
              isLocked={isLocked}
              onAdd={(templateId) => {
                if (!draft.fields.some((field) => field.templateId === templateId)) editing.edited();
                editing.addTemplate(templateId);
              }}
            />
          </form>
          {ask !== null && (
            <ConfirmationPanel
              key={ask.kind}
              confirmation={ask}
              clusterId={clusterId}
              onConfirm={() => answer(ask)}
              onCancel={() => {
                editing.setAsk(null);
                saveButton.current?.focus();
              }}
            />
          )}
          <div hidden={ask !== null}>
            <SaveOutcomePanel
              key={outcomeKey(outcome.kind, editing.submission.submission)}
              outcome={outcome}
              cluster={shown}
              now={shown === null ? null : snapshotOf(shown)}
              clusterId={clusterId}
              isNew={isNew}
              isLooking={editing.isLooking}
              isAnotherRay={editing.isAnotherRay}
              isConsoleRestarted={editing.isConsoleRestarted}
              openedAt={draft.base?.openedAt ?? null}
              onSend={editing.propose}
              onRestart={restart}
              onLeave={forgetAndClose}
              onPlanned={goToPlan}
              onCheckAgain={editing.submission.checkAgain}
              onSendAgain={editing.submission.resend}
              onGoOn={editing.submission.reset}
            />
          </div>
        </div>
        <EditorBar
          formId={formId}
          saveButton={saveButton}
          editing={editing}
          onPlanned={goToPlan}
          onDiscard={() => (editing.dirty ? editing.setAsk({ kind: 'discard' }) : forgetAndClose())}
        />
      </article>
    </SectionLevel>
  );
}

/** Each outcome is a region of its own, even after another one of the same kind. */
function outcomeKey(kind: string, submission: ReturnType<typeof useEditor>['submission']['submission']): string {
  return submission.phase === 'idle' ? kind : `${kind} ${submission.id}`;
}
