import { describe, expect, test } from 'vitest';
import type { SummaryNode, SummaryNodes } from '../../domain/sources.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import { actorsReader } from './actors.ts';
import { readAmount, readLogicalResources } from './amounts.ts';
import { readIdentity } from './identity.ts';
import { jobsReader } from './jobs.ts';
import { readDivisible, clusterListReader } from './cluster-list.ts';
import { livenessReader, summaryReader } from './nodes.ts';
import { indexRawClusters } from './raw-clusters.ts';
import { recorded } from '../recordings/recorded.ts';
import type { Parsed, ReplyReader, Reply } from './reply.ts';
import { stateReader } from './state-clusters.ts';

function value<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw new Error(`${parsed.reason}: ${parsed.detail}`);
  return parsed.value;
}
/** Reads a whole reply. */
function readWhole<T>({ sink, read }: ReplyReader<T>, reply: Reply): Parsed<T> {
  if (reply.status !== 200) return read(reply);
  sink.push(reply.text);
  return read({ ...reply, text: sink.end() });
}
function nodesIn(read: Parsed<SummaryNodes>): readonly SummaryNode[] {
  const nodes = value(read);
  return [...nodes.keys()].flatMap((id) => nodes.get(id) ?? []);
}

function json(body: unknown, status = 200): Reply {
  return { status, contentType: 'application/json; charset=utf-8', text: JSON.stringify(body) };
}
const failure = (msg: string) => json({ result: false, msg, data: {} }, 500);
const list = (rows: unknown[]) => json({ result: true, msg: '', data: { virtualClusters: rows } });
const row = { virtualClusterId: 'a', divisible: 'true', isRemoved: false, nodeInstances: {}, revision: 0 };
const page = (rows: unknown[], total: number, filtered = total) =>
  json({
    result: true,
    msg: '',
    data: { result: { total, num_after_truncation: total, num_filtered: filtered, result: rows } },
  });

