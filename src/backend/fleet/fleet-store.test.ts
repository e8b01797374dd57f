import { expect, test } from 'vitest';
import { NO_REVISION } from '../../domain/revision.ts';
import type { ListedCluster, StateCluster } from '../../domain/sources.ts';
import type { RayRead } from '../../ray/client/ray.ts';
import { createFleetStore } from './fleet-store.ts';
import { createShownFleet } from './shown-fleet.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { listedJob } from '../../testing/harness/jobs.ts';

const usage = { cpu: { used: 0, total: 4 }, gpu: null, memory: null, objectStore: null };

function good<T>(value: T): RayRead<T> {
  return { ok: true, value, bytes: 1, begunAt: 0, arrivedAt: 0 };
}

test('what a reading shows is remembered even if nobody looked before the next one came', () => {
  const clock = createHandClock();
  const store = createFleetStore({ clock, ids: () => 'e', startedReadOnly: false });
  const leftover: StateCluster = {
    id: 'kPrimaryClusterID##raysubmit_1',
    divisible: false,
    jobClusterIds: [],
    nodes: new Map([['n', { hostname: 'vm', templateId: '4c8g', isDead: false, usage }]]),
    undivided: { '4c8g': 1 },
  };
  store.accept('state', good([leftover]), store.moment());
  store.accept('state', { ok: false, reason: 'node-full', detail: '', begunAt: 0, arrivedAt: 0 }, store.moment());
  store.accept(
    'liveness',
    good(new Map([['n', { state: 'alive' as const, isHead: false, diedAt: null, message: null }]])),
    store.moment(),
  );
  const { pool, nodes } = store.fleet();
  expect(pool.jobClusters).toMatchObject({ known: true, value: [{ submissionId: 'raysubmit_1' }] });
  expect(nodes.get('n')).toMatchObject({ templateId: '4c8g', jobClusterId: leftover.id });
});

test('an unchanged reading makes no new fleet, and its age is reported', async () => {
  const clock = createHandClock();
  const store = createFleetStore({ clock, ids: () => 'e', startedReadOnly: false });
  const cluster = (hostname: string): ListedCluster => ({
    id: 'a',
    divisible: false,
    revision: NO_REVISION,
    members: new Map([['n', { hostname, templateId: '4c8g' }]]),
  });
  const job = listedJob('j');
  const readAll = (hostname: string) => {
    store.acceptList(good({ clusters: [cluster(hostname)], raw: () => null }), store.moment());
    store.accept('jobs', good([{ ...job }]), store.moment());
    store.acceptIdentity(good({ version: '2', sessionName: 's' }), store.moment());
    store.accept('state', { ok: false, reason: 'node-full', detail: '', begunAt: 0, arrivedAt: 0 }, store.moment());
  };
  const shown = createShownFleet({ store, clock, pending: () => [], notice: () => null });
  readAll('one');
  const [fleet, version] = [store.fleet(), shown.version()];
  await clock.advance(5_000);
  readAll('one');
  expect(store.fleet()).toBe(fleet);
  expect(shown.version()).toBe(version);
  expect(shown.updateSince(version)).toMatchObject({
    clusters: [],
    sources: { list: { readAt: clock.now() }, jobs: { readAt: clock.now() } },
  });
  readAll('another');
  expect(store.fleet()).not.toBe(fleet);
  expect(store.fleet().nodes.get('n')?.hostname).toBe('another');
});
