import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { PRIMARY_CLUSTER_ID } from '../../domain/cluster-id.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { createConsoleWithSignIn, type ConsoleWithSignIn } from '../../testing/harness/console-with-sign-in.ts';

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

const change = paths.change(uuid(1));
const requests: [route: string, may: May, method: string, path: string, body?: unknown][] = [
  ['get paths.session', 'all', 'GET', paths.session],
  ['get paths.fleet', 'all', 'GET', paths.fleet],
  ['get paths.fleetEvents', 'all', 'GET', paths.fleetEvents],
  ['get paths.nodes', 'all', 'GET', paths.nodes],
  ["get '/api/nodes/:id'", 'all', 'GET', '/api/nodes/x'],
  ['get paths.map', 'all', 'GET', paths.map],
  ['get paths.mapNodes', 'all', 'GET', `${paths.mapNodes}?section=free&from=0&to=1`],
  ['get paths.lately', 'all', 'GET', `${paths.lately}?since=0`],
  ["get '/api/clusters/:id/nodes'", 'all', 'GET', '/api/clusters/team-b/nodes'],
  ["get '/api/clusters/:id/raw'", 'all', 'GET', '/api/clusters/team-b/raw'],
  ['get paths.changes', 'all', 'GET', paths.changes],
  ['get paths.changesExport', 'all', 'GET', paths.changesExport],
  ["get '/api/changes/:id'", 'all', 'GET', change],
  ["put '/api/changes/:id'", 'a', 'PUT', change, create('team-a-new')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, create('team-b-new')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, create('team-a')],
  ["put '/api/changes/:id'", 'a', 'PUT', change, remove('team-a-etl')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, remove('team-b')],
  ["put '/api/changes/:id'", 'a', 'PUT', change, release('team-a-etl##raysubmit_1')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, release('team-b##raysubmit_1')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, release('team-b##team-a-x')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, release(`${PRIMARY_CLUSTER_ID}##raysubmit_1`)],
  ["put '/api/changes/:id'", 'b', 'PUT', change, stop('team-b')],
  // The cluster is only what the request says: nothing shows the job in it.
  ["put '/api/changes/:id'", 'b', 'PUT', change, stop('team-a-etl')],
  ["put '/api/changes/:id'", 'a', 'PUT', change, whenIdle('team-a-etl')],
  ["put '/api/changes/:id'", 'b', 'PUT', change, whenIdle('team-b')],
  ["delete '/api/notices/:id'", 'b', 'DELETE', '/api/notices/x'],
  ['get paths.virtualClusters', 'all', 'GET', paths.virtualClusters],
  ['post paths.virtualClusters', 'a', 'POST', paths.virtualClusters, script('team-a-new')],
  ['post paths.virtualClusters', 'b', 'POST', paths.virtualClusters, script('team-b')],
  ['post paths.virtualClusters', 'b', 'POST', paths.virtualClusters, script(['team-a-new'])],
  ['post paths.virtualClusters', 'b', 'POST', paths.virtualClusters, {}],
  ["delete '/virtual_clusters/:id'", 'a', 'DELETE', '/virtual_clusters/team-a-etl'],
  ["delete '/virtual_clusters/:id'", 'a', 'DELETE', '/virtual_clusters/team-a-etl%23%23raysubmit_1'],
  ["delete '/virtual_clusters/:id'", 'b', 'DELETE', '/virtual_clusters/team-b'],
  ["delete '/virtual_clusters/:id'", 'b', 'DELETE', '/virtual_clusters/team-b%23%23team-a-x'],
  ["all '/simulator/*'", 'all', 'GET', '/simulator/summary'],
  ["all '/simulator/*'", 'b', 'POST', '/simulator/reset', {}],
  ["all '/simulator/*'", 'b', 'PUT', '/simulator/faults', []],
  ["all '/simulator/*'", 'b', 'DELETE', '/simulator/nodes/x'],
  ["all '/simulator/*'", 'b', 'POST', '/simulator/ray/virtual_clusters', {}],
];

describe.each(Object.keys(headersOf).filter((each): each is Who => each in headersOf))('%s', (name) => {
  test.each(requests)('%s (%s): %s %s %j', async (_route, may, method, path, body) => {
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

test('on a read-only console nobody changes anything', async () => {
  await on.close();
  on = createConsoleWithSignIn({ readOnly: true });
  for (const [, may, method, path, body] of requests) {
    if (may === 'all') continue;
    expect((await on.ask(method, path, headersOf.operator(), body)).status).toBe(403);
  }
});

test('every route of the console stands above', () => {
  const text = ['routes.ts', 'node-routes.ts']
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'))
    .join('\n');
  const routes = [...text.matchAll(/\bapp\.(get|post|put|delete|all|patch|on)\((paths\.\w+|'[^']*')/g)].map(
    ([, method, path]) => `${method ?? ''} ${path ?? ''}`,
  );
  const apart = new Set(['post paths.signIn', 'post paths.signOut', "delete '/api/changes/:id'"]);
  const tabled = new Set(requests.map(([route]) => route));
  expect(routes.filter((route) => !apart.has(route)).toSorted()).toEqual([...tabled].toSorted());
});
