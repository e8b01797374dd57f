import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { createSimulatedRay } from '../../testing/harness/simulated-console.ts';

type SimulatedRay = Awaited<ReturnType<typeof createSimulatedRay>>;

let ray: SimulatedRay;
let console: ReturnType<SimulatedRay['start']>;

beforeEach(async () => {
  ray = await createSimulatedRay({ '4c8g': 6, '8c16g': 3 });
  console = ray.start();
  await ray.clock.advance(1_000);
  await console.create('batch', { '4c8g': 2 });
  await console.create('team', { '4c8g': 1, '8c16g': 1 }, true);
});

afterEach(() => console.close());

const notice = async () => (await console.fleet()).notice;
const ids = async () => (await console.fleet()).clusters.map(({ id }) => id);
const removeByScript = (id: string) => ray.script('DELETE', `/virtual_clusters/${id}`);
const both = [
  { id: 'batch', divisible: false, replicaSets: { '4c8g': 2 } },
  { id: 'team', divisible: true, replicaSets: { '4c8g': 1, '8c16g': 1 } },
];

describe('a Ray that was restarted', () => {
  test('is told, with what there was before, and starts another epoch', async () => {
    const before = (await console.fleet()).version;
    const at = ray.clock.now();
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    const fleet = await console.fleet();
    expect(fleet.notice).toMatchObject({ kind: 'restarted', lastSeen: both });
    expect((fleet.notice?.at ?? 0) - at).toBeLessThanOrEqual(31_000);
    expect(fleet.version.split('-').slice(0, -1)).not.toEqual(before.split('-').slice(0, -1));
    expect(fleet.clusters).toEqual([]);
  });

  test('is detected before anything of it is shown, after an outage', async () => {
    const epochOf = (version: string) => version.slice(0, version.lastIndexOf('-'));
    const old = epochOf((await console.fleet()).version);
    await ray.control('POST', '/away', { away: true });
    await ray.clock.advance(10_000);
    await ray.control('POST', '/restart');
    await ray
      .script('POST', '/virtual_clusters', {
        virtualClusterId: 'other',
        divisible: false,
        replicaSets: { '4c8g': 1 },
        revision: 0,
      })
      .catch(() => null);
    await ray.control('POST', '/away', { away: false });
    await ray.script('POST', '/virtual_clusters', {
      virtualClusterId: 'other',
      divisible: false,
      replicaSets: { '4c8g': 1 },
      revision: 0,
    });
    const seen: [boolean, readonly string[]][] = [];
    for (let step = 0; step < 40; step++) {
      await ray.clock.advance(500);
      const fleet = await console.fleet();
      seen.push([epochOf(fleet.version) === old, fleet.clusters.map(({ id }) => id)]);
    }
    expect(seen.at(-1)).toEqual([false, ['other']]);
    for (const [isOld, shown] of seen)
      expect(shown.includes('other') && (isOld || shown.includes('batch'))).toBe(false);
  });

  test('is reported until somebody dismisses it, for everybody', async () => {
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    const { id } = (await notice()) ?? {};
    expect((await console.write('DELETE', paths.notice('another'))).status).toBe(204);
    expect((await notice())?.id).toBe(id);
    expect((await console.write('DELETE', paths.notice(id ?? ''))).status).toBe(204);
    expect(await notice()).toBeNull();
  });

  test('is reported until all of its virtual clusters are there again', async () => {
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    await console.create('batch', { '4c8g': 1 });
    await ray.clock.advance(40_000);
    expect((await notice())?.lastSeen).toEqual(both);
    await console.create('team', { '4c8g': 1 }, true);
    await ray.clock.advance(40_000);
    expect(await notice()).toBeNull();
  });

  test('is reported a second time with what is still missing from the first', async () => {
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    await console.create('batch', { '4c8g': 1 });
    await ray.control('POST', '/restart');
    await ray.clock.advance(40_000);
    expect((await notice())?.lastSeen).toEqual([
      { id: 'batch', divisible: false, replicaSets: { '4c8g': 1 } },
      both[1],
    ]);
  });

  test('is not reported when the simulation did it on purpose', async () => {
    const other = await createSimulatedRay({ '4c8g': 3 });
    const simulated = other.start();
    await other.clock.advance(1_000);
    await simulated.create('a', { '4c8g': 1 });
    const reply = await simulated.write('POST', '/simulator/reset', { templates: { '4c8g': 2 } });
    expect(reply.status).toBe(200);
    await other.clock.advance(40_000);
    expect(await simulated.fleet()).toMatchObject({ notice: null, clusters: [] });
    await simulated.close();
  });
});

describe('a list that becomes empty at once', () => {
  test('is reported with what there was', async () => {
    await Promise.all([removeByScript('batch'), removeByScript('team')]);
    await ray.clock.advance(40_000);
    expect(await ids()).toEqual([]);
    expect(await notice()).toMatchObject({ kind: 'emptied', lastSeen: both });
  });

  test('is not reported after own deletes', async () => {
    await console.change({ kind: 'delete', clusterId: 'batch', base: null });
    await console.change({ kind: 'delete', clusterId: 'team', base: null });
    await ray.clock.advance(30_000);
    expect(await ids()).toEqual([]);
    expect(await notice()).toBeNull();
  });

  test('is not reported after own deletes whose replies were lost', async () => {
    await ray.control('PUT', '/faults', [{ method: 'DELETE', path: '/virtual_clusters/*', kind: 'loseReply' }]);
    await Promise.all(['batch', 'team'].map((id) => console.change({ kind: 'delete', clusterId: id, base: null })));
    await ray.clock.advance(30_000);
    expect(await ids()).toEqual([]);
    expect(await notice()).toBeNull();
  });

  test('is not reported when somebody deleted the only one', async () => {
    await console.change({ kind: 'delete', clusterId: 'batch', base: null });
    await removeByScript('team');
    await ray.clock.advance(40_000);
    expect(await ids()).toEqual([]);
    expect(await notice()).toBeNull();
  });
});
