import { describe, expect, test } from 'vitest';
import { readNetworkErrorCause } from '../../testing/harness/network-error-cause.ts';
import { simulatorUnderTest, type SimulatorUnderTest } from '../../testing/harness/simulator-under-test.ts';

const members = async (simulator: SimulatorUnderTest, id: string) => {
  const cluster = (await simulator.list()).find((one) => one.virtualClusterId === id);
  return Object.keys(cluster?.nodeInstances ?? {});
};

describe('reset', () => {
  test('templates: an empty fleet of just those nodes and a head', async () => {
    const simulator = simulatorUnderTest();
    await simulator.does('POST', '/simulator/reset', { templates: { '4c8g': 3, constructor: 1 } });
    expect(await simulator.list()).toEqual([]);
    expect((await simulator.state())[0]?.replica_sets).toEqual({ head: 1, '4c8g': 3, constructor: 1 });
  });

  test('ends faults and absence, and empties the caches', async () => {
    const simulator = simulatorUnderTest();
    await simulator.ray('GET', '/virtual_clusters');
    await simulator.does('PUT', '/simulator/faults', [{ path: '/*', kind: 'html' }]);
    await simulator.does('POST', '/simulator/away', { away: true });
    await simulator.does('POST', '/simulator/reset', { scenario: 'empty' });
    expect((await simulator.ray('GET', '/virtual_clusters')).json).toMatchObject({ data: { virtualClusters: [] } });
  });

  test('the same seed tells the same story again, another seed another', async () => {
    const simulator = simulatorUnderTest({ seed: 5 });
    const first = await simulator.ray('GET', '/virtual_clusters');
    await simulator.save('new', { '4c8g': 1 });
    await simulator.does('POST', '/simulator/fill');
    await simulator.does('POST', '/simulator/reset');
    expect((await simulator.ray('GET', '/virtual_clusters')).text).toBe(first.text);
    await simulator.does('POST', '/simulator/reset', { seed: 6 });
    expect((await simulator.ray('GET', '/virtual_clusters')).text).not.toBe(first.text);
  });

  test('an unknown scenario is refused with the known ones, and nothing happens', async () => {
    const simulator = simulatorUnderTest();
    const before = await simulator.ray('GET', '/virtual_clusters');
    expect(await simulator.control('POST', '/simulator/reset', { json: { scenario: 'nope' } })).toMatchObject({
      status: 400,
      json: {
        problem: 'no-such-scenario',
        detail: 'There is no scenario "nope". The simulator knows busy, demo, empty, head-only, large.',
      },
    });
    expect((await simulator.ray('GET', '/virtual_clusters')).text).toBe(before.text);
  });
});

describe('another administrator', () => {
  test('edits on the newest revision, keeps divisible, and gets what Ray answers', async () => {
    const simulator = simulatorUnderTest();
    const before = (await simulator.list()).find((one) => one.virtualClusterId === 'serving');
    const got = await simulator.control('POST', '/simulator/clusters/serving', {
      json: { replicaSets: { '8c16g': 6, gpu_a10: 4 } },
    });
    expect(got).toMatchObject({ status: 200, json: { result: true, data: { virtualClusterId: 'serving' } } });
    const after = (await simulator.list()).find((one) => one.virtualClusterId === 'serving');
    expect([before?.divisible, after?.divisible]).toEqual(['true', 'true']);
    expect(BigInt(after?.revision ?? 0) > BigInt(before?.revision ?? 0)).toBe(true);
    expect(Object.keys(after?.nodeInstances ?? {})).toHaveLength(10);
  });

  test('is refused like anybody', async () => {
    const simulator = simulatorUnderTest();
    const got = await simulator.control('POST', '/simulator/clusters/ci', { json: { replicaSets: { '4c8g': 900 } } });
    expect(got).toMatchObject({
      status: 500,
      json: { result: false, data: { replicaSetsToRecommend: { '4c8g': 10 } } },
    });
  });
});

