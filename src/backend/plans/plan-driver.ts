import type { Clock } from '../../clock.ts';
import type { Change } from '../../contract/change.ts';
import { snapshotIn } from '../../domain/held-replica-sets.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { isOutcomeOpen, nextStep, type PlanEvent } from '../../domain/plan/run.ts';
import { stepActionOf } from '../../domain/plan/step-change.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import { isSettled, type Result } from '../../domain/result.ts';
import type { PlanActor, PlanAnswer, SubmitChange } from './plan-actor.ts';
import type { PlanStore } from './plan-store.ts';

/** How long until a change whose outcome is unknown is looked for again, ms; and once it is overdue. */
const LOOK_AGAIN_AFTER = 5_000;
const LOOK_AGAIN_WHEN_OVERDUE = 60_000;

/** Carries out the steps of plans. Every decision is stored, by `advance`, before it is acted on. */
export interface PlanDriver {
  /** Carries out one step after the other for as long as the plan runs. */
  drive(id: string, actor: PlanActor): void;
  /**
   * Stops a plan that nobody carries out any more, once that can be stored, and looks up the changes that it waits for again
   * and again, until each outcome is known.
   */
  takeUp(id: string): Promise<void>;
  /** One of a plan's changes has settled: looks them up at once if the plan waits for that. */
  changeSettled(id: string): void;
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
  /** How long good readings must not show a change until it is overdue, ms: longer than a call to Ray may take. */
  readonly overdueAfter: number;
  readonly advance: (id: string, event: PlanEvent) => Promise<PlanAnswer>;
}): PlanDriver {
  const { store, fleet, readList, submit, check, ids, clock, overdueAfter, advance } = parts;
  const underWay = new Set<Promise<void>>();
  /** What each plan waits to do. */
  const timers = new Map<string, { readonly cancel: () => void; readonly act: () => Promise<void> }>();
  /** Plans of which a change settled since their changes were last looked for. */
  const withSettledChange = new Set<string>();
  /** Since when good readings have not shown a change, by its id, ms since 1970. */
  const unseenSince = new Map<string, number>();
  /** The last person to run a plan carries it out; somebody who ran it before may still be reading the list for their next step. */
  const lastActor = new Map<string, PlanActor>();
  let isClosed = false;

  /** Does the plan's next step. False: there is none to do now. */
  async function doNext(id: string, actor: PlanActor): Promise<boolean> {
    const plan = await store.get(id);
    const step = plan === null || isClosed ? null : nextStep(plan.run);
    if (step === null) return false;
    const event = await sendable(step, actor);
    if (lastActor.get(id) !== actor) return false;
    if (event.kind !== 'send') return 'plan' in (await advance(id, event));
    const changeId = ids();
    // Somebody may have stopped the plan meanwhile.
    const sending = await advance(id, { kind: 'send', stepId: step.id, changeId });
    if (!('plan' in sending)) return false;
    const { name, address, authMethod } = actor;
    const change = await submit({ id: changeId, request: event.request, actor: name, address, authMethod, plan: id });
    if (typeof change === 'string') throw new Error('The id of a new change stands for another one.');
    const result = resultOf(change);
    const answer = await advance(id, { kind: 'result', changeId, result });
    if (!isSettled(result)) void lookFor(id);
    return 'plan' in answer;
  }

  /** What to do for a step, on what was just read. */
  async function sendable(step: PlanStep, actor: PlanActor) {
    const stepId = step.id;
    if (!(await readList())) return { kind: 'blocked', stepId, obstacle: 'unreadable' } as const;
    const action = stepActionOf(step, snapshotIn(fleet(), step.clusterId));
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
    let next: number | null = LOOK_AGAIN_AFTER;
    withSettledChange.delete(id);
    try {
      next = await lookOnce(id);
    } catch {
      // The journal can't be read or written now: what was sent is looked for once it can.
    }
    if (next !== null) later(id, withSettledChange.has(id) ? 0 : next, () => lookFor(id));
  }

  /** Looks for each change of a plan whose outcome is unknown; when to look again, ms, or null: nothing is unknown any more. */
  async function lookOnce(id: string): Promise<number | null> {
    const plan = await store.get(id);
    if (plan === null) return null;
    for (const { state } of plan.run.steps) {
      if (state.kind !== 'unknown' && !(state.kind === 'sending' && plan.run.state.kind === 'stopped')) continue;
      const { changeId } = state;
      const change = await check(changeId);
      if (change === null) await advance(id, { kind: 'never-submitted', changeId });
      else await advance(id, { kind: 'result', changeId, result: resultOf(change) });
      if (change !== null && (await isOverdue(change))) await advance(id, { kind: 'overdue', changeId });
    }
    const steps = (await store.get(id))?.run.steps ?? [];
    if (!steps.some(({ state }) => state.kind === 'unknown' || state.kind === 'sending')) return null;
    return steps.some(({ state }) => isOutcomeOpen(state)) ? LOOK_AGAIN_AFTER : LOOK_AGAIN_WHEN_OVERDUE;
  }

  /** Whether good readings have not shown a change for so long that whatever arrives late has arrived. */
  async function isOverdue({ id, result }: Change): Promise<boolean> {
    if (isSettled(result)) {
      unseenSince.delete(id);
      return false;
    }
    const lookedAt = result?.kind === 'unknown' ? result.lookedAt : null;
    // One that was sent to another Ray is looked for in no reading.
    const seenAt = lookedAt ?? ((await readList()) ? clock.now() : null);
    if (seenAt === null) return false;
    const since = unseenSince.get(id) ?? seenAt;
    unseenSince.set(id, since);
    return seenAt - since >= overdueAfter;
  }

  async function driveToEnd(id: string, actor: PlanActor): Promise<void> {
    try {
      while (await doNext(id, actor));
    } catch {
      // The journal can't be written, or the console failed: the plan stops where it is, as after a restart.
      if (lastActor.get(id) === actor) await takeUp(id);
    }
  }

  async function takeUp(id: string): Promise<void> {
    const actor = lastActor.get(id);
    try {
      await advance(id, { kind: 'console-restarted' });
    } catch {
      // Somebody may have run it again by then.
      return later(id, LOOK_AGAIN_AFTER, () => (lastActor.get(id) === actor ? takeUp(id) : Promise.resolve()));
    }
    await lookFor(id);
  }

  function later(id: string, ms: number, act: () => Promise<void>): void {
    if (isClosed) return;
    timers.get(id)?.cancel();
    const cancel = clock.after(ms, () => {
      timers.delete(id);
      void act();
    });
    timers.set(id, { cancel, act });
  }

  return {
    drive(id, actor) {
      lastActor.set(id, actor);
      const done = driveToEnd(id, actor).finally(() => underWay.delete(done));
      underWay.add(done);
    },
    takeUp,
    changeSettled(id) {
      withSettledChange.add(id);
      const waiting = timers.get(id);
      if (waiting !== undefined) later(id, 0, waiting.act);
    },
    async close() {
      isClosed = true;
      for (const { cancel } of timers.values()) cancel();
      await Promise.allSettled(underWay);
    },
  };
}

/** A change that has no result yet is as unknown to its plan as one that was not answered. */
function resultOf({ result }: Change): Result {
  return result ?? { kind: 'unknown', cause: 'timed-out', lookedAt: null };
}
