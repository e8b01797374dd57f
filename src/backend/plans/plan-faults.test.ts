import { afterEach, describe, expect, test } from 'vitest';
import { planReply, type PlanCommand, type PlanReply } from '../../contract/plan.ts';
import { paths } from '../../contract/paths.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { undoGoalsOf } from '../../domain/plan/undo.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { createInMemoryChangeLog } from '../journal/in-memory-change-log.ts';
import { createInMemoryPlanStore } from './in-memory-plan-store.ts';

const PAIRS = 10;
const STEPS = 2 * PAIRS;
const id = uuid(900);
const name = (side: string, index: number) => `${side}-${String(index).padStart(2, '0')}`;
/** A node goes from each giver to its taker. */
const goals: readonly Goal[] = Array.from({ length: PAIRS }, (_, index): readonly Goal[] => [
  { clusterId: name('giver', index), divisible: false, from: { '4c8g': 2 }, to: { '4c8g': 1 } },
  { clusterId: name('taker', index), divisible: false, from: { '4c8g': 1 }, to: { '4c8g': 2 } },
]).flat();
/** The planner lets every giver give first. */
const clusterOfStep = (at: number) => (at < PAIRS ? name('giver', at) : name('taker', at - PAIRS));

/** 20 virtual clusters on a simulated Ray that is full, and a console over it. */
async function start() {
  const ray = await createSimulatedRay({ '4c8g': 3 * PAIRS });
  const store = createInMemoryChangeLog({ clock: ray.clock, days: 400, most: 1_000 });
  const planStore = createInMemoryPlanStore();
  let made = 0;
  const ids = () => uuid(5_000 + (made += 1));
  const open = () => ray.start(store, { planStore, ids });
  let console = open();
  await ray.clock.advance(1_000);
  const direct = async (clusterId: string, count: number, revision = 0) =>
    void (await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: clusterId,
      divisible: false,
      replicaSets: { '4c8g': count },
      revision,
    }));
  for (const { clusterId, from } of goals) await direct(clusterId, from?.['4c8g'] ?? 0);

  async function ask(method: string, path: string, body?: unknown): Promise<PlanReply> {
    const reply = await console.during(method === 'GET' ? console.ask(path) : console.write(method, path, body));
    return planReply.parse(await reply.json());
  }
  return {
    ray,
    console: () => console,
    direct,
    async restart() {
      const closed = console.close();
      await ray.clock.advance(5_000);
      await closed;
      console = open();
      await ray.clock.advance(5_000);
    },
    put: (given: readonly Goal[], planId = id) =>
      ask('PUT', paths.plan(planId), { version: 0, name: 'x', goals: given }),
    command: (command: PlanCommand, planId = id) => ask('POST', paths.planRun(planId), command),
    /** Once nothing of it is on its way and every outcome is known. */
    async settled(planId = id): Promise<PlanReply> {
      for (let turn = 0; turn < 200; turn += 1) {
        const reply = await ask('GET', paths.plan(planId));
        const { state, steps } = reply.plan.run;
        const isOpen = steps.some((each) => each.state.kind === 'sending' || each.state.kind === 'unknown');
        if (state.kind !== 'running' && state.kind !== 'stopping' && !isOpen) return reply;
        await ray.clock.advance(2_000);
      }
      throw new Error('the plan never settles');
    },
    /** What Ray has of each virtual cluster. */
    async held(): Promise<ReadonlyMap<string, number>> {
      const { clusters } = await console.fleet();
      return new Map(
        clusters.map((each) => [each.id, each.templates.find((t) => t.templateId === '4c8g')?.count ?? 0]),
      );
    },
  };
}

type Setup = Awaited<ReturnType<typeof start>>;
let setup: Setup | null = null;
afterEach(async () => {
  await setup?.console().close();
});

/** What the report says of each virtual cluster is what Ray has. */
async function expectAgreement(from: Setup, { plan }: PlanReply): Promise<void> {
  const held = await from.held();
  for (const { step, state } of plan.run.steps) {
    const count = (sets: Goal['to']) => sets?.['4c8g'] ?? 0;
    if (state.kind === 'done')
      expect([step.clusterId, held.get(step.clusterId)]).toEqual([step.clusterId, count(step.to)]);
    if (state.kind === 'pending')
      expect([step.clusterId, held.get(step.clusterId)]).toEqual([step.clusterId, count(step.from)]);
  }
}

/** Answers the nth write of the console in a way of its own; the others go to Ray. */
function atWrite(from: Setup, at: number, reply: () => Response | null): void {
  let seen = 0;
  from.ray.intercept('POST', () => ((seen += 1) === at + 1 ? reply() : null));
}

/** How a proxy refuses every write. */
const rejected = () => new Response('405: Method Not Allowed', { status: 405 });

const faults: readonly [name: string, inject: (from: Setup, at: number) => void | Promise<void>][] = [
  ['rejected', (from, at) => atWrite(from, at, rejected)],
  [
    'lost answer',
    (from, at) => {
      let seen = 0;
      from.ray.intercept('POST', () => {
        if ((seen += 1) === at + 1)
          void from.ray.control('PUT', '/faults', [
            { method: 'POST', path: '/virtual_clusters', kind: 'loseReply', times: 1 },
          ]);
        return null;
      });
    },
  ],
];

describe.each(faults)('a plan over 20 virtual clusters: %s', (_, inject) => {
  test.each([0, PAIRS, STEPS - 1])(
    'at step %i: the report and Ray agree, Resume completes it, Undo restores',
    async (at) => {
      const from = (setup = await start());
      const made = await from.put(goals);
      expect(made.plan.run.steps).toHaveLength(STEPS);
      expect(made.plan.run.steps[at]?.step.clusterId).toBe(clusterOfStep(at));
      await inject(from, at);
      await from.command({ kind: 'run', version: made.plan.version });
      let reply = await from.settled();
      await expectAgreement(from, reply);
      if (reply.plan.run.state.kind !== 'finished') {
        await from.command({ kind: 'run', version: reply.plan.version });
        reply = await from.settled();
      }
      expect(reply.plan.run.state).toEqual({ kind: 'finished' });
      await expectAgreement(from, reply);
      const undone = uuid(901);
      const undo = await from.put(undoGoalsOf(reply.plan.run), undone);
      await from.command({ kind: 'run', version: undo.plan.version }, undone);
      expect((await from.settled(undone)).plan.run.state).toEqual({ kind: 'finished' });
      const held = await from.held();
      for (const goal of goals) expect(held.get(goal.clusterId)).toBe(goal.from?.['4c8g']);
    },
  );
});

test('a console that ends while a plan runs leaves it stopped; Resume sends what is left, and nothing twice', async () => {
  const from = (setup = await start());
  let sent = 0;
  from.ray.intercept('POST', () => {
    sent += 1;
    return null;
  });
  await from.put(goals);
  await from.command({ kind: 'run', version: 1 });
  await from.restart();
  const stopped = await from.settled();
  expect(['stopped', 'finished']).toContain(stopped.plan.run.state.kind);
  await expectAgreement(from, stopped);
  const before = sent;
  await from.ray.clock.advance(60_000);
  expect(sent).toBe(before);
  if (stopped.plan.run.state.kind === 'stopped') await from.command({ kind: 'run', version: stopped.plan.version });
  const done = await from.settled();
  expect(done.plan.run.state).toEqual({ kind: 'finished' });
  expect(sent).toBe(STEPS);
  await expectAgreement(from, done);
});
