import { Button } from '@mantine/core';
import { useRef } from 'react';
import { openGoalsOf } from '../../../domain/plan/open-goals.ts';
import { isOutcomeOpen } from '../../../domain/plan/run.ts';
import { undoGoalsOf } from '../../../domain/plan/undo.ts';
import { useConnection, useDenialReason, useFleet } from '../../api/console.tsx';
import { firstDenial } from '../../api/denial-reason.ts';
import { InlineConfirmation } from '../../changes/inline-confirmation.tsx';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { plansText } from '../../text/plans-text.ts';
import { ScreenHeading } from '../../ui/screen-heading.tsx';
import { MoveNodes } from './move-nodes.tsx';
import { isWarned, notesOf } from './notes-of.ts';
import { PlanBars } from './plan-bars.tsx';
import { PlanMap } from './plan-map.tsx';
import { PlanNotes } from './plan-notes.tsx';
import { PlanSteps } from './plan-steps.tsx';
import classes from './plans.module.css';
import { runStateText } from './step-text.ts';
import { useActionFocus } from './use-action-focus.ts';
import { usePlan } from './use-plan.ts';
import { personText } from '../../ui/person-text.ts';

/** One plan: what it would do, how far it is, and what can be done with it. It changes while somebody else works on it. */
export function PlanPage({ id }: { readonly id: string }) {
  const words = plansText;
  const planning = usePlan(id);
  const { reply, error, again, problem, isBusy } = planning;
  const denialOf = useDenialReason();
  const actions = useRef<HTMLDivElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const follow = useActionFocus(actions, status);
  const isLost = useConnection().state === 'lost';
  const { fleet } = useFleet();
  const isReadable = fleet?.readOnly !== 'list-unreadable';
  if (reply === null) {
    return (
      <div className={classes['page']}>
        <ScreenHeading takesFocus>{words.title}</ScreenHeading>
        {error === null ? <p className="quiet">{words.loading}</p> : <ReadFailure {...{ error, again }} />}
        <Link href={pathTo.plans}>{words.all}</Link>
      </div>
    );
  }
  const { plan, preview } = reply;
  const { state, steps } = plan.run;
  const goals = openGoalsOf(plan.run);
  const denial = firstDenial(denialOf, goals);
  // The right to go on with what is left is no right to rewrite steps on others' virtual clusters.
  const editDenial = firstDenial(
    denialOf,
    steps.map(({ step }) => step),
  );
  const isUnderWay = state.kind === 'running' || state.kind === 'stopping';
  const isUnknown = steps.some((each) => isOutcomeOpen(each.state));
  const isAtRest = !isUnderWay && !isUnknown;
  const mayEdit = editDenial === null && isAtRest;
  const isLeft = goals.length > 0;
  const done = steps.filter((each) => each.state.kind === 'done').length;
  const undoGoals = undoGoalsOf(plan.run);
  const isUndoable = undoGoals.length > 0 && firstDenial(denialOf, undoGoals) === null;
  const shown = runStateText(state);
  // What was read last may be over by now: the console may have ended, and with it the run.
  const reason = isUnderWay && isLost ? words.unseen : shown.reason;
  const notes = isLeft && !isUnderWay ? notesOf(reply, isReadable, fleet?.clusters ?? new Map()) : [];
  const runWord = state.kind === 'draft' ? words.run : words.resume;
  return (
    <div className={classes['page']} {...follow}>
      <Link href={pathTo.plans} className="screen-only">
        {words.all}
      </Link>
      <div className={classes['head']}>
        <ScreenHeading takesFocus>{plan.name}</ScreenHeading>
        <span className="quiet">{words.madeBy(personText(plan.createdBy))}</span>
      </div>
      {steps.length > 0 && (
        <progress className={classes['progress']} aria-label={words.progressLabel} max={steps.length} value={done} />
      )}
      <p ref={status} role="status" tabIndex={-1} className={classes['line']}>
        <strong>{shown.words}</strong> · {words.progress(done, steps.length)}
        {reason === null ? '' : ` · ${reason}`}
      </p>
      {plan.undoes !== null && (
        <p className="quiet">
          <Link href={pathTo.plan(plan.undoes)}>{words.undoes}</Link>
        </p>
      )}
      {error !== null && <ReadFailure {...{ error, again }} />}
      {problem !== null && (
        <p role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
      {editDenial !== null && <p className="quiet">{words.mayNot(editDenial)}</p>}
      {notes.length > 0 && <PlanNotes notes={notes} forecast={preview.forecast} />}
      <div ref={actions} className={`actions-row screen-only ${classes['actions'] ?? ''}`}>
        {isUnderWay ? (
          <Button size="compact-sm" disabled={isBusy || state.kind === 'stopping'} onClick={planning.stop}>
            {words.stop}
          </Button>
        ) : (
          isLeft &&
          denial === null &&
          isAtRest &&
          (isWarned(notes) ? (
            <InlineConfirmation
              start={runWord}
              question={words.runQuestion}
              yes={words.runYes}
              onConfirm={planning.run}
              isMain
            />
          ) : (
            <Button size="compact-sm" disabled={isBusy} onClick={planning.run}>
              {runWord}
            </Button>
          ))
        )}
        {isUndoable && isAtRest && (
          <Button size="compact-sm" variant="default" disabled={isBusy} onClick={planning.undo}>
            {words.undo}
          </Button>
        )}
        {mayEdit && (
          <InlineConfirmation
            start={words.remove}
            question={words.removeQuestion}
            yes={words.removeYes}
            onConfirm={planning.remove}
          />
        )}
      </div>
      <div className={classes['body']}>
        <div className={classes['effect']}>
          {preview.forecast.templates.length > 0 && <PlanBars templates={preview.forecast.templates} />}
          <PlanMap steps={steps.filter((each) => each.state.kind !== 'skipped').map(({ step }) => step)} />
        </div>
        <div className={classes['work']}>
          <PlanSteps planning={planning} reply={reply} mayEdit={mayEdit} maySkip={denial === null && isAtRest} />
          {mayEdit && (
            <MoveNodes goals={goals} submit={words.form.add} denial={null} onGoals={(next) => planning.save(next)} />
          )}
        </div>
      </div>
    </div>
  );
}

function ReadFailure({ error, again }: { readonly error: Error; readonly again: () => void }) {
  return (
    <div role="alert" className="actions-row">
      <span>{error.message}</span>
      <Button size="compact-sm" variant="default" onClick={again}>
        {plansText.again}
      </Button>
    </div>
  );
}