describe('nodes', () => {
  test('join the free pool', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    const nodeIds = await simulator.addNodes('4c8g', 2);
    expect(nodeIds).toHaveLength(2);
    expect(Object.keys((await simulator.state())[0]?.undivided_nodes ?? {})).toEqual(
      expect.arrayContaining([...nodeIds]),
    );
  });

  test('die: noticed within 15 s, and replaced when there is a free one (facts 20, 21)', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    await simulator.addNodes('4c8g', 1);
    await simulator.save('team', { '4c8g': 1 });
    const [member = ''] = await members(simulator, 'team');
    await simulator.does('DELETE', `/simulator/nodes/${member}`);
    await simulator.advance(3000);
    expect((await simulator.nodes()).filter((node) => node.state === 'DEAD')).toEqual([]);
    await simulator.advance(12_000);
    expect(await simulator.nodes()).toContainEqual({ node_id: member, state: 'DEAD' });
    expect(await members(simulator, 'team')).toEqual([member]);
    const [revision] = (await simulator.list()).map((cluster) => cluster.revision);
    const [replacement = ''] = await simulator.addNodes('4c8g', 1);
    await simulator.advance(5000);
    expect(await members(simulator, 'team')).toEqual([replacement]);
    expect((await simulator.list()).map((cluster) => cluster.revision)).toEqual([revision]);
  });

  test('the head node and a dead one cannot be killed', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    const [head] = await simulator.nodes();
    expect(await simulator.control('DELETE', `/simulator/nodes/${head?.node_id ?? ''}`)).toMatchObject({
      status: 409,
      json: { problem: 'head-node' },
    });
    const [node = ''] = await simulator.addNodes('4c8g', 1);
    await simulator.does('DELETE', `/simulator/nodes/${node}`);
    expect(await simulator.control('DELETE', `/simulator/nodes/${node}`)).toMatchObject({
      status: 409,
      json: { problem: 'already-dead' },
    });
  });
});

describe('jobs', () => {
  test('start a second after they are submitted, run until finished, and can finish once', async () => {
    const simulator = simulatorUnderTest({ scenario: 'empty' });
    await simulator.save('batch', { '4c8g': 1 });
    const job = await simulator.startJob('batch', undefined, 4);
    const status = async () => (await simulator.jobs()).map((one) => one.status);
    expect(await status()).toEqual(['PENDING']);
    await simulator.advance(1000);
    expect(await status()).toEqual(['RUNNING']);
    await simulator.advance(86_400_000);
    expect(await status()).toEqual(['RUNNING']);
    await simulator.does('POST', `/simulator/jobs/${job}/finish`);
    expect(await status()).toEqual(['SUCCEEDED']);
    expect(await simulator.control('POST', `/simulator/jobs/${job}/finish`)).toMatchObject({
      status: 409,
      json: { problem: 'not-running' },
    });
  });

  test('that ask for too much have failed, as Ray says', async () => {
    const simulator = simulatorUnderTest();
    const job = await simulator.startJob('serving', { '8c16g': 99 });
    expect((await simulator.jobs()).find((one) => one.submission_id === job)).toMatchObject({
      status: 'FAILED',
      message: `Create Job Cluster Failed, No enough node instances to create the job cluster serving##${job}`,
    });
  });

  test('wait for a node, and for CPUs', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    await simulator.save('batch', {});
    await simulator.startJob('batch', undefined, 3);
    await simulator.startJob('batch', undefined, 3);
    await simulator.advance(60_000);
    expect((await simulator.jobs()).map((one) => one.status)).toEqual(['PENDING', 'PENDING']);
    await simulator.addNodes('4c8g', 1);
    await simulator.does('POST', '/simulator/clusters/batch', { replicaSets: { '4c8g': 1 } });
    await simulator.advance(1000);
    const jobs = await simulator.jobs();
    expect(jobs.map((one) => one.status)).toEqual(['RUNNING', 'RUNNING']);
    const used = async () =>
      /"CPU": "(\d\.\d) \/ 4\.0"/.exec((await simulator.ray('GET', '/api/v0/vclusters?detail=true')).text)?.[1];
    expect(await used()).toBe('3.0');
    await simulator.does('POST', `/simulator/jobs/${jobs[0]?.submission_id ?? ''}/finish`);
    expect(await used()).toBe('3.0');
    await simulator.does('POST', `/simulator/jobs/${jobs[1]?.submission_id ?? ''}/finish`);
    expect(await used()).toBe('0.0');
  });

  test('fill every virtual cluster, and the state API fails (fact 18)', async () => {
    for (const scenario of ['demo', 'empty']) {
      const simulator = simulatorUnderTest({ scenario });
      expect(await simulator.does('POST', '/simulator/fill')).toMatchObject({
        submissionIds: expect.arrayContaining([expect.any(String)]),
      });
      await simulator.advance(1000);
      expect((await simulator.ray('GET', '/api/v0/vclusters')).text).toMatch(/KeyError: 'CPU'/);
      for (const job of await simulator.jobs()) {
        if (job.status === 'RUNNING') await simulator.does('POST', `/simulator/jobs/${job.submission_id}/finish`);
      }
      expect((await simulator.ray('GET', '/api/v0/vclusters')).status).toBe(200);
    }
  });
});