describe('the management list', () => {
  test('fact 2: divisible comes as text, and every form of it is understood', () => {
    expect([true, false, 'true', 'False', 'TRUE', 'yes'].map(readDivisible)).toEqual([
      true,
      false,
      true,
      false,
      true,
      null,
    ]);
    const found = value(readWhole(clusterListReader(), recorded('nodes', 'list while jobs run').reply)).clusters;
    expect(found.map(({ id, divisible }) => [id, divisible])).toEqual([
      ['team', true],
      ['batch', false],
    ]);
  });
  test('fact 3: revisions are exact', () => {
    expect(
      value(readWhole(clusterListReader(), recorded('management', 'list nocache').reply)).clusters[0]?.revision,
    ).toBe('1795469080484243902');
  });
  test('fact 12: an id with ## in the list is kept', () => {
    const ids = value(readWhole(clusterListReader(), recorded('management', 'list3').reply)).clusters.map(
      ({ id }) => id,
    );
    expect(ids).toContain('a/b c##d?e');
  });
  test('fact 14: the replica sets of a cluster are the counts of its members', () => {
    const [created] = value(readWhole(clusterListReader(), recorded('management', 'list nocache').reply)).clusters;
    const { body } = recorded('management', 'create').request;
    expect(countByTemplate(created?.members.values() ?? [])).toEqual(Object(body).replicaSets);
  });
  test('fact 22: a job cluster of the primary cluster is in no list, though its nodes are taken', () => {
    const { clusters } = value(
      readWhole(clusterListReader(), recorded('busyOther', 'list with primary job cluster').reply),
    );
    expect(clusters.map(({ id }) => id)).toEqual(['batch']);
    const supervisors = value(readWhole(actorsReader(), recorded('busyOther', 'alive actors').reply));
    expect(supervisors.map(({ clusterId }) => clusterId)).toContain('kPrimaryClusterID##raysubmit_VVhKYLXcyFCjMh4c');
  });
  test('fact 4: the cached path returns the old list after a write', () => {
    const revisions = ['plain GET 1', 'plain GET after +0.1s'].map((label) =>
      value(readWhole(clusterListReader(), recorded('nodes', label).reply)).clusters.map(({ revision }) => revision),
    );
    expect(revisions[1]).toEqual(revisions[0]);
    const bumped = recorded('nodes', 'bump').reply.text;
    expect(revisions[1]?.some((each) => bumped.includes(each))).toBe(false);
  });
  test('removed clusters are left out, and missing nodeInstances mean no members', () => {
    const { nodeInstances: _, ...bare } = row;
    const found = value(
      readWhole(
        clusterListReader(),
        list(
          [
            { ...row, isRemoved: true },
            { ...bare, virtualClusterId: 'b' },
          ].map((each) => each),
        ),
      ),
    );
    expect(found.clusters).toEqual([{ id: 'b', divisible: true, revision: '0', members: new Map() }]);
    expect(found.rowIds).toEqual(['a', 'b']);
  });
  test.each([
    { ...row, divisible: 'maybe' },
    { ...row, revision: '1.5' },
    { ...row, nodeInstances: { n: { hostname: 'h' } } },
    { ...row, virtualClusterId: 3 },
  ])('one malformed row makes the whole reading unreadable: %j', (bad) => {
    expect(readWhole(clusterListReader(), list([{ ...row, virtualClusterId: 'good' }, bad]))).toMatchObject({
      ok: false,
      reason: 'unreadable',
    });
  });
  test("fact 26: 2.53's missing status_code means that this Ray's list is not offered; another crash is temporary", () => {
    const trace = 'Traceback (most recent call last):\n  File "secret.py"\n';
    const nightly = readWhole(
      clusterListReader(),
      failure(`${trace}TypeError: rest_response() missing 1 required positional argument: 'status_code'\n`),
    );
    expect(nightly).toMatchObject({ ok: false, reason: 'not-offered' });
    const passing = readWhole(clusterListReader(), failure(`${trace}ValueError: nope\n`));
    expect(passing).toEqual({ ok: false, reason: 'failed', detail: 'ValueError: nope' });
  });
  test('a page of a proxy is unreadable, a route that Ray lacks is not offered', () => {
    expect(readWhole(clusterListReader(), { status: 502, contentType: 'text/html', text: '<html>' })).toMatchObject({
      reason: 'unreadable',
    });
    expect(
      readWhole(clusterListReader(), { status: 404, contentType: 'text/plain', text: '404: Not Found' }),
    ).toMatchObject({
      reason: 'not-offered',
    });
  });
  test('fact 13: a crash of the error handling is a failure', () => {
    const text = '500 Internal Server Error\n\nServer got itself in trouble';
    expect(readWhole(clusterListReader(), { status: 500, contentType: 'text/plain', text })).toMatchObject({
      reason: 'failed',
    });
  });
  test('each cluster is found in the raw text, character for character', () => {
    const { text } = recorded('management', 'list3').reply;
    const { rowIds } = value(readWhole(clusterListReader(), recorded('management', 'list3').reply));
    const slices = indexRawClusters(text, rowIds);
    expect(slices?.size).toBe(rowIds.length);
    for (const [id, slice] of slices ?? []) {
      expect(JSON.parse(text.slice(...slice))).toMatchObject({ virtualClusterId: id });
    }
    expect(indexRawClusters('[]', ['a'])).toBeNull();
  });
});

describe('the state API', () => {
  const clusters = value(readWhole(stateReader(), recorded('nodes', 'state while jobs run').reply));
  test('fact 15: the primary cluster holds the free pool, the head in it', () => {
    const primary = clusters.find(({ id }) => id === 'kPrimaryClusterID');
    expect(primary?.undivided).toEqual({ head: 1, '4c8g': 1, '8c16g': 1 });
    expect(primary?.jobClusterIds).toEqual([]);
  });
  test('fact 22: a job cluster is its parent’s child', () => {
    expect(clusters.find(({ id }) => id === 'team')?.jobClusterIds).toEqual(['team##raysubmit_Lb78DjwMUJXvkCzE']);
  });
  test('fact 23: a finished job’s cluster stays, with its nodes, until it is released', () => {
    const jobs = value(readWhole(jobsReader(), recorded('nodes', 'jobs finished').reply));
    const job = jobs.find(({ submissionId }) => submissionId === 'raysubmit_Lb78DjwMUJXvkCzE');
    expect(job?.status).toBe('SUCCEEDED');
    const left = value(readWhole(stateReader(), recorded('nodes', 'leftovers').reply)).find(({ id }) =>
      id.endsWith(`##${job?.submissionId ?? ''}`),
    );
    expect(left?.nodes.size).toBe(1);
    expect(value(readWhole(stateReader(), recorded('nodes', 'state end').reply)).map(({ id }) => id)).toEqual([
      'kPrimaryClusterID',
    ]);
  });
  test('fact 16: resources_available is what is used, memory in bytes', () => {
    const [node] = clusters.find(({ id }) => id === 'batch')?.nodes.values() ?? [];
    expect(node?.usage.cpu).toEqual({ used: 0, total: 4 });
    expect(node?.usage.memory?.total).toBeCloseTo(22.736 * 1024 ** 3, 0);
    expect(node?.usage.gpu).toBeNull();
  });
  test('fact 18: a full node breaks it', () => {
    expect(readWhole(stateReader(), recorded('busy', 'state while busy').reply)).toEqual({
      ok: false,
      reason: 'node-full',
      detail: "KeyError: 'CPU'",
    });
  });
  test('fact 12: a trap cluster breaks it in another way', () => {
    expect(readWhole(stateReader(), recorded('management', 'state detail').reply)).toMatchObject({
      reason: 'failed',
      detail: "KeyError: 'a/b c'",
    });
  });
  test('fact 17: fewer rows than the total are truncated', () => {
    expect(readWhole(stateReader(), page([], 1))).toMatchObject({ ok: false, reason: 'truncated' });
  });
});

