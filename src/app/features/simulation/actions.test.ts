import { beforeEach, expect, test } from 'vitest';
import { createSimulator } from '../../../simulator/simulator.ts';
import { createApi } from '../../api/client.ts';
import { createSimulatorClient, type SimulatorClient } from './simulator-client.ts';
import {
  addNodes,
  editBySomeoneElse,
  finishJob,
  injectFault,
  killNode,
  letDayPass,
  reset,
  runningJobs,
  setUnreachable,
  startJob,
} from './actions.ts';

let control: SimulatorClient;

beforeEach(() => {
  const clock = { now: () => Date.UTC(2026, 0, 5, 9), after: () => () => undefined };
  const simulator = createSimulator({ seed: 1, clock });
  control = createSimulatorClient(createApi(simulator.control, 'http://console.local'));
});

async function cluster(id: string) {
  const summary = await control.summary();
  const found = summary.clusters.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return { ...summary, cluster: found };
}

test('another administrator gives a virtual cluster one free node', async () => {
  const before = await cluster('ci');
  expect(await editBySomeoneElse(before.cluster, before.templates)(control)).toBe(
    'Another administrator changed ci: 4c8g 3 → 4.',
  );
  expect((await cluster('ci')).cluster.replicaSets).toEqual({ '4c8g': 4 });
});

test('and takes one where none is free', async () => {
  const taking = await cluster('ci');
  await control.save('ci', { '4c8g': 24 - 6 - 5 });
  const before = await cluster('ci');
  expect(before.cluster.replicaSets['4c8g']).toBeGreaterThan(taking.cluster.replicaSets['4c8g'] ?? 0);
  expect(await editBySomeoneElse(before.cluster, before.templates)(control)).toBe(
    'Another administrator changed ci: 4c8g 13 → 12.',
  );
  expect((await cluster('ci')).cluster.replicaSets).toEqual({ '4c8g': 12 });
});

test('a job in a divisible virtual cluster has a node of its own; its cluster stays behind when it has finished', async () => {
  const before = await cluster('serving');
  expect(await startJob(before.cluster, before.nodes)(control)).toMatch(
    /^Started raysubmit_\w+ in serving, on one \S+ node of its own\.$/,
  );
  const job = runningJobs((await cluster('serving')).jobs).at(-1);
  if (job === undefined) throw new Error('no job');
  expect(job.virtualClusterId).toBe(`serving##${job.submissionId}`);
  expect(await finishJob(job)(control)).toBe(
    `Finished ${job.submissionId}. Its job cluster stays behind and holds its nodes.`,
  );
  expect(runningJobs((await control.summary()).jobs)).not.toContainEqual(job);
});

test('a job that no node is left for is said to have failed', async () => {
  const { cluster: serving } = await cluster('serving');
  expect(await startJob({ ...serving, replicaSets: { gpu_h100: 1 } }, [])(control)).toMatch(/and it failed at once/);
});

test('a member is killed, in a job cluster too; a virtual cluster without nodes has none to kill', async () => {
  const before = await cluster('train-llm');
  expect(await killNode(before.cluster, before.nodes)(control)).toMatch(
    /^Killed node [0-9a-f]{8} \(\S+\) of train-llm\./,
  );
  const killed = (await control.summary()).nodes.filter(({ alive }) => !alive).length;
  expect(killed).toBe(before.nodes.filter(({ alive }) => !alive).length + 1);
  expect(await killNode({ id: 'none', divisible: false, replicaSets: {} }, before.nodes)(control)).toBe(
    'none has no alive node.',
  );
});

test('nodes come', async () => {
  const before = await control.summary();
  expect(await addNodes('4c8g', 3)(control)).toBe('Added 3 nodes of 4c8g.');
  expect((await control.summary()).templates['4c8g']).toBe((before.templates['4c8g'] ?? 0) + 3);
});

test('what was made to go wrong before stays', async () => {
  await injectFault((await control.summary()).faults, 'loseReply')(control);
  await injectFault((await control.summary()).faults, 'stale')(control);
  expect((await control.summary()).faults.map(({ kind }) => kind)).toEqual(['loseReply', 'stale']);
});

test('Ray goes and comes back, and all starts over', async () => {
  expect(await setUnreachable(true)(control)).toBe('Ray does not answer any more.');
  expect((await control.summary()).away).toBe(true);
  expect(await setUnreachable(false)(control)).toBe('Ray answers again.');
  expect(await reset('empty', 7)(control)).toBe('Started over: empty, seed 7.');
  expect(await control.summary()).toMatchObject({ scenario: 'empty', seed: 7, clusters: [] });
});

test('a refusal of the controls is told in their words', async () => {
  await expect(reset('nonsense', 1)(control)).rejects.toMatchObject({
    detail: expect.stringContaining('There is no scenario "nonsense"'),
  });
});

test('a day that passes is told by its date', async () => {
  const answer = () => Promise.resolve(Response.json({ from: Date.UTC(2026, 9, 25) }));
  expect(await letDayPass(createSimulatorClient(createApi(answer, 'http://console.local')))).toBe(
    'Usage has one more simulated day, before the oldest one: 2026-10-25 (UTC). The fleet and its journal are as before.',
  );
});