test('away: nothing reaches Ray until it is back', async () => {
  const simulator = simulatorUnderTest();
  await simulator.does('POST', '/simulator/away', { away: true });
  expect(await readNetworkErrorCause(simulator.ray('GET', '/api/version'))).toEqual({
    code: 'ECONNREFUSED',
    syscall: 'connect',
  });
  expect(await simulator.control('GET', '/simulator/ray/api/version')).toMatchObject({
    status: 502,
    json: { problem: 'no-answer' },
  });
  await simulator.does('POST', '/simulator/away', { away: false });
  expect((await simulator.ray('GET', '/api/version')).status).toBe(200);
});

test('restart: another session of the same machines, all else forgotten (fact 27)', async () => {
  const simulator = simulatorUnderTest();
  const before = {
    version: (await simulator.ray('GET', '/api/version')).text,
    nodes: await simulator.nodes(),
    list: await simulator.list(),
  };
  await simulator.does('POST', '/simulator/restart');
  expect((await simulator.ray('GET', '/api/version')).text).not.toBe(before.version);
  expect(await simulator.list()).toEqual([]);
  expect(await simulator.jobs()).toEqual([]);
  const nodes = await simulator.nodes();
  expect(nodes).toHaveLength(before.nodes.filter((node) => node.state === 'ALIVE').length);
  expect(nodes.filter(({ node_id }) => before.nodes.some((other) => other.node_id === node_id))).toEqual([]);
  // A revision is never given twice.
  await simulator.save('serving', {});
  const newest = before.list.map((cluster) => BigInt(cluster.revision)).reduce((a, b) => (a > b ? a : b));
  expect(BigInt((await simulator.list())[0]?.revision ?? 0) > newest).toBe(true);
});

describe('under /simulator/ray', () => {
  test('is the same Ray, encoded ids and queries too', async () => {
    const simulator = simulatorUnderTest({ scenario: 'empty' });
    await simulator.control('POST', '/simulator/ray/virtual_clusters', {
      json: { virtualClusterId: 'a/b', replicaSets: {} },
    });
    expect((await simulator.list()).map((cluster) => cluster.virtualClusterId)).toEqual(['a/b']);
    expect((await simulator.control('GET', '/simulator/ray/api/v0/nodes?limit=10001')).status).toBe(500);
    expect((await simulator.control('DELETE', '/simulator/ray/virtual_clusters/a%2Fb')).status).toBe(200);
    expect(await simulator.list()).toEqual([]);
  });

  test('a browser may not write, and a request without a User-Agent fails (fact 13)', async () => {
    const simulator = simulatorUnderTest();
    const create = { json: { virtualClusterId: 'x', replicaSets: {} } };
    expect(
      (await simulator.control('POST', '/simulator/ray/virtual_clusters', { ...create, userAgent: 'Mozilla/5.0' }))
        .status,
    ).toBe(405);
    expect(
      (await simulator.control('POST', '/simulator/ray/virtual_clusters', { ...create, userAgent: null })).status,
    ).toBe(500);
  });

  test('meets the faults', async () => {
    const simulator = simulatorUnderTest();
    await simulator.does('PUT', '/simulator/faults', [{ method: 'GET', path: '/api/version', times: 1, kind: 'html' }]);
    expect((await simulator.control('GET', '/simulator/ray/api/version')).status).toBe(502);
  });
});

