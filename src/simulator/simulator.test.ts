import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { simulatorUnderTest, type SimulatorUnderTest } from '../testing/harness/simulator-under-test.ts';

const sources = [
  '/virtual_clusters',
  '/api/v0/vclusters?detail=true&limit=10000',
  '/api/v0/nodes?detail=true&limit=10000',
  '/nodes?view=summary',
  '/api/v0/actors?detail=true&limit=10000',
  '/api/v0/jobs?detail=true',
  '/api/jobs/',
  '/api/version',
];

async function everything(simulator: SimulatorUnderTest): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of sources) texts.push((await simulator.ray('GET', path)).text);
  return texts;
}

describe('the same seed tells the same story', () => {
  async function story(seed: number): Promise<readonly string[]> {
    const simulator = simulatorUnderTest({ seed });
    const reported = [...(await everything(simulator))];
    const nodeIds = await simulator.addNodes('gpu_a10', 1);
    await simulator.does('DELETE', `/simulator/nodes/${nodeIds[0] ?? ''}`);
    const job = await simulator.startJob('etl-nightly', undefined, 2);
    await simulator.startJob('train-llm', { gpu_a10: 1 });
    await simulator.advance(20_000);
    reported.push((await simulator.save('new', { '4c8g': 2 })).text, ...(await everything(simulator)));
    await simulator.does('POST', `/simulator/jobs/${job}/finish`);
    await simulator.does('POST', '/simulator/restart');
    reported.push(...(await everything(simulator)));
    return reported;
  }

  test('to the letter, and another seed another', async () => {
    expect(await story(4)).toEqual(await story(4));
    const other = await story(5);
    (await story(4)).forEach((text, index) => {
      if (text !== '[]' && !text.includes('"virtualClusters": []') && !text.includes('"total": 0'))
        expect(text).not.toBe(other[index]);
    });
  });
});

describe('a node weighs what a real one weighs, within a quarter', () => {
  const real = { list: 140, nodes: 450, summary: 7000 };

  test('in the list, the node list and the summary', async () => {
    const simulator = simulatorUnderTest({ scenario: 'empty' });
    await simulator.save('team', { '4c8g': 20, '8c16g': 10, '16c64g': 10, gpu_a10: 8 });
    const weightOf = async (path: string, nodes: number) => (await simulator.ray('GET', path)).text.length / nodes;
    const within = (weight: number, expected: number) => {
      expect(weight).toBeGreaterThan(expected * 0.75);
      expect(weight).toBeLessThan(expected * 1.25);
    };
    within(await weightOf('/virtual_clusters', 48), real.list);
    within(await weightOf('/api/v0/nodes?detail=true&limit=10000', 61), real.nodes);
    within(await weightOf('/nodes?view=summary', 61), real.summary);
  });

  test('in the state API at least 1 kB, like the recorded fleet of 9 nodes in 9174 characters', async () => {
    const simulator = simulatorUnderTest();
    await simulator.does('POST', '/simulator/reset', { templates: { '4c8g': 4, '8c16g': 3, gpu_node: 1 } });
    const { length } = (await simulator.ray('GET', '/api/v0/vclusters?detail=true')).text;
    expect(length / 9).toBeGreaterThan(1000);
    expect(length).toBeLessThan(9174 * 1.25);
  });
});

