import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { listRoutes, type Role, type RouteName } from '../../contract/routes.ts';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { createConsoleWithSignIn, type ConsoleWithSignIn } from '../../testing/harness/console-with-sign-in.ts';
import { goalOf } from '../../testing/harness/plan-steps.ts';

let on: ConsoleWithSignIn;
beforeEach(async () => {
  on = createConsoleWithSignIn();
  on.ray.put('team-a-etl', { '4c8g': 2 });
  on.ray.put('team-b', { '4c8g': 2 });
  await on.clock.advance(1_000);
});
afterEach(() => on.close());

const create = (clusterId: string) => ({ kind: 'save', clusterId, divisible: false, base: null, want: { '4c8g': 1 } });
const remove = (clusterId: string) => ({ kind: 'delete', clusterId, base: null });
const release = (clusterId: string) => ({ kind: 'release', clusterId });
const stop = (clusterId: string) => ({ kind: 'stop-job', clusterId, submissionId: 'raysubmit_1' });
const whenIdle = (clusterId: string) => ({
  kind: 'delete-when-idle',
  clusterId,
  base: { revision: '1', replicaSets: {}, divisible: false },
});
const goal = (clusterId: string) => goalOf(clusterId, null, { '4c8g': 1 });
const script = (virtualClusterId: unknown) => ({
  virtualClusterId,
  divisible: false,
  replicaSets: { '4c8g': 1 },
  revision: 0,
});

/** Who asks. `operator-a`: of `team-a-*` alone. */
type Who = 'nobody' | 'viewer' | 'operator-a' | 'operator';
const headersOf: Record<Who, () => Record<string, string>> = {
  nobody: () => ({}),
  viewer: () => on.token('viewer', { role: 'viewer', clusters: null }),
  'operator-a': () => on.token('a', { role: 'operator', clusters: ['team-a-*'] }),
  operator: () => on.token('all', { role: 'operator', clusters: null }),
};

/** For each request who may: `all`: who is in · `a`: operators of `team-a-*` and of all · `b`: operators of all. */
type May = 'all' | 'a' | 'b';
const who: Record<May, readonly Who[]> = {
  all: ['viewer', 'operator-a', 'operator'],
  a: ['operator-a', 'operator'],
  b: ['operator'],
};