test('the summary tells what there is, of a large fleet some nodes from all over it', async () => {
  const simulator = simulatorUnderTest({ scenario: 'large', seed: 9 });
  const summary = await simulator.does('GET', '/simulator');
  expect(summary).toMatchObject({
    seed: 9,
    scenario: 'large',
    templates: { head: 1, '4c8g': 4000, '8c16g': 3000, '16c64g': 2000, gpu_a10: 1000 },
    away: false,
    faults: [],
  });
  const { nodes, clusters } = Object(summary);
  expect(clusters).toHaveLength(100);
  expect(nodes.length).toBeLessThanOrEqual(200);
  expect(nodes.some((node: { clusterId: string | null }) => node.clusterId === null)).toBe(true);
});

test('the faults in force can be read', async () => {
  const simulator = simulatorUnderTest();
  const faults = [{ method: 'GET', path: '/nodes', times: 3, kind: 'html', ms: 0 }];
  await simulator.does('PUT', '/simulator/faults', faults);
  await simulator.ray('GET', '/nodes?view=hostNameList');
  expect(await simulator.does('GET', '/simulator/faults')).toEqual([{ ...faults[0], times: 2 }]);
});

test.each([
  ['POST', '/simulator/reset', '{', 'The body is not JSON.'],
  ['POST', '/simulator/reset', '{"templates":{"a":-1}}', 'templates.a: must not be negative.'],
  ['POST', '/simulator/reset', '{"templates":{},"scenario":"demo"}', 'Give either templates or a scenario.'],
  ['POST', '/simulator/nodes', '{"templateId":"a","count":0}', 'count: must be at least 1.'],
  ['POST', '/simulator/nodes', '{"templateId":"","count":1}', 'templateId: must not be empty.'],
  ['POST', '/simulator/jobs', '{}', 'virtualClusterId: must be the ID of a virtual cluster.'],
  ['POST', '/simulator/clusters/ci', '{"replicaSets":{"a":1.5}}', 'replicaSets.a: must be whole numbers by template.'],
  ['PUT', '/simulator/faults', '{}', 'The body must be a list of faults.'],
  ['PUT', '/simulator/faults', '[{"path":"/","kind":"delay"}]', '0.ms: must say how late a delayed answer is.'],
  [
    'PUT',
    '/simulator/faults',
    '[{"path":"/","kind":"x"}]',
    '0.kind: must be one of delay, loseRequest, loseReply, cut, traceback, html, stale.',
  ],
  ['POST', '/simulator/clock', '{"advanceMs":-1}', 'advanceMs: must not be negative.'],
  ['POST', '/simulator/away', '{}', 'away: must be true or false.'],
  ['POST', '/simulator/clusters/%zz', '{"replicaSets":{}}', 'The ID in the path is not encoded as it should be.'],
])('%s %s %s is refused: %s', async (method, path, text, detail) => {
  const got = await simulatorUnderTest().control(method, path, { text });
  expect(got.status).toBe(400);
  expect(got.json).toEqual({ problem: expect.any(String), detail });
});

test.each([
  ['POST', '/simulator/clusters/nope', 404],
  ['DELETE', '/simulator/nodes/nope', 404],
  ['POST', '/simulator/jobs/nope/finish', 404],
  ['GET', '/simulator/nope', 404],
  ['GET', '/simulator/reset', 405],
])('%s %s: %i', async (method, path, status) => {
  const got = await simulatorUnderTest().control(method, path, method === 'POST' ? { json: { replicaSets: {} } } : {});
  expect(got.status).toBe(status);
  expect(got.json).toEqual({ problem: expect.any(String), detail: expect.any(String) });
});
