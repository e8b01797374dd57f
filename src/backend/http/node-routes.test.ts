import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recentEvents, EVENT_RETENTION, type FleetEvent, type RecentEvents } from '../../contract/recent-events.ts';
import { mapNodes, mapUpdate, type MapUpdate } from '../../contract/map.ts';
import { nodeDetail, nodePage, type NodeRow } from '../../contract/nodes.ts';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

let ray: SimulatedRay;
let console: ReturnType<SimulatedRay['start']>;
/** A page that is open and reads on, so that Ray is read every few seconds. */
let page: ReadableStreamDefaultReader<Uint8Array> | undefined;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 6, '8c16g': 3 });
  console = ray.start();
  page = (await console.ask(paths.fleetEvents)).body?.getReader();
  void readOn();
  await ray.clock.advance(1_000);
  await console.create('batch', { '4c8g': 2 });
  await console.create('team', { '4c8g': 1, '8c16g': 1 }, true);
  await ray.clock.advance(30_000);
});

afterEach(async () => {
  await page?.cancel();
  await console.close();
});

async function readOn(): Promise<void> {
  for (let isDone: boolean | undefined = false; isDone === false;) isDone = (await page?.read())?.done;
}

const ask = (path: string) => console.during(console.ask(path));
const json = async (path: string): Promise<unknown> => (await ask(path)).json();
const map = async (since?: string): Promise<MapUpdate> =>
  mapUpdate.parse(await json(since === undefined ? paths.map : `${paths.map}?since=${since}`));
const recentEventsSince = async (since = 0): Promise<RecentEvents> =>
  recentEvents.parse(await json(`${paths.lately}?since=${String(since)}`));
const nodes = async (query: string): Promise<readonly NodeRow[]> =>
  nodePage.parse(await json(`${paths.nodes}?${query}`)).nodes;
const kinds = (all: readonly FleetEvent[]) => all.map(({ kind }) => kind);

async function firstNode(query: string): Promise<NodeRow> {
  const [node] = await nodes(query);
  if (node === undefined) throw new Error(`no node for ${query}`);
  return node;
}

describe('the map', () => {
  test('has each node that the pages have, where they say, and the numbers that the fleet tells', async () => {
    const whole = await map();
    const fleet = await console.fleet();
    expect(whole).toMatchObject({ whole: true, removed: [] });
    expect(whole.version.split('-').at(-1)).toBe(String(fleet.map));
    expect(whole.version.split('-').slice(0, -1)).toEqual(fleet.version.split('-').slice(0, -1));
    const all = await nodes('limit=500');
    expect(all).toHaveLength(10);
    for (const { id, hostname, cell, place, clusterId, templateId } of all) {
      const section = whole.sections.find(({ key }) => key === place?.section);
      expect(section).toMatchObject({ clusterId, jobClusterId: null, templateId });
      expect(section?.cells?.[place?.slot ?? -1]).toBe(cell);
      const path = `${paths.mapNodes}?section=${encodeURIComponent(place?.section ?? '')}&from=${String(place?.slot)}&to=${String((place?.slot ?? 0) + 1)}`;
      expect(mapNodes.parse(await json(path))).toMatchObject({
        ids: [id],
        hostnames: [hostname],
        version: whole.version,
      });
    }
  });

  test('tells one cell when one node dies, and nothing when nothing moved', async () => {
    const before = await map();
    const { id, place } = await firstNode('free=true&template=8c16g');
    expect(place?.section).toBe('//8c16g');
    await ray.control('DELETE', `/nodes/${id}`);
    await ray.clock.advance(20_000);
    const after = await map(before.version);
    const cells = [...(before.sections.find(({ key }) => key === '//8c16g')?.cells ?? '')]
      .with(place?.slot ?? -1, 'd')
      .join('');
    expect(after).toMatchObject({ whole: false, sections: [{ key: '//8c16g', cells }], removed: [] });
    expect(await map(after.version)).toMatchObject({ whole: false, sections: [], removed: [] });
  });

  test('moves without being asked when a node that arrived has been there for a minute', async () => {
    const { nodeIds }: { nodeIds: string[] } = await (
      await ray.control('POST', '/nodes', { templateId: '4c8g', count: 1 })
    ).json();
    await ray.clock.advance(10_000);
    const arrived = await map();
    expect((await firstNode(`q=${nodeIds[0] ?? ''}`)).cell).toBe('n');
    expect((await firstNode('state=arriving')).id).toBe(nodeIds[0]);
    const { map: number } = await console.fleet();
    await ray.clock.advance(60_000);
    expect((await console.fleet()).map).toBe(number + 1);
    expect(await map(arrived.version)).toMatchObject({ whole: false, sections: [{ key: '//4c8g' }] });
    expect((await firstNode(`q=${nodeIds[0] ?? ''}`)).cell).toBe('i');
  });
});

