import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPlannedFleet, type PlannedFleet } from '../../testing/harness/planned-fleet.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

const plan = uuid(900);
const resize = (clusterId: string, from: number, to: number) => goalOf(clusterId, { '4c8g': from }, { '4c8g': to });

let fleet: PlannedFleet;
beforeEach(async () => {
  fleet = await createPlannedFleet({ nodes: { '4c8g': 6 }, clusters: { a: { '4c8g': 2 }, b: { '4c8g': 1 } } });
});
afterEach(() => fleet.close());

const kindsNow = async () => (await fleet.get(plan)).plan.run.steps.map(({ state }) => state.kind);
const stateNow = async () => (await fleet.get(plan)).plan.run.state;

test('a step that Ray never shows is overdue after a minute, and its plan has one version all the while', async () => {
  await fleet.put(plan, [resize('a', 2, 1), resize('b', 1, 2)]);
  fleet.interceptWrites(() => Promise.resolve(new Response('Bad gateway', { status: 502 })));
  await fleet.run(plan, 1);
  await fleet.clock.advance(20_000);
  const waiting = (await fleet.get(plan)).plan;
  expect(waiting.run).toMatchObject({ state: { kind: 'stopped', why: 'step-unknown' } });
  await fleet.clock.advance(30_000);
  expect((await fleet.get(plan)).plan.version).toBe(waiting.version);
  // Nobody may go on before that.
  await expect(fleet.run(plan, waiting.version)).rejects.toThrow('outcome-unknown');
  await fleet.clock.advance(30_000);
  const overdue = (await fleet.get(plan)).plan;
  expect(overdue.run.steps[0]?.state).toMatchObject({ kind: 'unknown', isOverdue: true });
  await fleet.clock.advance(600_000);
  expect((await fleet.get(plan)).plan.version).toBe(overdue.version);
  expect(fleet.writes).toHaveLength(1);
});

test('while Ray can not be read, nothing is overdue', async () => {
  await fleet.put(plan, [resize('a', 2, 1)]);
  fleet.interceptWrites(() => {
    fleet.simulation.isAway = true;
    return Promise.resolve(new Response('Bad gateway', { status: 502 }));
  });
  await fleet.run(plan, 1);
  await fleet.clock.advance(300_000);
  expect((await fleet.get(plan)).plan.run.steps[0]?.state).toMatchObject({ kind: 'unknown' });
  expect((await fleet.get(plan)).plan.run.steps[0]?.state).not.toHaveProperty('isOverdue');
});

test('a late answer is found although a person was free to go on', async () => {
  await fleet.put(plan, [resize('a', 2, 1)]);
  fleet.interceptWrites(() => Promise.resolve(new Response('Bad gateway', { status: 502 })));
  await fleet.run(plan, 1);
  await fleet.clock.advance(90_000);
  fleet.setInRay('a', { '4c8g': 1 });
  await fleet.clock.advance(90_000);
  expect(await stateNow()).toEqual({ kind: 'finished' });
  expect(await kindsNow()).toEqual(['done']);
});

test('a plan hears at once of a change that settles after it was overdue', async () => {
  await fleet.put(plan, [resize('a', 2, 1)]);
  fleet.interceptWrites(() => Promise.resolve(new Response('Bad gateway', { status: 502 })));
  await fleet.run(plan, 1);
  await fleet.clock.advance(90_000);
  expect(await kindsNow()).toEqual(['unknown']);
  fleet.setInRay('a', { '4c8g': 1 });
  // Another plan's step reads the list.
  await fleet.put(uuid(901), [resize('b', 1, 2)]);
  await fleet.run(uuid(901), 1);
  await fleet.clock.advance(1_000);
  expect(await kindsNow()).toEqual(['done']);
});

test('a plan whose state can not be stored is stopped once it can, and what was sent is found', async () => {
  await fleet.put(plan, [resize('a', 2, 1), resize('b', 1, 2)]);
  fleet.interceptWrites((index, pass) => {
    if (index === 0) fleet.setDiskFull(true);
    return pass();
  });
  await fleet.run(plan, 1);
  await fleet.clock.advance(30_000);
  expect((await stateNow()).kind).toBe('running');
  fleet.setDiskFull(false);
  await fleet.clock.advance(30_000);
  expect(await stateNow()).toEqual({ kind: 'stopped', why: 'console-ended' });
  expect(await kindsNow()).toEqual(['done', 'pending']);
  expect(fleet.writes).toHaveLength(1);
});
