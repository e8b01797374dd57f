import { describe, expect, test } from 'vitest';
import { createSimulator } from '../simulator.ts';
import { simulatorUnderTest } from '../../testing/harness/simulator-under-test.ts';

test('an unknown scenario is refused with the known ones', () => {
  expect(() =>
    createSimulator({ seed: 1, clock: { now: () => 0, after: () => () => undefined }, scenario: 'nope' }),
  ).toThrow('There is no scenario "nope". The simulator knows busy, demo, empty, head-only, large.');
});

describe('demo, whatever the seed', () => {
  test.each([1, 2, 3, 77])(
    'seed %i: about 60 nodes, 6 virtual clusters, all kinds of jobs, and the state API works',
    async (seed) => {
      const simulator = simulatorUnderTest({ seed });
      const list = await simulator.list();
      expect(list.map(({ virtualClusterId, divisible }) => `${virtualClusterId} ${divisible}`).toSorted()).toEqual([
        'ci false',
        'etl-nightly false',
        'feature-store false',
        'notebooks false',
        'serving true',
        'train-llm true',
      ]);
      const state = await simulator.state();
      const primary = state.find((row) => row.virtual_cluster_id === 'kPrimaryClusterID');
      expect(primary?.replica_sets).toEqual({ head: 1, '4c8g': 24, '8c16g': 16, '16c64g': 12, gpu_a10: 7 });
      expect(primary?.undivided_replica_sets).toEqual({ head: 1, '4c8g': 10, '8c16g': 7, '16c64g': 4 });
      const jobs = await simulator.jobs();
      expect(jobs.map((job) => job.status).toSorted()).toEqual([
        'RUNNING',
        'RUNNING',
        'RUNNING',
        'RUNNING',
        'RUNNING',
        'SUCCEEDED',
      ]);
      const finished = jobs.find((job) => job.status === 'SUCCEEDED');
      expect(state.map((row) => row.virtual_cluster_id)).toContain(`train-llm##${finished?.submission_id ?? ''}`);
    },
  );

  test('a GPU node of serving is dead, and nothing replaces it until another joins', async () => {
    const simulator = simulatorUnderTest();
    const [dead, ...others] = (await simulator.nodes())
      .filter((node) => node.state === 'DEAD')
      .map((node) => node.node_id);
    expect(others).toEqual([]);
    const serving = async () =>
      (await simulator.list()).find((one) => one.virtualClusterId === 'serving')?.nodeInstances ?? {};
    await simulator.advance(3_600_000);
    expect(Object.keys(await serving())).toContain(dead);
    const [fresh] = await simulator.addNodes('gpu_a10', 1);
    await simulator.advance(5000);
    expect(Object.keys(await serving())).toContain(fresh);
    expect(Object.keys(await serving())).not.toContain(dead);
  });

  test('the revisions are spread over the last days', async () => {
    const simulator = simulatorUnderTest();
    const now = Date.UTC(2026, 10, 24, 9);
    const hours = (await simulator.list()).map(
      ({ revision }) => (now - Number(BigInt(revision) / 1_000_000n)) / 3_600_000,
    );
    expect(Math.max(...hours)).toBeGreaterThan(100);
    expect(Math.max(...hours)).toBeLessThan(8 * 24);
    expect(Math.min(...hours)).toBeGreaterThan(0);
    expect(Math.min(...hours)).toBeLessThan(6);
  });
});

test('empty has nodes and no virtual cluster, head-only no other node', async () => {
  const empty = simulatorUnderTest({ scenario: 'empty' });
  expect(await empty.list()).toEqual([]);
  expect(await empty.nodes()).toHaveLength(61);
  const headOnly = simulatorUnderTest({ scenario: 'head-only' });
  expect((await headOnly.state()).map((row) => row.undivided_replica_sets)).toEqual([{ head: 1 }]);
});

test('busy: a node is full, and the state API fails (fact 18)', async () => {
  const simulator = simulatorUnderTest({ scenario: 'busy' });
  expect((await simulator.ray('GET', '/api/v0/vclusters?detail=true&limit=10000')).text).toMatch(/KeyError: 'CPU'/);
  expect((await simulator.ray('GET', '/nodes?view=summary')).text).toContain('4.0/4.0 CPU');
});

test('large: 10,000 nodes in 100 virtual clusters, some free', async () => {
  const simulator = simulatorUnderTest({ scenario: 'large' });
  const list = await simulator.list();
  expect(list).toHaveLength(100);
  expect(list.flatMap((cluster) => Object.keys(cluster.nodeInstances))).toHaveLength(9000);
  const [got] = [await simulator.ray('GET', '/api/v0/vclusters?limit=10000')];
  expect(got?.text).toContain('"4c8g": 400');
});