describe('nodes, actors, jobs, identity', () => {
  test('facts 19, 20: liveness is explicit', () => {
    const nodes = [...value(readWhole(livenessReader(), recorded('nodes', 'state nodes').reply)).values()];
    expect(nodes.filter(({ isHead }) => isHead).length).toBe(1);
    expect(nodes.every(({ state, diedAt }) => state === 'alive' && diedAt === null)).toBe(true);
    const dead = { node_id: 'n', state: 'DEAD', is_head_node: false, end_time_ms: 5, state_message: 'lost' };
    expect(value(readWhole(livenessReader(), page([dead], 1)))).toEqual(
      new Map([['n', { state: 'dead', isHead: false, diedAt: 5, message: 'lost' }]]),
    );
    expect(readWhole(livenessReader(), page([dead], 2))).toMatchObject({ reason: 'truncated' });
    expect(readWhole(livenessReader(), page([{ ...dead, state: 'LIMBO' }], 1))).toMatchObject({ reason: 'unreadable' });
  });
  test('fact 19: the summary has templates and usage while the state API is down', () => {
    const nodes = nodesIn(readWhole(summaryReader(), recorded('busyOther', 'node summary while busy').reply));
    expect(nodes.length).toBe(6);
    expect(nodes.filter(({ usage }) => usage?.cpu?.used === 4).map(({ templateId }) => templateId)).toEqual([
      '4c8g',
      '4c8g',
    ]);
    expect(nodes.find(({ isHead }) => isHead)).toMatchObject({ templateId: 'head', usage: { cpu: null } });
  });
  test('a dead node in the summary has no template and adds none', () => {
    const raylet = { nodeId: 'n', state: 'DEAD', nodeTypeName: '', isHeadNode: false, nodeManagerHostname: '' };
    const reply = (each: unknown) =>
      json({
        result: true,
        msg: '',
        data: { summary: [{ raylet: each }], nodeLogicalResources: { n: '0B/1B memory' } },
      });
    expect(nodesIn(readWhole(summaryReader(), reply(raylet)))).toEqual([]);
    expect(readWhole(summaryReader(), reply({ ...raylet, state: 'ALIVE' }))).toMatchObject({ reason: 'unreadable' });
  });
  test('fact 24: supervisors have their cluster, job clusters included', () => {
    expect(value(readWhole(actorsReader(), recorded('busyOther', 'alive actors').reply))).toEqual([
      {
        submissionId: 'raysubmit_VVhKYLXcyFCjMh4c',
        nodeId: expect.any(String),
        clusterId: 'kPrimaryClusterID##raysubmit_VVhKYLXcyFCjMh4c',
      },
      { submissionId: 'raysubmit_Z1zxiRc7uEpFeFBp', nodeId: expect.any(String), clusterId: 'batch' },
    ]);
    expect(value(readWhole(actorsReader(), recorded('nodes', 'state actors').reply)).length).toBe(1);
  });
  test('fact 24: an actor is a supervisor by its name, class and namespace together', () => {
    const forged = value(readWhole(actorsReader(), recorded('forged', 'alive actors, forged ones among them').reply));
    const { text } = recorded('forged', 'alive actors, forged ones among them').reply;
    const named = [...text.matchAll(/"_ray_internal_job_actor_([^"]+)"/g)].map(([, id = '']) => id);
    expect(named.toSorted()).toEqual(['elsewhere', 'forger', 'nobody', 'victim', 'victim', 'x##victim']);
    // One more is in Ray's own namespace, and cannot be told from a supervisor by itself.
    expect(forged.map(({ submissionId }) => submissionId).toSorted()).toEqual([
      'elsewhere',
      'forger',
      'nobody',
      'victim',
      'x##victim',
    ]);
    expect(forged.find(({ submissionId }) => submissionId === 'victim')?.clusterId).toBe('team-a');
  });
  test.each([
    ['another class', { class_name: 'Actor' }],
    ['a class that only begins so', { class_name: 'JobSupervisor2' }],
    ['a namespace of its own', { ray_namespace: 'mine' }],
    ['the anonymous namespace', { ray_namespace: '' }],
    ['no namespace', { ray_namespace: null }],
    ['a namespace in another case', { ray_namespace: 'supervisor_actor_ray_namespace' }],
    ['another name', { name: 'x_ray_internal_job_actor_a' }],
    ['no name after the prefix', { name: '_ray_internal_job_actor_' }],
    ['no life', { state: 'DEAD' }],
  ])('fact 24: an actor with %s is none', (_name, fields) => {
    const real = {
      name: '_ray_internal_job_actor_a',
      class_name: 'JobSupervisor',
      ray_namespace: 'SUPERVISOR_ACTOR_RAY_NAMESPACE',
      state: 'ALIVE',
      node_id: 'n',
      serialized_runtime_env: '{"env_vars": {"VIRTUAL_CLUSTER_ID": "team-b"}}',
    };
    expect(value(readWhole(actorsReader(), page([real], 1)))).toHaveLength(1);
    expect(value(readWhole(actorsReader(), page([{ ...real, ...fields }], 1)))).toEqual([]);
  });
  test('actors that the filter dropped are not truncated', () => {
    expect(readWhole(actorsReader(), page([], 7, 0)).ok).toBe(true);
    expect(readWhole(actorsReader(), page([], 7, 7))).toMatchObject({ reason: 'truncated' });
  });
  test('actors that Ray did not come to are: it looks through no more than it may list (fact 17)', () => {
    const result = { total: 12_000, num_after_truncation: 11_000, num_filtered: 0, result: [] };
    const reply = json({ result: true, msg: '', data: { result } });
    expect(readWhole(actorsReader(), reply)).toMatchObject({ reason: 'truncated' });
  });
  test.each([
    ['entrypoint', 'x'.repeat(5_000_000)],
    ['message', '漢'.repeat(1_000_000)],
    ['runtime_env', { env_vars: { A: 'x'.repeat(5_000_000) } }],
    ['metadata', { a: 'x'.repeat(5_000_000) }],
  ])('of a job with a huge %s little is kept', (field, huge) => {
    const job = { type: 'SUBMISSION', submission_id: 'a', status: 'RUNNING', entrypoint: 'sleep 1', message: '' };
    const [kept] = value(readWhole(jobsReader(), json([{ ...job, [field]: huge }])));
    expect(kept).toMatchObject({ submissionId: 'a', status: 'RUNNING' });
    expect(JSON.stringify(kept).length).toBeLessThan(2_000);
  });
  test('a cut entrypoint says so, and no character is cut in two', () => {
    const job = { submission_id: 'a', status: 'RUNNING', entrypoint: `${'x'.repeat(998)}😀😀` };
    expect(value(readWhole(jobsReader(), json([job])))[0]?.entrypoint).toBe(`${'x'.repeat(998)}…`);
  });
  test('fact 24: jobs by submission; plain drivers are left out', () => {
    const jobs = value(readWhole(jobsReader(), recorded('busyOther', 'jobs after stop').reply));
    expect(jobs.map(({ status, endedAt }) => [status, endedAt])).toEqual([
      ['STOPPED', 1795473221369],
      ['RUNNING', null],
    ]);
    const driver = { type: 'DRIVER', submission_id: null, status: 'RUNNING' };
    expect(value(readWhole(jobsReader(), json([driver])))).toEqual([]);
    expect(readWhole(jobsReader(), json({}))).toMatchObject({ reason: 'unreadable' });
    expect(readWhole(jobsReader(), json([{ ...driver, status: 'BUSY' }]))).toMatchObject({ reason: 'unreadable' });
  });
  test('fact 27: the session name identifies this Ray', () => {
    expect(value(readIdentity(recorded('nodes', 'version').reply))).toEqual({
      version: '2.44.1.1',
      sessionName: 'session',
    });
  });
  test('amounts as Ray writes them', () => {
    expect(
      ['22.957 GiB', '0.000 B', '80.00MiB', '4.0', 2, 'x', '1 parsec', '4 constructor', '1.', '1e3', -1].map(
        readAmount,
      ),
    ).toEqual([22.957 * 1024 ** 3, 0, 80 * 1024 ** 2, 4, 2, null, null, null, null, 1000, null]);
    expect(
      readLogicalResources('1.0/4.0 CPU (1.0 used of 2.0 reserved in placement groups)\n0.5/1.0 GPU'),
    ).toMatchObject({
      cpu: { used: 1, total: 4 },
      gpu: { used: 0.5, total: 1 },
    });
    expect(readLogicalResources('nonsense')).toBeNull();
  });
});