describe('beyond the recorded cases', () => {
  test('real replies keep no order of keys: rows of one list differ', async () => {
    const text = (await simulatorUnderTest({ scenario: 'large' }).ray('GET', '/virtual_clusters')).text;
    const firstKeys = new Set(
      [...text.matchAll(/[[,] ?\{"(nodeInstances|revision|isRemoved|virtualClusterId|divisible)"/g)].map(
        (found) => found[1],
      ),
    );
    expect(firstKeys.size).toBeGreaterThan(2);
  });

  test('the state API gives 100 rows when nobody asks for more (fact 17)', async () => {
    const simulator = simulatorUnderTest({ scenario: 'large' });
    const got = await simulator.ray('GET', '/api/v0/nodes');
    expect(got.json).toMatchObject({ data: { result: { total: 10_001, num_after_truncation: 10_000 } } });
    expect(got.text.match(/"node_id"/g)).toHaveLength(100);
    expect((await simulator.ray('GET', '/api/v0/nodes?limit=10000')).text.match(/"node_id"/g)).toHaveLength(10_000);
  });

  test('a revision is beyond 2^53 and grows with every save, also within one millisecond (fact 3)', async () => {
    const simulator = simulatorUnderTest({ scenario: 'empty' });
    let last = BigInt(Number.MAX_SAFE_INTEGER);
    for (let count = 0; count < 50; count += 1) {
      await simulator.save(`team-${String(count)}`, {});
      const revision = BigInt(
        (await simulator.list()).find((one) => one.virtualClusterId === `team-${String(count)}`)?.revision ?? 0,
      );
      expect(revision > last).toBe(true);
      last = revision;
    }
  });

  test('a job may be submitted to Ray itself (fact 22); a wrong one is refused', async () => {
    const simulator = simulatorUnderTest({ scenario: 'empty' });
    await simulator.save('team', { '4c8g': 2 }, '0', true);
    const got = await simulator.ray('POST', '/api/jobs/', {
      json: {
        entrypoint: 'sleep 60',
        virtual_cluster_id: 'team',
        replica_sets: { '4c8g': 1 },
        submission_id: 'raysubmit_mine',
      },
    });
    expect(got.json).toEqual({ job_id: 'raysubmit_mine', submission_id: 'raysubmit_mine' });
    expect((await simulator.state()).map((row) => row.virtual_cluster_id)).toContain('team##raysubmit_mine');
    const again = await simulator.ray('POST', '/api/jobs/', {
      json: { entrypoint: 'sleep 60', submission_id: 'raysubmit_mine' },
    });
    expect(again).toMatchObject({ status: 400, text: expect.stringContaining('already exists') });
    for (const text of ['', '[]', '{}', '{"entrypoint":5}', '{"entrypoint":"x","replica_sets":{"a":"1"}}']) {
      expect(await simulator.ray('POST', '/api/jobs/', { text })).toMatchObject({ status: 400, json: null });
    }
    expect(await simulator.jobs()).toHaveLength(1);
  });

  test('a dead node of a job cluster is replaced in place, and its job fails only with the supervisor (facts 21, 24)', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    await simulator.addNodes('4c8g', 3);
    await simulator.save('team', { '4c8g': 2 }, '0', true);
    const job = await simulator.startJob('team', { '4c8g': 2 });
    await simulator.advance(1000);
    const id = `team##${job}`;
    const rowOf = async () => (await simulator.state()).find((row) => row.virtual_cluster_id === id);
    const before = Object.keys((await rowOf())?.visible_node_instances ?? {});
    const actors = (await simulator.ray('GET', '/api/v0/actors?detail=true')).text;
    const idle = before.find((node) => !actors.includes(node)) ?? '';
    await simulator.does('DELETE', `/simulator/nodes/${idle}`);
    await simulator.advance(15_000);
    const after = Object.keys((await rowOf())?.visible_node_instances ?? {});
    expect(after).toHaveLength(2);
    expect(after).not.toContain(idle);
    expect((await simulator.state()).find((row) => row.virtual_cluster_id === 'team')?.undivided_nodes).toEqual({});
    expect((await simulator.jobs()).map((one) => one.status)).toEqual(['RUNNING']);
  });

  test('a dead node is given to no job', async () => {
    const simulator = simulatorUnderTest({ scenario: 'head-only' });
    const [dead = ''] = await simulator.addNodes('4c8g', 1);
    await simulator.save('team', { '4c8g': 1 }, '0', true);
    await simulator.does('DELETE', `/simulator/nodes/${dead}`);
    await simulator.advance(15_000);
    await simulator.startJob('team', { '4c8g': 1 });
    expect((await simulator.jobs()).map((one) => one.status)).toEqual(['FAILED']);
  });

  test('a filter over a column that is none fails', async () => {
    const got = await simulatorUnderTest().ray(
      'GET',
      '/api/v0/nodes?filter_keys=nope&filter_predicates=%3D&filter_values=x',
    );
    expect(got).toMatchObject({
      status: 500,
      text: expect.stringContaining('The given filter column nope is not supported'),
    });
  });

  test('the host names, and the summary of an old Ray, are views of the nodes', async () => {
    const got = await simulatorUnderTest({ scenario: 'head-only' }).ray('GET', '/nodes?view=hostNameList');
    expect(got.json).toEqual({
      result: true,
      msg: 'Node hostname list fetched.',
      data: { hostNameList: [expect.stringMatching(/^head-0001\./)] },
    });
  });
});

describe('whatever happens', () => {
  const templates = ['4c8g', '8c16g', 'my_node_type'] as const;
  const clusterIds = ['a', 'b', 'c', 'kPrimaryClusterID'] as const;
  const counts = fc.record(
    {
      '4c8g': fc.integer({ min: 0, max: 5 }),
      '8c16g': fc.integer({ min: 0, max: 4 }),
      my_node_type: fc.integer({ min: 0, max: 3 }),
    },
    { requiredKeys: [] },
  );
  const step = fc.oneof(
    fc.record({ do: fc.constant('save' as const), id: fc.constantFrom(...clusterIds), counts }),
    fc.record({ do: fc.constant('remove' as const), id: fc.constantFrom(...clusterIds) }),
    fc.record({
      do: fc.constant('job' as const),
      id: fc.constantFrom('a', 'b', 'b', 'kPrimaryClusterID'),
      counts: fc.option(fc.record({ '4c8g': fc.integer({ min: 0, max: 2 }), '8c16g': fc.integer({ min: 0, max: 1 }) })),
      cpus: fc.constantFrom(0, 1, 3),
      ms: fc.constantFrom(0, 1000),
    }),
    fc.record({ do: fc.constant('finish' as const), pick: fc.nat(20) }),
    fc.record({ do: fc.constant('release' as const), pick: fc.nat(20), ms: fc.constantFrom(0, 1000) }),
    fc.record({ do: fc.constant('kill' as const), pick: fc.nat(40), ms: fc.constantFrom(0, 9000, 15_000) }),
    fc.record({ do: fc.constant('add' as const), template: fc.constantFrom(...templates) }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 100, max: 20_000 }) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  async function take(simulator: SimulatorUnderTest, each: Step): Promise<void> {
    switch (each.do) {
      case 'save': {
        const existing = (await simulator.list()).find((one) => one.virtualClusterId === each.id);
        const divisible = existing === undefined ? each.id === 'b' : existing.divisible === 'true';
        await simulator.save(each.id, each.counts, existing?.revision ?? '0', divisible);
        return;
      }
      case 'remove':
        await simulator.ray('DELETE', `/virtual_clusters/${each.id}`);
        return;
      case 'job':
        await simulator.startJob(each.id, each.counts ?? undefined, each.cpus);
        await simulator.advance(each.ms);
        return;
      case 'finish': {
        const jobs = await simulator.jobs();
        const job = jobs[each.pick % Math.max(1, jobs.length)];
        if (job !== undefined) await simulator.control('POST', `/simulator/jobs/${job.submission_id}/finish`);
        return;
      }
      case 'release': {
        const ids = (await simulator.state()).map((row) => row.virtual_cluster_id).filter((id) => id.includes('##'));
        const id = ids[each.pick % Math.max(1, ids.length)];
        if (id === undefined) return;
        await simulator.control('POST', `/simulator/jobs/${id.split('##')[1] ?? ''}/finish`);
        await simulator.advance(each.ms);
        await simulator.ray('DELETE', `/virtual_clusters/${encodeURIComponent(id)}`);
        return;
      }
      case 'kill': {
        const nodes = await simulator.nodes();
        await simulator.control('DELETE', `/simulator/nodes/${nodes[each.pick % nodes.length]?.node_id ?? ''}`);
        await simulator.advance(each.ms);
        return;
      }
      case 'add':
        await simulator.addNodes(each.template, 1);
        return;
      case 'wait':
        await simulator.advance(each.ms);
    }
  }

  const fleet = { '4c8g': 4, '8c16g': 4, my_node_type: 2 };

  /** What holds after every step; where a node is full the state API can't be asked: whether it could. */
  async function agree(simulator: SimulatorUnderTest): Promise<boolean> {
    const [list, nodes] = [await simulator.list(), await simulator.nodes()];
    const held = list.flatMap((cluster) => Object.keys(cluster.nodeInstances));
    expect(new Set(held).size, 'no node in two virtual clusters').toBe(held.length);
    if ((await simulator.ray('GET', '/api/v0/vclusters')).status === 500) return false;

    const state = await simulator.state();
    const byId = new Map(state.map((row) => [row.virtual_cluster_id, row]));
    const alive = new Set(nodes.filter((node) => node.state === 'ALIVE').map((node) => node.node_id));
    for (const cluster of list) {
      const visible = Object.keys(byId.get(cluster.virtualClusterId)?.visible_node_instances ?? {});
      const members = Object.keys(cluster.nodeInstances).filter((id) => alive.has(id));
      expect(visible.toSorted(), 'list and state API name the same members').toEqual(members.toSorted());
    }
    const jobClusters = state.filter((row) => row.virtual_cluster_id.includes('##'));
    const divided = jobClusters.flatMap((row) => Object.keys(row.visible_node_instances));
    expect(new Set(divided).size, 'no node in two job clusters').toBe(divided.length);
    for (const row of state) {
      const ofChildren = Object.keys(row.divided_clusters).flatMap((id) =>
        Object.keys(byId.get(id)?.visible_node_instances ?? {}),
      );
      const own = Object.keys(row.undivided_nodes);
      expect(
        own.filter((id) => ofChildren.includes(id)),
        'undivided nodes are no child’s',
      ).toEqual([]);
      if (row.virtual_cluster_id !== 'kPrimaryClusterID') continue;
      expect([...own, ...ofChildren].toSorted(), 'every alive node is free or some child’s').toEqual(
        [...alive].toSorted(),
      );
    }
    const free = byId.get('kPrimaryClusterID')?.undivided_replica_sets ?? {};
    const asked = await simulator.save('probe', { '4c8g': 99, '8c16g': 99, my_node_type: 99 });
    expect(asked.json, 'a shortage says what is free').toMatchObject({
      data: {
        replicaSetsToRecommend: {
          '4c8g': free['4c8g'] ?? 0,
          '8c16g': free['8c16g'] ?? 0,
          myNodeType: free['my_node_type'] ?? 0,
        },
      },
    });
    return true;
  }

  test('no node is in two virtual clusters, and list, state API and free pool agree', async () => {
    let [compared, jobClusters] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const simulator = simulatorUnderTest();
        await simulator.does('POST', '/simulator/reset', { templates: fleet, seed: 1 });
        for (const each of steps) {
          if (each.do === 'release' && (await simulator.ray('GET', '/api/v0/vclusters')).status === 500) continue;
          await take(simulator, each);
          if (!(await agree(simulator))) continue;
          compared += 1;
          jobClusters += (await simulator.state()).filter((row) => row.virtual_cluster_id.includes('##')).length;
        }
      }),
      { seed: 20_261_124, numRuns: 100 },
    );
    expect(compared, 'steps after which all could be compared').toBeGreaterThan(500);
    expect(jobClusters, 'job clusters met').toBeGreaterThan(100);
  }, 120_000);
});
