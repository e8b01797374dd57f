import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodePage } from '../../contract/nodes.ts';
import { paths } from '../../contract/paths.ts';
import { timelinePage, type Sighting, type SightingKind, type TimelineEntry } from '../../contract/timeline.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';
import { seededRandom } from '../../testing/harness/seeded-random.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

let ray: SimulatedRay;
let console: ReturnType<SimulatedRay['start']>;
let page: ReadableStreamDefaultReader<Uint8Array> | undefined;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 20, '8c16g': 6 });
  console = ray.start();
  // An open page: Ray is read every few seconds.
  page = (await console.ask(paths.fleetEvents)).body?.getReader();
  void readOn();
  await ray.clock.advance(1_000);
  await console.create('ci', { '4c8g': 6 });
  await ray.clock.advance(20_000);
});

afterEach(async () => {
  await page?.cancel();
  await console.close();
});

async function readOn(): Promise<void> {
  for (let isDone: boolean | undefined = false; isDone === false;) isDone = (await page?.read())?.done;
}

async function timeline(query = ''): Promise<readonly TimelineEntry[]> {
  const reply = await console.during(console.ask(`${paths.timeline}?${query}`));
  return timelinePage.parse(await reply.json()).entries;
}
const seen = async (...kinds: SightingKind[]): Promise<readonly Sighting[]> =>
  (await timeline(`kind=${kinds.length === 0 ? 'seen' : kinds.join(',')}`)).flatMap((entry) =>
    entry.type === 'seen' ? [entry.seen.what] : [],
  );
const ofClusters = () => seen('replica-sets-changed', 'cluster-created', 'cluster-deleted');

/** What somebody sends straight to Ray: creates or changes a cluster. */
const created = (id: string, replicaSets: ReplicaSets) =>
  ray.script('POST', '/virtual_clusters', { virtualClusterId: id, divisible: false, replicaSets, revision: 0 });
const changed = (id: string, replicaSets: ReplicaSets) => ray.control('POST', `/clusters/${id}`, { replicaSets });
const clusters = async () => (await console.fleet()).clusters;
const setsOf = (all: Awaited<ReturnType<typeof clusters>>): Record<string, ReplicaSets> =>
  Object.fromEntries(
    all.map(({ id, templates }) => [id, Object.fromEntries(templates.map((t) => [t.templateId, t.count]))]),
  );

describe('replica sets', () => {
  test('that another client changed are seen before and after; by whom is not known', async () => {
    await changed('ci', { '4c8g': 7 });
    await ray.clock.advance(20_000);
    expect(await ofClusters()).toMatchObject([
      { kind: 'replica-sets-changed', clusterId: 'ci', sets: [{ templateId: '4c8g', from: 6, to: 7 }], more: 0 },
    ]);
    expect(await timeline('who=anybody')).toEqual([]);
  });

  test('that this console changed are a change, and are not seen as well; nor are their nodes as moved', async () => {
    await console.change({
      kind: 'save',
      clusterId: 'ci',
      divisible: false,
      base: await console.seen('ci'),
      want: { '4c8g': 8 },
    });
    await console.change({ kind: 'delete', clusterId: 'ci', base: await console.seen('ci') });
    await ray.clock.advance(20_000);
    expect(await ofClusters()).toEqual([]);
    expect(await seen('moved')).toEqual([]);
    expect((await timeline('kind=changes')).length).toBe(3);
  });

  test('that another client changed just before a save of ours show as both', async () => {
    const base = await console.seen('ci');
    await changed('ci', { '4c8g': 7 });
    const found = { ...base, replicaSets: { '4c8g': 7 } };
    await console.change({ kind: 'save', clusterId: 'ci', divisible: false, base: found, want: { '4c8g': 8 } });
    await ray.clock.advance(20_000);
    expect(await ofClusters()).toMatchObject([{ sets: [{ templateId: '4c8g', from: 6, to: 7 }] }]);
  });

  test('of a save whose reply was lost are not seen as another client’s', async () => {
    let isLost = true;
    const base = await console.seen('ci');
    ray.intercept('POST', () => {
      if (!isLost) return null;
      isLost = false;
      void changed('ci', { '4c8g': 8 });
      throw new TypeError('the connection was closed');
    });
    await console.change({ kind: 'save', clusterId: 'ci', divisible: false, base, want: { '4c8g': 8 } });
    await ray.clock.advance(90_000);
    expect(isLost).toBe(false);
    expect(await ofClusters()).toEqual([]);
  });
});