describe('what is as in the reading before stays the same object', () => {
  const usage = { CPU: 4, memory: '1.5 GiB' };
  const node = { hostname: 'vm-1', template_id: '4c8g', is_dead: false };
  const state = (used: number) => {
    const each = { ...node, resources_total: usage, resources_available: { CPU: used, memory: '0 B' } };
    const cluster = (id: string, nodes: unknown) => ({
      virtual_cluster_id: id,
      divisible: true,
      divided_clusters: {},
      visible_node_instances: nodes,
      undivided_nodes: nodes,
      undivided_replica_sets: {},
    });
    return page([cluster('a', {}), cluster('b', { n1: { ...each, hostname: 'vm-2' }, n2: each })], 2);
  };
  const raylet = (nodeId: string) => ({
    raylet: { nodeId, state: 'ALIVE', nodeTypeName: '4c8g', isHeadNode: false, nodeManagerHostname: `vm-${nodeId}` },
  });
  const summary = (used: number) =>
    json({
      result: true,
      msg: '',
      data: {
        summary: [raylet('n1'), raylet('n2')],
        nodeLogicalResources: { n1: `${String(used)}/4.0 CPU`, n2: '0.0/4.0 CPU' },
      },
    });

  test('of the state API: each node, and its usage with that of others', () => {
    const first = value(readWhole(stateReader(), state(0)));
    const [one, other] = first[1]?.nodes.values() ?? [];
    expect(one?.usage).toEqual({
      cpu: { used: 0, total: 4 },
      gpu: null,
      memory: { used: 0, total: 1.5 * 1024 ** 3 },
      objectStore: null,
    });
    expect(one?.usage).toBe(other?.usage);
    const again = value(readWhole(stateReader(first), state(0)));
    expect(again[1]?.nodes.get('n1')).toBe(one);
    const changed = value(readWhole(stateReader(again), state(3)));
    expect(changed[1]?.nodes.get('n1')?.usage.cpu).toEqual({ used: 3, total: 4 });
  });
  test('of the state API: a node of several clusters is one', () => {
    const each = { hostname: 'vm', template_id: '4c8g', is_dead: false, resources_total: {}, resources_available: {} };
    const cluster = (id: string) => ({
      virtual_cluster_id: id,
      divisible: true,
      divided_clusters: {},
      visible_node_instances: { n1: each },
      undivided_nodes: {},
      undivided_replica_sets: {},
    });
    const [all, one] = value(readWhole(stateReader(), page([cluster('kPrimaryClusterID'), cluster('a')], 2)));
    expect(one?.nodes.get('n1')).toBe(all?.nodes.get('n1'));
  });
  test('of the summary: each node in one reading, and its usage with that of others', () => {
    const nodes = value(readWhole(summaryReader(), summary(0)));
    expect(nodes.get('n1')).toBe(nodes.get('n1'));
    expect(nodes.get('n1')?.usage).toBe(nodes.get('n2')?.usage);
    expect(value(readWhole(summaryReader(), summary(3))).get('n1')?.usage?.cpu).toEqual({ used: 3, total: 4 });
  });
  test('of the list: the members of a cluster, unless one of them is another', () => {
    const named = (hostname: string) => list([{ ...row, nodeInstances: { n: { hostname, templateId: '4c8g' } } }]);
    const first = value(readWhole(clusterListReader(), named('vm'))).clusters;
    expect(value(readWhole(clusterListReader(first), named('vm'))).clusters[0]?.members).toBe(first[0]?.members);
    const renamed = value(readWhole(clusterListReader(first), named('vm-2'))).clusters;
    expect(renamed[0]?.members.get('n')?.hostname).toBe('vm-2');
  });
  test('of the nodes: all that are just alive are one', () => {
    const live = (node_id: string, is_head_node = false) => ({ node_id, state: 'ALIVE', is_head_node, end_time_ms: 0 });
    const nodes = value(readWhole(livenessReader(), page([live('n1'), live('n2'), live('h', true)], 3)));
    expect(nodes.get('n1')).toBe(nodes.get('n2'));
    expect([nodes.get('n1')?.isHead, nodes.get('h')?.isHead]).toEqual([false, true]);
  });
});
