import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import type { Plan, PlanCommand, PlanRequest, PlanSummary } from '../../contract/plan.ts';
import { orderGoals } from '../../domain/plan/order.ts';
import { freeNodesOf } from '../../domain/plan/free-ledger.ts';
import { deepEqual } from '../../domain/deep-equal.ts';
import { openGoalsOf } from '../../domain/plan/open-goals.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import { inOrder, type OrderProblem } from '../../domain/plan/step-order.ts';
import { advancePlan, isLeft, type PlanEvent, type PlanRun } from '../../domain/plan/run.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { createKeyedQueue } from '../concurrency/keyed-queue.ts';
import { isInUse, type PlanStore } from './plan-store.ts';
import type { PlanActor, PlanAnswer, PlanProblem, SubmitChange } from './plan-actor.ts';
import { createPlanDriver } from './plan-driver.ts';

/** Keeps plans and carries them out, one step at a time. */
export interface PlanService {
  summaries(): Promise<readonly PlanSummary[]>;
  get(id: string): Promise<Plan | null>;
  /** The steps of goals, in the planner's order or, where that names exactly these steps, in the given one. */
  stepsOf(request: Pick<PlanRequest, 'goals' | 'order'>): readonly PlanStep[] | OrderProblem;
  /** Creates a plan, or replaces one that is not under way. Steps that are done or skipped stay. */
  save(id: string, request: PlanRequest, actor: PlanActor): Promise<PlanAnswer>;
  /** Begins, goes on, stops or skips. Resolves once that is stored, not when the plan has ended. */
  command(id: string, command: PlanCommand, actor: PlanActor): Promise<PlanAnswer>;
  delete(id: string, version: number): Promise<PlanProblem | null>;
  /** Takes up what an earlier console process left: each plan is stopped, and each outcome is looked for. */
  resume(): Promise<void>;
  /** A change has settled: the plan that it is a step of, if any, looks at it at once. */
  changeSettled(change: Change): void;
  /** Grows with every change of any plan. */
  version(): number;
  /** Resolves when no step is on its way any more; no further one is begun. */
  close(): Promise<void>;
}

type Goals = Pick<PlanRequest, 'goals' | 'order'>;