test('clusters that another client creates and deletes are seen, with what they had', async () => {
  await created('other', { '8c16g': 2 });
  await ray.clock.advance(20_000);
  await ray.script('DELETE', '/virtual_clusters/other');
  await ray.clock.advance(20_000);
  expect(await ofClusters()).toMatchObject([
    { kind: 'cluster-deleted', clusterId: 'other', sets: [{ templateId: '8c16g', from: 2, to: 0 }] },
    { kind: 'cluster-created', clusterId: 'other', divisible: false, sets: [{ templateId: '8c16g', from: 0, to: 2 }] },
  ]);
});

test('deaths, replacements, and the job clusters of jobs are seen', async () => {
  await ray.script('POST', '/virtual_clusters', {
    virtualClusterId: 'jobs',
    divisible: true,
    replicaSets: { '8c16g': 2 },
    revision: 0,
  });
  await ray.clock.advance(20_000);
  const job = await ray.job('jobs', { replicaSets: { '8c16g': 1 } });
  const reply = await console.during(console.ask(paths.clusterNodes('ci')));
  const [node] = nodePage.parse(await reply.json()).nodes;
  await ray.control('DELETE', `/nodes/${node?.id ?? ''}`);
  await ray.clock.advance(60_000);
  const nodes = await seen('died', 'replaced');
  expect(nodes.length).toBeGreaterThan(0);
  for (const each of nodes) expect(each).toMatchObject({ count: 1, clusterId: 'ci', nodeIds: [expect.any(String)] });
  expect(await seen('job-cluster-started')).toMatchObject([{ clusterId: 'jobs', submissionId: job }]);
  await ray.control('POST', `/jobs/${job}/finish`);
  await ray.clock.advance(60_000);
  // Left over, it is still there: only a release ends it.
  expect(await seen('job-cluster-ended')).toEqual([]);
  await ray.script('DELETE', `/virtual_clusters/${encodeURIComponent(`jobs##${job}`)}`);
  await ray.clock.advance(30_000);
  expect(await seen('job-cluster-ended')).toMatchObject([{ clusterId: 'jobs', submissionId: job }]);
});

test('a restart of Ray, an outage, and the console’s own start are seen; a short failure is no outage', async () => {
  await ray.control('POST', '/away', { away: true });
  await ray.clock.advance(15_000);
  await ray.control('POST', '/away', { away: false });
  await ray.clock.advance(60_000);
  expect(await seen('outage-began')).toEqual([]);
  await ray.control('POST', '/away', { away: true });
  await ray.clock.advance(90_000);
  await ray.control('POST', '/away', { away: false });
  await ray.control('POST', '/restart');
  await ray.clock.advance(120_000);
  const kinds = (await seen()).map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['outage-began', 'outage-ended', 'ray-restarted']));
  expect(kinds.at(-1)).toBe('console-started');
});

test('replaying what was changed and seen gives the present replica sets, over generated histories', async () => {
  const random = seededRandom(11);
  const pick = (most: number) => 1 + Math.floor(random() * most);
  for (let step = 0; step < 14; step++) {
    const id = `vc-${String(pick(3))}`;
    const existing = (await clusters()).find((each) => each.id === id);
    const want = { '4c8g': pick(4) };
    if (random() < 0.5) {
      const base = existing === undefined ? null : await console.seen(id);
      if (base !== null && random() < 0.3) await console.change({ kind: 'delete', clusterId: id, base });
      else await console.change({ kind: 'save', clusterId: id, divisible: false, base, want });
    } else if (existing !== undefined && random() < 0.3) await ray.script('DELETE', `/virtual_clusters/${id}`);
    else await (existing === undefined ? created : changed)(id, want);
    await ray.clock.advance(pick(10) * 1_000);
  }
  await ray.clock.advance(60_000);
  const replayed = new Map<string, ReplicaSets>();
  for (const entry of (await timeline()).toReversed()) {
    if (entry.type === 'change') {
      const { wanted, result } = entry.change;
      if (result?.kind !== 'applied') continue;
      if (wanted.kind === 'save') replayed.set(wanted.clusterId, wanted.want);
      else replayed.delete(wanted.clusterId);
    } else if (entry.type === 'seen' && 'sets' in entry.seen.what) {
      const { kind, clusterId, sets } = entry.seen.what;
      const before = replayed.get(clusterId) ?? {};
      for (const { templateId, from } of sets) expect(before[templateId] ?? 0).toBe(from);
      if (kind === 'cluster-deleted') replayed.delete(clusterId);
      else
        replayed.set(clusterId, { ...before, ...Object.fromEntries(sets.map((each) => [each.templateId, each.to])) });
    }
  }
  expect(Object.fromEntries(replayed)).toEqual(setsOf(await clusters()));
});