const profile = {
  expectedVersion: 0,
  profile: { owner: 'Wei', contact: '', purpose: '', link: '', labels: [] },
};
const change = paths.change(uuid(1));
const requests: [route: RouteName, may: May, method: string, path: string, body?: unknown][] = [
  ['GET session', 'all', 'GET', paths.session],
  ['GET rays', 'all', 'GET', paths.rays],
  ['GET fleet', 'all', 'GET', paths.fleet],
  ['GET fleetEvents', 'all', 'GET', paths.fleetEvents],
  ['POST fleetRead', 'all', 'POST', paths.fleetRead],
  ['GET nodes', 'all', 'GET', paths.nodes],
  ['GET node', 'all', 'GET', '/api/nodes/x'],
  ['GET map', 'all', 'GET', paths.map],
  ['GET mapNodes', 'all', 'GET', `${paths.mapNodes}?section=free&from=0&to=1`],
  ['GET lately', 'all', 'GET', `${paths.lately}?since=0`],
  ['GET usage', 'all', 'GET', paths.usage],
  ['GET usageSummary', 'all', 'GET', paths.usageSummary],
  ['GET usageTrends', 'all', 'GET', paths.usageTrends],
  ['GET usageExport', 'all', 'GET', paths.usageExport],
  ['GET usageSummaryExport', 'all', 'GET', paths.usageSummaryExport],
  ['GET clusterNodes', 'all', 'GET', '/api/clusters/team-b/nodes'],
  ['GET clusterRaw', 'all', 'GET', '/api/clusters/team-b/raw'],
  ['GET changes', 'all', 'GET', paths.changes],
  ['GET changesExport', 'all', 'GET', paths.changesExport],
  ['GET timeline', 'all', 'GET', paths.timeline],
  ['GET timelineExport', 'all', 'GET', paths.timelineExport],
  ['GET change', 'all', 'GET', change],
  ['PUT change', 'a', 'PUT', change, create('team-a-new')],
  ['PUT change', 'b', 'PUT', change, create('team-b-new')],
  ['PUT change', 'b', 'PUT', change, create('team-a')],
  ['PUT change', 'a', 'PUT', change, remove('team-a-etl')],
  ['PUT change', 'b', 'PUT', change, remove('team-b')],
  ['PUT change', 'a', 'PUT', change, release('team-a-etl##raysubmit_1')],
  ['PUT change', 'b', 'PUT', change, release('team-b##raysubmit_1')],
  ['PUT change', 'b', 'PUT', change, release('team-b##team-a-x')],
  ['PUT change', 'b', 'PUT', change, release(`${PRIMARY_CLUSTER_ID}##raysubmit_1`)],
  ['PUT change', 'b', 'PUT', change, stop('team-b')],
  // The cluster is only what the request says: nothing shows the job in it.
  ['PUT change', 'b', 'PUT', change, stop('team-a-etl')],
  ['PUT change', 'a', 'PUT', change, whenIdle('team-a-etl')],
  ['PUT change', 'b', 'PUT', change, whenIdle('team-b')],
  ['PUT abandonment', 'a', 'PUT', paths.abandonment(uuid(1)), { clusterId: 'team-a-etl' }],
  ['PUT abandonment', 'b', 'PUT', paths.abandonment(uuid(1)), { clusterId: 'team-b' }],
  ['GET plans', 'all', 'GET', paths.plans],
  ['POST plans', 'all', 'POST', paths.plans, { goals: [goal('team-b')] }],
  ['GET plan', 'all', 'GET', paths.plan(uuid(1))],
  ['PUT plan', 'a', 'PUT', paths.plan(uuid(1)), { version: 0, name: 'x', goals: [goal('team-a-new')] }],
  [
    'PUT plan',
    'b',
    'PUT',
    paths.plan(uuid(1)),
    { version: 0, name: 'x', goals: [goal('team-a-new'), goal('team-b-new')] },
  ],
  ['DELETE plan', 'a', 'DELETE', paths.plan(uuid(1))],
  ['POST planRun', 'a', 'POST', paths.planRun(uuid(1)), { kind: 'run', version: 1 }],
  ['GET profileEdits', 'all', 'GET', paths.profileEdits],
  ['GET clusterProfile', 'all', 'GET', '/api/clusters/team-b/profile'],
  ['PUT clusterProfile', 'a', 'PUT', '/api/clusters/team-a-etl/profile', profile],
  ['PUT clusterProfile', 'b', 'PUT', '/api/clusters/team-b/profile', profile],
  ['PUT clusterProfile', 'b', 'PUT', '/api/clusters/team-b%23%23team-a-etl/profile', profile],
  ['DELETE notice', 'b', 'DELETE', '/api/notices/x'],
  ['GET virtualClusters', 'all', 'GET', paths.virtualClusters],
  ['POST virtualClusters', 'a', 'POST', paths.virtualClusters, script('team-a-new')],
  ['POST virtualClusters', 'b', 'POST', paths.virtualClusters, script('team-b')],
  ['POST virtualClusters', 'b', 'POST', paths.virtualClusters, script(['team-a-new'])],
  ['POST virtualClusters', 'b', 'POST', paths.virtualClusters, {}],
  ['DELETE virtualCluster', 'a', 'DELETE', '/virtual_clusters/team-a-etl'],
  ['DELETE virtualCluster', 'a', 'DELETE', '/virtual_clusters/team-a-etl%23%23raysubmit_1'],
  ['DELETE virtualCluster', 'b', 'DELETE', '/virtual_clusters/team-b'],
  ['DELETE virtualCluster', 'b', 'DELETE', '/virtual_clusters/team-b%23%23team-a-x'],
  ['GET simulator', 'all', 'GET', '/simulator/summary'],
  ['POST simulator', 'b', 'POST', '/simulator/reset', {}],
  ['PUT simulator', 'b', 'PUT', '/simulator/faults', []],
  ['DELETE simulator', 'b', 'DELETE', '/simulator/nodes/x'],
  ['POST simulator', 'b', 'POST', '/simulator/ray/virtual_clusters', {}],
];

