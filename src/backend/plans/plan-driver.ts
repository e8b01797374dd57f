import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { nextStep, type PlanEvent } from '../../domain/plan/run.ts';
import { stepActionOf } from '../../domain/plan/step-change.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import type { ClusterSnapshot, Result } from '../../domain/result.ts';
import type { PlanActor, PlanAnswer, SubmitChange } from './plan-actor.ts';
import type { PlanStore } from './plan-store.ts';

/** How long until a change whose outcome is unknown is looked for again, ms. */
const LOOK_AGAIN_AFTER = 5_000;

/** Carries out the steps of plans. Every decision is stored, by `advance`, before it is acted on. */
export interface PlanDriver {
  /** Carries out one step after the other for as long as the plan runs. */
  drive(id: string, actor: PlanActor): void;
  /** Looks for what became of the changes that a plan waits for, again and again until it is known. */
  lookFor(id: string): Promise<void>;
  /** Resolves when no step is on its way any more. */
  close(): Promise<void>;
}

export function createPlanDriver(parts: {
  readonly store: Pick<PlanStore, 'get'>;
  readonly fleet: () => Fleet;
  readonly readList: () => Promise<boolean>;
  readonly submit: SubmitChange;
  readonly check: (changeId: string) => Promise<Change | null>;
  readonly ids: () => string;
  readonly clock: Clock;
  readonly advance: (id: string, event: PlanEvent) => Promise<PlanAnswer>;
}): PlanDriver {
  const { store, fleet, readList, submit, check, ids, clock, advance } = parts;
  const underWay = new Set<Promise<void>>();
  const timers = new Map<string, () => void>();
  let isClosed = false;

  /** Does the plan's next step. False: there is none to do now. */
  async function doNext(id: string, actor: PlanActor): Promise<boolean> {
    const plan = await store.get(id);
    const step = plan === null || isClosed ? null : nextStep(plan.run);
    if (step === null) return false;
    const event = await sendable(step, actor);
    if (event.kind !== 'send') return 'plan' in (await advance(id, event));
    const changeId = ids();
    // Somebody may have stopped the plan meanwhile.
    const sending = await advance(id, { kind: 'send', stepId: step.id, changeId });
    if (!('plan' in sending)) return false;
    const { name, address, authMethod } = actor;
    const change = await submit({ id: changeId, request: event.request, actor: name, address, authMethod, plan: id });
    if (typeof change === 'string') throw new Error('The id of a new change stands for another one.');
    const answer = await advance(id, { kind: 'result', changeId, result: resultOf(change) });
    void lookFor(id);
    return 'plan' in answer;
  }

  /** What to do for a step, on what was just read. */
  async function sendable(step: PlanStep, actor: PlanActor) {
    const stepId = step.id;
    if (!(await readList())) return { kind: 'blocked', stepId, obstacle: 'unreadable' } as const;
    const action = stepActionOf(step, snapshotOf(fleet(), step.clusterId));
    switch (action.kind) {
      case 'there-already':
        return { kind: 'there-already', stepId } as const;
      case 'blocked':
        return { kind: 'blocked', stepId, obstacle: action.obstacle } as const;
      case 'send':
        return actor.mayChange(action.request)
          ? action
          : ({ kind: 'blocked', stepId, obstacle: 'not-allowed' } as const);
    }
  }

  async function lookFor(id: string): Promise<void> {
    const plan = await store.get(id);
    if (plan === null || isClosed) return;
    for (const { state } of plan.run.steps) {
      if (state.kind !== 'unknown' && !(state.kind === 'sending' && plan.run.state.kind === 'stopped')) continue;
      const { changeId } = state;
      const change = await check(changeId);
      if (change === null) await advance(id, { kind: 'never-submitted', changeId });
      else await advance(id, { kind: 'result', changeId, result: resultOf(change) });
    }
    const now = await store.get(id);
    if (now === null || isClosed || !now.run.steps.some(({ state }) => state.kind === 'unknown')) return;
    timers.get(id)?.();
    timers.set(
      id,
      clock.after(LOOK_AGAIN_AFTER, () => {
        timers.delete(id);
        void lookFor(id);
      }),
    );
  }

  async function driveToEnd(id: string, actor: PlanActor): Promise<void> {
    try {
      while (await doNext(id, actor));
    } catch {
      // The journal can't be written, or the console failed: the plan stops where it is, as after a restart.
      await advance(id, { kind: 'console-restarted' }).catch(() => undefined);
      await lookFor(id).catch(() => undefined);
    }
  }

  return {
    drive(id, actor) {
      const done = driveToEnd(id, actor).finally(() => underWay.delete(done));
      underWay.add(done);
    },
    lookFor,
    async close() {
      isClosed = true;
      for (const cancel of timers.values()) cancel();
      await Promise.allSettled(underWay);
    },
  };
}

/** A change that has no result yet is as unknown to its plan as one that was not answered. */
function resultOf({ result }: Change): Result {
  return result ?? { kind: 'unknown', cause: 'timed-out', lookedAt: null };
}

function snapshotOf({ clusters }: Fleet, clusterId: string): ClusterSnapshot | null {
  const cluster = clusters.get(clusterId);
  if (cluster === undefined) return null;
  const { revision, divisible } = cluster;
  return { revision, divisible, replicaSets: heldReplicaSetsOf(cluster) };
}