export function createPlanService(parts: {
  readonly store: PlanStore;
  readonly fleet: () => Fleet;
  /** Reads the list now; resolves whether it could be read. */
  readonly readList: () => Promise<boolean>;
  readonly submit: SubmitChange;
  /** The change as it is now, looked for first if its outcome is unknown; null: the console never had it. */
  readonly check: (changeId: string) => Promise<Change | null>;
  readonly ids: () => string;
  readonly clock: Clock;
  /** How long good readings must not show a change until a person may go on without it, ms. */
  readonly overdueAfter: number;
  /** Called when a plan has changed. */
  readonly onChanged: () => void;
}): PlanService {
  const { store, fleet, clock, onChanged } = parts;
  let version = 0;
  /** What changes a plan takes turns: each change is of the version that the one before stored. */
  const turns = createKeyedQueue();

  async function stored(plan: Plan): Promise<Plan | null> {
    if (!(await store.put(plan))) return null;
    version += 1;
    onChanged();
    return plan;
  }

  /** Stores what an event makes of a plan. */
  function advance(id: string, event: PlanEvent, seen?: number): Promise<PlanAnswer> {
    return turns.run(id, async () => {
      const plan = await store.get(id);
      if (plan === null) return { problem: 'no-such-plan' };
      if (seen !== undefined && seen !== plan.version) return { problem: 'stale' };
      const run = advancePlan(plan.run, event);
      if (typeof run === 'string') return { problem: run };
      if (run === plan.run) return { plan };
      const next = await stored({ ...plan, run, version: plan.version + 1, changedAt: clock.now() });
      return next === null ? { problem: 'stale' } : { plan: next };
    });
  }

  const driver = createPlanDriver({ ...parts, advance: (id, event) => advance(id, event) });

  /** What is to be done for goals beside the steps that stay. */
  function planned({ goals, order }: Goals, stay: PlanRun['steps'] = []): PlanRun['steps'] | OrderProblem {
    const taken = new Set(stay.map(({ step }) => step.id));
    const entries = orderGoals(goals, freeNodesOf(fleet())).map((step) => ({
      step: { ...step, id: freshId(step.id, taken) },
      state: { kind: 'pending' } as const,
    }));
    return order === undefined ? entries : inOrder(entries, order);
  }

  function stepsOf(request: Goals): readonly PlanStep[] | OrderProblem {
    const entries = planned(request);
    return typeof entries === 'string' ? entries : entries.map(({ step }) => step);
  }

  /** What is left of a plan, in another order; null: it shall do something else than before. */
  function reordered(run: PlanRun, { goals, order }: Goals): PlanRun['steps'] | OrderProblem | null {
    const left = run.steps.filter(({ state }) => isLeft(state));
    if (order === undefined || order.some((id) => !left.some(({ step }) => step.id === id))) return null;
    return deepEqual(goals, openGoalsOf(run)) ? inOrder(left, order) : null;
  }

  return {
    summaries: () => store.summaries(),
    get: (id) => store.get(id),
    stepsOf,
    save: (id, request, actor) =>
      turns.run(id, async () => {
        const before = await store.get(id);
        if ((before?.version ?? 0) !== request.version) return { problem: before === null ? 'no-such-plan' : 'stale' };
        if (before !== null && isInUse(before)) return { problem: 'under-way' };
        const stay = before?.run.steps.filter(({ state }) => !isLeft(state)) ?? [];
        const steps = (before === null ? null : reordered(before.run, request)) ?? planned(request, stay);
        if (typeof steps === 'string') return { problem: steps };
        const run: PlanRun = {
          state: before?.run.state.kind === 'stopped' ? before.run.state : { kind: 'draft' },
          steps: [...stay, ...steps],
        };
        const now = clock.now();
        const plan = await stored({
          id,
          version: request.version + 1,
          name: request.name,
          createdBy: before?.createdBy ?? actor.name,
          createdAt: before?.createdAt ?? now,
          changedAt: now,
          condition: { kind: 'now' },
          isOwnOrder: request.order !== undefined,
          undoes: request.undoes ?? before?.undoes ?? null,
          run,
        });
        return plan === null ? { problem: 'stale' } : { plan };
      }),
    async command(id, command, actor) {
      switch (command.kind) {
        case 'run': {
          const answer = await advance(id, { kind: 'run', by: actor.name }, command.version);
          if ('plan' in answer) driver.drive(id, actor);
          return answer;
        }
        case 'stop':
          return advance(id, { kind: 'stop' });
        case 'skip':
          return advance(id, { kind: 'skip', stepId: command.stepId, by: actor.name }, command.version);
      }
    },
    delete: (id, seen) =>
      turns.run(id, async () => {
        const plan = await store.get(id);
        if (plan === null) return 'no-such-plan';
        if (isInUse(plan)) return 'under-way';
        if (!(await store.delete(id, seen))) return 'stale';
        version += 1;
        onChanged();
        return null;
      }),
    async resume() {
      for (const plan of await store.all()) {
        const isWaiting = plan.run.steps.some(({ state }) => state.kind === 'unknown');
        if (isInUse(plan) || isWaiting) await driver.takeUp(plan.id);
      }
    },
    changeSettled({ plan }) {
      if (plan !== undefined) driver.changeSettled(plan);
    },
    version: () => version,
    close: () => driver.close(),
  };
}

/** An id that no step which stays has: a virtual cluster may be changed again by a later part of the plan. */
function freshId(id: string, taken: Set<string>): string {
  let fresh = id;
  for (let n = 2; taken.has(fresh); n += 1) fresh = `${id}#${String(n)}`;
  taken.add(fresh);
  return fresh;
}