describe.each(Object.keys(headersOf).filter((each): each is Who => each in headersOf))('%s', (name) => {
  test.each(requests)('%s (%s): %s %s %j', async (_name, may, method, path, body) => {
    const reply = await on.ask(method, path, headersOf[name](), body);
    void reply.body?.cancel();
    if (name === 'nobody') expect(reply.status).toBe(401);
    else if (who[may].includes(name)) expect([401, 403]).not.toContain(reply.status);
    else expect(reply.status).toBe(403);
    if (reply.status !== 401 && reply.status !== 403) return;
    await on.clock.advance(1_000);
    expect([on.ray.saved, on.ray.removed, on.ray.stopped]).toEqual([[], [], []]);
    expect(on.ray.forwarded.filter(({ method: sent }) => sent !== 'GET')).toEqual([]);
  });
});

test('a deletion that waits is cancelled only by who may change its cluster', async () => {
  const put = (id: string, clusterId: string) =>
    on.ask('PUT', paths.change(id), headersOf.operator(), whenIdle(clusterId));
  await put(uuid(1), 'team-a-etl');
  await put(uuid(2), 'team-b');
  for (const name of ['viewer', 'operator-a'] as const) {
    expect((await on.ask('DELETE', paths.change(uuid(2)), headersOf[name]())).status).toBe(403);
  }
  expect((await on.ask('DELETE', paths.change(uuid(1)), headersOf['operator-a']())).status).not.toBe(403);
});

test('nobody stops a change by giving it up in the name of a cluster that they may change', async () => {
  const abandon = (name: Who, clusterId: string) =>
    on.ask('PUT', paths.abandonment(uuid(1)), headersOf[name](), { clusterId });
  expect((await abandon('viewer', 'team-b')).status).toBe(403);
  expect((await abandon('operator-a', 'team-b')).status).toBe(403);
  expect((await abandon('operator-a', 'team-a-etl')).status).toBe(200);
  expect((await on.ask('PUT', change, headersOf.operator(), remove('team-b'))).status).toBe(200);
  expect(on.ray.removed).toEqual(['team-b']);
});

test('reading a change that does not exist has no effect on one that arrives later', async () => {
  expect((await on.ask('GET', change, headersOf.viewer())).status).toBe(404);
  expect((await on.ask('PUT', change, headersOf.operator(), remove('team-b'))).status).toBe(200);
});

test('on a read-only console nobody changes anything', async () => {
  await on.close();
  on = createConsoleWithSignIn({ readOnly: true });
  for (const [, may, method, path, body] of requests) {
    if (may === 'all') continue;
    expect((await on.ask(method, path, headersOf.operator(), body)).status).toBe(403);
  }
});

/** Who may make a route's requests, by its role in the table: the same role means other people for other clusters. */
const mayByRole: Record<Exclude<Role, 'anyone'>, readonly May[]> = {
  viewer: ['all'],
  'operator-of-cluster': ['a', 'b'],
  'operator-of-all': ['b'],
};

test('every route of the console stands above, for the role that the table of routes gives it', () => {
  const apart: readonly RouteName[] = ['POST signIn', 'POST signOut', 'DELETE change'];
  const routes = listRoutes();
  const tabled = new Set<string>(requests.map(([route]) => route));
  const expected = routes.map(({ name }) => name).filter((name) => !apart.some((each) => each === name));
  expect(expected.toSorted()).toEqual([...tabled].toSorted());
  for (const [route, may] of requests) {
    const role = routes.find(({ name }) => name === route)?.role ?? 'anyone';
    expect(role, route).not.toBe('anyone');
    if (role !== 'anyone') expect(mayByRole[role], route).toContain(may);
  }
});
