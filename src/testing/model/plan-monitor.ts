import type { Change } from '../../contract/change.ts';
import type { Plan } from '../../contract/plan.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import { isOutcomeOpen } from '../../domain/plan/run.ts';
import type { Coverage } from './coverage.ts';
import { InvariantViolation } from './invariant-violation.ts';
import type { NetworkFault } from './network-faults.ts';

/** Watches every state of a plan as it is stored, and knows what each person saw last. */
export interface PlanMonitor {
  /** The faults of the writes of the steps to come, one a step. */
  readonly faults: (readonly NetworkFault[])[];
  see(person: number, plan: Plan): void;
  seenBy(person: number, id: string): Plan | null;
  /** Called with each state that is about to be stored. */
  stored(plan: Plan): void;
  deleted(id: string): void;
  /** The step that a change was sent for; null: it is no plan's. */
  stepOf(changeId: string): { readonly planId: string; readonly step: PlanStep } | null;
  /** Whether no plan runs, and each outcome is known or a person's to decide. */
  isAtRest(): boolean;
  /** Throws when a plan says something else of its changes than the journal does. */
  checkAgainst(changes: readonly Change[], coverage: Coverage): void;
}

export function createPlanMonitor(onViolation: (text: string) => void): PlanMonitor {
  const plans = new Map<string, Plan>();
  const seen = new Map<string, Plan>();
  const changes = new Map<string, { readonly planId: string; readonly step: PlanStep }>();

  function checkStored({ id, run, version }: Plan): void {
    const sending = run.steps.filter(({ state }) => state.kind === 'sending');
    const open = run.steps.filter(({ state }) => isOutcomeOpen(state));
    if (sending.length > 1) onViolation(`plan ${id} sends two steps at a time`);
    if (sending.length === 1 && open.length > 1) onViolation(`plan ${id} sends although an outcome is not known`);
    const before = plans.get(id);
    if (before !== undefined && version !== before.version + 1) onViolation(`plan ${id} skips a version`);
    for (const { step, state } of sending) {
      if (!('changeId' in state) || state.changeId === null) continue;
      const known = changes.get(state.changeId);
      if (known === undefined) changes.set(state.changeId, { planId: id, step });
      else if (known.step.id !== step.id) onViolation(`plan ${id} sends two steps under one id`);
      const was = before?.run.steps.find((each) => each.step.id === step.id)?.state.kind;
      if (known === undefined && was !== 'pending')
        onViolation(`plan ${id} sends ${step.id}, which was ${String(was)}`);
    }
  }

  return {
    faults: [],
    see: (person, plan) => void seen.set(`${String(person)} ${plan.id}`, plan),
    seenBy: (person, id) => seen.get(`${String(person)} ${id}`) ?? null,
    stored(plan) {
      checkStored(plan);
      plans.set(plan.id, plan);
    },
    deleted: (id) => void plans.delete(id),
    stepOf: (changeId) => changes.get(changeId) ?? null,
    isAtRest: () =>
      [...plans.values()].every(
        ({ run }) =>
          run.state.kind !== 'running' &&
          run.state.kind !== 'stopping' &&
          !run.steps.some(({ state }) => isOutcomeOpen(state)),
      ),
    checkAgainst(journal, coverage) {
      const byId = new Map(journal.map((change) => [change.id, change]));
      for (const { id: planId, run } of plans.values()) {
        const fail = (what: string): never => {
          throw new InvariantViolation(`plan ${planId} (${run.state.kind}): ${what}`);
        };
        if (run.state.kind === 'running' || run.state.kind === 'stopping') fail('still runs');
        coverage.countResult(`plan ${run.state.kind}`);
        for (const { step, state } of run.steps) {
          coverage.countResult(`step of a plan ${state.kind}`);
          if (!('changeId' in state) || state.changeId === null) continue;
          const change = byId.get(state.changeId);
          if (state.kind === 'sending') fail(`${step.id} is still on its way`);
          if (change === undefined) return fail(`the journal has no change ${state.changeId} of ${step.id}`);
          if (change.plan !== planId) fail(`the change of ${step.id} is of the plan ${String(change.plan)}`);
          const { result } = change;
          const isTrue =
            state.kind === 'done'
              ? result?.kind === 'applied' || result?.kind === 'unknown' || result?.kind === 'cannot-be-known'
              : state.kind === 'failed'
                ? result?.kind === state.result.kind
                : result?.kind === 'unknown';
          if (!isTrue) fail(`${step.id} is ${state.kind}, but its change is ${JSON.stringify(result)}`);
        }
      }
    },
  };
}
