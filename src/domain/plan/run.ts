import { isSettled, type Result } from '../result.ts';
import type { PlanStep } from './plan.ts';

/** Why a step was not sent: its virtual cluster is not as the step takes it to be. */
export type StepObstacle =
  /** It holds something else than `from`, exists already, or has the other divisibility. */
  | 'moved'
  /** It does not exist any more. */
  | 'gone'
  /** Ray's list could not be read, or nothing may be written now. */
  | 'unreadable'
  /** The person who runs the plan may not make this change. */
  | 'not-allowed';

export type StepState =
  /**
   * `triedAs`: the change that was sent for it before, whose outcome stayed unknown. If Ray turns out to have what the step makes,
   * it was this one.
   */
  | { readonly kind: 'pending'; readonly triedAs?: string }
  /** The change's id is stored before the change is submitted, so that a restarted console finds it again or knows that it never was. */
  | { readonly kind: 'sending'; readonly changeId: string }
  /** Null: the virtual cluster was so already, and nothing was sent. */
  | { readonly kind: 'done'; readonly changeId: string | null }
  /** Nothing changed, or the outcome can no longer be known (`cannot-be-known`). */
  | { readonly kind: 'failed'; readonly changeId: string; readonly result: Result }
  | { readonly kind: 'blocked'; readonly obstacle: StepObstacle }
  /**
   * Sent, and the outcome is not known yet. `isOverdue`: good readings have not shown it for so long that it most likely never
   * arrived, so a person may go on.
   */
  | { readonly kind: 'unknown'; readonly changeId: string; readonly isOverdue?: boolean }
  | { readonly kind: 'skipped'; readonly by: string };

/** Why a plan does not go on. */
type StopReason = 'person' | 'step-failed' | 'step-blocked' | 'step-unknown' | 'console-ended';

export type RunState =
  | { readonly kind: 'draft' }
  | { readonly kind: 'running'; readonly by: string }
  /** Somebody stopped it while a step was on its way. */
  | { readonly kind: 'stopping'; readonly by: string }
  | { readonly kind: 'stopped'; readonly why: StopReason }
  | { readonly kind: 'finished' };

/** A plan as it is carried out, one step at a time. Pure: the driver stores each new state before acting on it. */
export interface PlanRun {
  readonly state: RunState;
  readonly steps: readonly { readonly step: PlanStep; readonly state: StepState }[];
}

export type PlanEvent =
  /** Begins, or goes on: what failed or was blocked is tried again. */
  | { readonly kind: 'run'; readonly by: string }
  | { readonly kind: 'stop' }
  | { readonly kind: 'skip'; readonly stepId: string; readonly by: string }
  /** The driver is about to submit the step under this change id. */
  | { readonly kind: 'send'; readonly stepId: string; readonly changeId: string }
  | { readonly kind: 'there-already'; readonly stepId: string }
  | { readonly kind: 'blocked'; readonly stepId: string; readonly obstacle: StepObstacle }
  /** What became of a change, now or later. */
  | { readonly kind: 'result'; readonly changeId: string; readonly result: Result }
  /** Ray was read well for long, and does not show what a change of unknown outcome would have made. */
  | { readonly kind: 'overdue'; readonly changeId: string }
  /** A change whose id was stored was never submitted: the console ended in between. */
  | { readonly kind: 'never-submitted'; readonly changeId: string }
  /** A console starts that finds the plan running. */
  | { readonly kind: 'console-restarted' };

/** Why an event can't happen now. */
export type PlanRefusal =
  | 'running-already'
  | 'not-running'
  | 'outcome-unknown'
  | 'nothing-left'
  | 'no-such-step'
  | 'not-now';

/** The step to be sent next; null: none, as the plan does not run, waits for a result, or has none left. */
export function nextStep({ state, steps }: PlanRun): PlanStep | null {
  if (state.kind !== 'running') return null;
  if (steps.some((each) => each.state.kind === 'sending')) return null;
  return steps.find((each) => each.state.kind === 'pending')?.step ?? null;
}

export function advancePlan(run: PlanRun, event: PlanEvent): PlanRun | PlanRefusal {
  switch (event.kind) {
    case 'run':
      return start(run, event.by);
    case 'stop':
      return stop(run);
    case 'skip':
      return skip(run, event.stepId, event.by);
    case 'send':
      if (nextStep(run)?.id !== event.stepId) return 'not-now';
      return withStep(run, event.stepId, { kind: 'sending', changeId: event.changeId });
    case 'there-already':
      if (nextStep(run)?.id !== event.stepId) return 'not-now';
      return finishIfDone(withStep(run, event.stepId, { kind: 'done', changeId: triedAs(run, event.stepId) }));
    case 'blocked':
      if (nextStep(run)?.id !== event.stepId) return 'not-now';
      return halt(withStep(run, event.stepId, { kind: 'blocked', obstacle: event.obstacle }), 'step-blocked');
    case 'result':
      return settle(run, event.changeId, event.result);
    case 'overdue': {
      const found = stepOfChange(run, event.changeId);
      if (found?.state.kind !== 'unknown') return 'no-such-step';
      return found.state.isOverdue === true
        ? run
        : withStep(run, found.step.id, { kind: 'unknown', changeId: event.changeId, isOverdue: true });
    }
    case 'never-submitted': {
      const found = stepOfChange(run, event.changeId);
      return found === null ? 'no-such-step' : withStep(run, found.step.id, { kind: 'pending' });
    }
    case 'console-restarted':
      return run.state.kind === 'running' || run.state.kind === 'stopping' ? halt(run, 'console-ended') : run;
  }
}

