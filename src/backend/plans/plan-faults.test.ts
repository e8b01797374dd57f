import { afterEach, describe, expect, test } from 'vitest';
import type { PlanReply } from '../../contract/plan.ts';
import type { Goal, PlanStep } from '../../domain/plan/plan.ts';
import type { StepState } from '../../domain/plan/run.ts';
import { undoGoalsOf } from '../../domain/plan/undo.ts';
import { sameReplicaSets, type ReplicaSets } from '../../domain/replica-sets.ts';
import { planFaults, type PlanFault } from '../../testing/harness/plan-faults.ts';
import { createPlannedFleet, type PlannedFleet } from '../../testing/harness/planned-fleet.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

/**
 * By default each fault strikes at one step of a plan over 10 virtual clusters. `PLAN_FAULTS=all npx vitest run src/backend/plans`:
 * at each step in turn of a plan over 50.
 */
const isWhole = process.env['PLAN_FAULTS'] === 'all';
const SIZE = isWhole ? 5 : 1;

const [plan, undo] = [uuid(900), uuid(901)];
const sets = (count: number | null): ReplicaSets | null => (count === null ? null : { '4c8g': count });
const goalsOf = (name: string, many: number, from: number | null, to: number | null): readonly Goal[] =>
  Array.from({ length: many }, (_, index) => goalOf(`${name}-${String(index).padStart(2, '0')}`, sets(from), sets(to)));

/** On a Ray that is full: whatever is taken has been given back before. */
const goals = [
  ...goalsOf('grows', 4 * SIZE, 1, 2),
  ...goalsOf('comes', SIZE, null, 1),
  ...goalsOf('shrinks', 4 * SIZE, 2, 1),
  ...goalsOf('goes', SIZE, 1, null),
];
const STEPS = goals.length;
/** A deletion, a shrink, a creation and a growth. */
const SAMPLE = [0, 3, 5, STEPS - 1];

let fleet: PlannedFleet | null = null;
afterEach(() => fleet?.close());

async function start(): Promise<PlannedFleet> {
  const before = goals.flatMap(({ clusterId, from }) => (from === null ? [] : [[clusterId, from] as const]));
  fleet = await createPlannedFleet({ nodes: { '4c8g': 13 * SIZE }, clusters: Object.fromEntries(before) });
  return fleet;
}

function isSame(a: ReplicaSets | null, b: ReplicaSets | null): boolean {
  return a === null || b === null ? a === b : sameReplicaSets(a, b);
}

/** Whether Ray has what the report says of a step; true where the report says that nobody knows. */
function agrees({ heldInRay }: PlannedFleet, { clusterId, from, to }: PlanStep, state: StepState): boolean {
  const held = heldInRay(clusterId);
  switch (state.kind) {
    case 'done':
      return isSame(held, to);
    case 'failed':
      if (state.result.kind === 'cannot-be-known') return true;
      if (state.result.kind === 'not-found') return held === null;
      if (state.result.kind !== 'conflict') return isSame(held, from);
      return state.result.theirs !== 'unread' && isSame(held, state.result.theirs?.replicaSets ?? null);
    case 'unknown':
      return true;
    case 'pending':
    case 'sending':
    case 'blocked':
    case 'skipped':
      return isSame(held, from);
  }
}

function expectAgreement(
  from: PlannedFleet,
  { plan: { run } }: PlanReply,
  isLookedAt?: (index: number) => boolean,
): void {
  const wrong = run.steps.filter(
    ({ step, state }, index) => (isLookedAt?.(index) ?? true) && !agrees(from, step, state),
  );
  expect(wrong.map(({ step, state }) => [step.id, state.kind, from.heldInRay(step.clusterId)])).toEqual([]);
}

/** How often Ray took a write of each virtual cluster since a write. */
function takenSince({ writes }: PlannedFleet, since: number): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const { clusterId, tookEffect } of writes.slice(since))
    if (tookEffect) taken.set(clusterId, (taken.get(clusterId) ?? 0) + 1);
  return taken;
}

/** Runs the plan, with the fault at one step, until it has stopped or is finished. */
async function runInto(from: PlannedFleet, { strike, ends }: PlanFault, at: number): Promise<PlanReply> {
  const made = await from.put(plan, goals);
  const step = made.plan.run.steps[at]?.step;
  if (step === undefined || made.plan.run.steps.length !== STEPS) throw new Error('The plan has other steps.');
  let hasStruck: () => void = () => undefined;
  const struck = new Promise<void>((resolve) => {
    hasStruck = resolve;
  });
  from.interceptWrites((index, pass) => {
    if (index !== at) return pass();
    hasStruck();
    return strike(from, step, pass);
  });
  await from.run(plan, made.plan.version);
  if (ends === 'console') {
    for (let turn = 0, is = false; !is && turn < 400; turn += 1) {
      void struck.then(() => {
        is = true;
      });
      await from.clock.advance(1_000);
    }
    await from.restart();
  }
  return from.settled(plan);
}

describe.each(planFaults)('$name, in a plan over many virtual clusters', (fault) => {
  const steps = isWhole ? goals.map((_, index) => index) : SAMPLE.slice(planFaults.indexOf(fault) % 4).slice(0, 1);

  test.each(steps)(
    'at step %i: report and Ray agree, Resume completes it, Undo restores, nothing twice',
    async (at) => {
      const from = await start();
      const stopped = await runInto(from, fault, at);
      const { state, steps: reported } = stopped.plan.run;
      expect(['finished', 'stopped']).toContain(state.kind);
      const struck = reported[at];
      // Another Ray has nothing of what was done before.
      expectAgreement(from, stopped, (index) => fault.ends !== 'ray' || index === at);

      const sent = from.writes.length;
      await from.clock.advance(60_000);
      expect(from.writes.length).toBe(sent);

      if (fault.ends === 'ray')
        for (const { step, state: is } of reported) {
          const had = is.kind === 'done' ? step.to : step.from;
          if (!isSame(from.heldInRay(step.clusterId), had)) from.setInRay(step.clusterId, had);
        }
      if (struck !== undefined && struck.state.kind !== 'done') fault.repair?.(from, struck.step);

      let { plan: now } = await from.get(plan);
      if (now.run.state.kind === 'stopped') {
        await from.run(plan, now.version);
        now = (await from.settled(plan)).plan;
      }
      expect(now.run.state).toEqual({ kind: 'finished' });
      expectAgreement(from, await from.get(plan));
      for (const { clusterId, to } of goals) expect([clusterId, from.heldInRay(clusterId)]).toEqual([clusterId, to]);
      // Once each, whatever happened; a Ray that is gone may have taken it before.
      for (const [clusterId, times] of takenSince(from, 0))
        expect([clusterId, times]).toEqual([
          clusterId,
          fault.ends === 'ray' && clusterId === struck?.step.clusterId ? times : 1,
        ]);
      expect(from.writes.length).toBeLessThanOrEqual(STEPS + 1);

      const began = from.writes.length;
      const undoing = await from.put(undo, undoGoalsOf(now.run));
      await from.run(undo, undoing.plan.version);
      expect((await from.settled(undo)).plan.run.state).toEqual({ kind: 'finished' });
      for (const goal of goals)
        expect([goal.clusterId, from.heldInRay(goal.clusterId)]).toEqual([goal.clusterId, goal.from]);
      expect([...takenSince(from, began).values()].every((times) => times === 1)).toBe(true);
    },
    30_000,
  );
});