describe('what happened lately', () => {
  test('is told as it happens, with a number that the fleet tells', async () => {
    const { last } = await recentEventsSince();
    const { id } = await firstNode('cluster=batch');
    await ray.control('DELETE', `/nodes/${id}`);
    await ray.clock.advance(30_000);
    const recent = await recentEventsSince(last);
    expect((await console.fleet()).lately).toBe(recent.last);
    expect(recent.happenings).toMatchObject([
      { kind: 'died', clusterId: 'batch', templateId: '4c8g', count: 1, nodeIds: [id] },
      { kind: 'replaced', clusterId: 'batch', templateId: '4c8g', count: 1 },
    ]);
    const [fresh] = recent.happenings.flatMap((each) => (each.kind === 'replaced' ? each.nodeIds : []));
    expect((await nodes('cluster=batch')).map((each) => each.id)).toContain(fresh);
    await ray.clock.advance(EVENT_RETENTION);
    expect((await recentEventsSince()).happenings).toEqual([]);
  });

  test('tells what our own writes and other people’s do', async () => {
    expect(kinds((await recentEventsSince()).happenings)).toEqual([
      'cluster-created',
      'moved',
      'cluster-created',
      'moved',
      'moved',
    ]);
    const { last } = await recentEventsSince();
    await ray.script('DELETE', '/virtual_clusters/batch');
    await ray.clock.advance(10_000);
    expect((await recentEventsSince(last)).happenings).toMatchObject([
      { kind: 'moved', from: 'batch', to: null, count: 2 },
      { kind: 'cluster-deleted', clusterId: 'batch' },
    ]);
  });

  test('is nothing when a Ray is restarted, nor while it can’t be read, nor after', async () => {
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    expect(await recentEventsSince()).toMatchObject({ last: 0, happenings: [] });
    ray.intercept('GET', () => new Response('gone', { status: 502 }));
    await ray.clock.advance(60_000);
    expect((await nodes('limit=500')).map(({ cell }) => cell).join('')).toBe('u'.repeat(10));
    ray.intercept('GET', () => null);
    await ray.clock.advance(60_000);
    expect((await nodes('state=alive')).length).toBe(10);
    expect(await recentEventsSince()).toMatchObject({ last: 0, happenings: [] });
  });
});

test('the nodes of a virtual cluster are found in it as all are, and no others', async () => {
  const page = async (query: string) => nodePage.parse(await json(`${paths.clusterNodes('batch')}?${query}`));
  const all = await page('');
  expect(all.total).toBe(2);
  expect(all.nodes.map(({ clusterId }) => clusterId)).toEqual(['batch', 'batch']);
  expect((await page(`q=${all.nodes[1]?.id ?? ''}`)).nodes).toEqual([all.nodes[1]]);
  expect((await page('cluster=team')).total).toBe(2);
});

describe('one node', () => {
  test('is told with its place and the jobs whose supervisor runs on it', async () => {
    const submissionId = await ray.job('batch', { cpus: 1 });
    await ray.clock.advance(10_000);
    const here = (await nodes('cluster=batch')).map(({ id }) => json(paths.node(id)));
    const details = (await Promise.all(here)).map((each) => nodeDetail.parse(each));
    expect(details.map(({ node }) => [node.clusterId, node.place?.section])).toEqual([
      ['batch', 'batch//4c8g'],
      ['batch', 'batch//4c8g'],
    ]);
    const jobs = details.flatMap(({ node, jobs: each }) =>
      each.known ? each.value.map((job) => ({ on: node.id, ...job })) : [],
    );
    expect(jobs).toMatchObject([{ submissionId, clusterId: 'batch', status: { known: true, value: 'RUNNING' } }]);
    expect(jobs[0]?.supervisorNodeId).toBe(jobs[0]?.on);
  });

  test('has unknown jobs while Ray does not tell its supervisors', async () => {
    const { id } = await firstNode('');
    await ray.control('PUT', '/faults', [{ method: 'GET', path: '/api/v0/actors*', kind: 'traceback' }]);
    await ray.clock.advance(10_000);
    expect(nodeDetail.parse(await json(paths.node(id))).jobs).toMatchObject({ known: false, source: 'actors' });
  });
});

test.each([
  [paths.node('nope'), 404, 'no-such-node'],
  ['/api/nodes/%ff', 400, 'bad-path'],
  [`${paths.nodes}?state=sleepy`, 400, 'bad-query'],
  [`${paths.nodes}?sort=mood`, 400, 'bad-query'],
  [`${paths.nodes}?free=1`, 400, 'bad-query'],
  [paths.mapNodes, 400, 'bad-query'],
  [`${paths.mapNodes}?section=x&from=-1`, 400, 'bad-query'],
  [`${paths.mapNodes}?section=x&from=5&to=4`, 400, 'bad-query'],
  [`${paths.mapNodes}?section=x&from=0&to=1001`, 400, 'bad-query'],
  [`${paths.mapNodes}?section=x`, 404, 'no-such-section'],
  [`${paths.lately}?since=x`, 400, 'bad-query'],
  [paths.clusterNodes('nope'), 404, 'no-such-cluster'],
])('%s → %i %s', async (path, status, code) => {
  const reply = await ask(path);
  expect(reply.status).toBe(status);
  const body = problem.parse(await reply.json());
  expect(body.problem).toBe(code);
  expect(body.detail).toMatch(/\.$/);
});

test.each([paths.map, paths.mapNodes, paths.lately, paths.node('x')])('%s can only be read', async (path) => {
  const reply = await console.write('POST', path, {});
  expect([reply.status, reply.headers.get('Allow')]).toEqual([405, 'GET, HEAD']);
});