function start(run: PlanRun, by: string): PlanRun | PlanRefusal {
  switch (run.state.kind) {
    case 'running':
    case 'stopping':
      return 'running-already';
    case 'finished':
      return 'nothing-left';
    case 'draft':
    case 'stopped':
      break;
  }
  // What is not known must not be sent again, and what follows may rest on it.
  if (run.steps.some(({ state }) => isOutcomeOpen(state))) return 'outcome-unknown';
  const steps = run.steps.map(({ step, state }) => ({ step, state: toTryAgain(state) ?? state }));
  return finishIfDone({ state: { kind: 'running', by }, steps });
}

function stop(run: PlanRun): PlanRun | PlanRefusal {
  if (run.state.kind !== 'running') return 'not-running';
  const isSending = run.steps.some(({ state }) => state.kind === 'sending');
  return isSending ? { ...run, state: { kind: 'stopping', by: run.state.by } } : halt(run, 'person');
}

function skip(run: PlanRun, stepId: string, by: string): PlanRun | PlanRefusal {
  const found = run.steps.find(({ step }) => step.id === stepId);
  if (found === undefined) return 'no-such-step';
  if (run.state.kind === 'running' || run.state.kind === 'stopping') return 'running-already';
  if (isOutcomeOpen(found.state)) return 'outcome-unknown';
  if (toTryAgain(found.state) === null) return 'not-now';
  const skipped = withStep(run, stepId, { kind: 'skipped', by });
  return run.state.kind === 'draft' ? skipped : finishIfDone(skipped);
}

function settle(run: PlanRun, changeId: string, result: Result): PlanRun | PlanRefusal {
  const found = stepOfChange(run, changeId);
  if (found === null) return 'no-such-step';
  const { id } = found.step;
  if (!isSettled(result)) {
    if (found.state.kind === 'unknown') return run;
    const unknown = withStep(run, id, { kind: 'unknown', changeId });
    return isUnderWay(run) ? halt(unknown, 'step-unknown') : unknown;
  }
  if (result.kind !== 'applied') {
    const failed = withStep(run, id, { kind: 'failed', changeId, result });
    return isUnderWay(run) ? halt(failed, 'step-failed') : failed;
  }
  const done = finishIfDone(withStep(run, id, { kind: 'done', changeId }));
  return done.state.kind === 'stopping' ? halt(done, 'person') : done;
}

/**
 * Whether the outcome of a step must be known before anything else happens to its plan: nothing is sent twice, and later steps may
 * depend on it.
 */
export function isOutcomeOpen(state: StepState): boolean {
  return state.kind === 'sending' || (state.kind === 'unknown' && state.isOverdue !== true);
}

/** Whether something of a step is left to do or to find out. */
export function isLeft({ kind }: StepState): boolean {
  return kind !== 'done' && kind !== 'skipped';
}

/** What a step becomes when its plan is run again; null: nothing is left to do of it, or it is not known whether there is. */
function toTryAgain(state: StepState): Extract<StepState, { kind: 'pending' }> | null {
  switch (state.kind) {
    case 'pending':
      return state;
    case 'blocked':
      return { kind: 'pending' };
    case 'failed':
      return state.result.kind === 'cannot-be-known'
        ? { kind: 'pending', triedAs: state.changeId }
        : { kind: 'pending' };
    case 'unknown':
      return state.isOverdue === true ? { kind: 'pending', triedAs: state.changeId } : null;
    case 'sending':
    case 'done':
    case 'skipped':
      return null;
  }
}

function triedAs({ steps }: PlanRun, stepId: string): string | null {
  const state = steps.find(({ step }) => step.id === stepId)?.state;
  return state?.kind === 'pending' ? (state.triedAs ?? null) : null;
}

function isUnderWay({ state }: PlanRun): boolean {
  return state.kind === 'running' || state.kind === 'stopping';
}

function halt(run: PlanRun, why: StopReason): PlanRun {
  return { ...run, state: { kind: 'stopped', why } };
}

/** A plan is finished once each step is done or skipped. */
function finishIfDone(run: PlanRun): PlanRun {
  return run.steps.some(({ state }) => isLeft(state)) ? run : { ...run, state: { kind: 'finished' } };
}

/** The step that waits for this change's result. */
function stepOfChange({ steps }: PlanRun, changeId: string) {
  return (
    steps.find(({ state }) => (state.kind === 'sending' || state.kind === 'unknown') && state.changeId === changeId) ??
    null
  );
}

function withStep(run: PlanRun, stepId: string, state: StepState): PlanRun {
  return { ...run, steps: run.steps.map((each) => (each.step.id === stepId ? { ...each, state } : each)) };
}
