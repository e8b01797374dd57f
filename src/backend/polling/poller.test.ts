import { beforeEach, describe, expect, test } from 'vitest';
import { createFleetStore, type FleetStore } from '../fleet/fleet-store.ts';
import { createShownFleet } from '../fleet/shown-fleet.ts';
import { createWritePriority } from './write-priority.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay, type ScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createPoller, type Poller } from './poller.ts';

let clock: HandClock;
let ray: ScriptedRay;
let store: FleetStore;
let poller: Poller;
let start: number;
let unwatch: () => void;

beforeEach(async () => {
  clock = createHandClock();
  ray = createScriptedRay(clock);
  ray.put('vc', { '4c8g': 2 });
  ray.freeNodes.push('free-1');
  start = clock.now();
  let ids = 0;
  store = createFleetStore({ clock, ids: () => `id${String((ids += 1))}`, startedReadOnly: false });
  poller = createPoller({ ray, store, clock, writePriority: createWritePriority(clock) });
  unwatch = poller.addWatcher();
  await clock.settle();
});

const readAt = (name: 'list' | 'summary') => (store.state(name).last?.begunAt ?? Number.NaN) - start;
const shownFleet = () => createShownFleet({ store, clock, pending: () => [], notice: () => null }).updateSince(null);
const free = () => store.fleet().pool.templates.find(({ templateId }) => templateId === '4c8g')?.free;

describe("Ray's cache (fact 4)", () => {
  test('a large list is polled through the cache: each reply counts as 10 s older than the cached read before', async () => {
    ray.listBytes = 600_000;
    await clock.advance(6_000);
    const fresh = readAt('list');
    // The first cached reply may be of any age, so it replaces nothing; the second may be older than the held reading.
    await clock.advance(6_000);
    expect(readAt('list')).toBe(fresh);
    // From then on its age does not mean that Ray is slow.
    expect(shownFleet().sources.list.fromCache).toBe(true);
    expect(shownFleet().sources.jobs).not.toHaveProperty('fromCache');
    await clock.advance(30_000);
    const plain = ray.reads.filter((each) => each.name === 'list' && !each.fresh);
    expect(readAt('list')).toBe((plain.at(-2)?.at ?? Number.NaN) - start - 10_000);
    expect(shownFleet().sources.list.fromCache).toBe(true);
    await poller.refresh('list');
    expect(shownFleet().sources.list).not.toHaveProperty('fromCache');
  });

  test('a cached read after a long pause counts as old as that pause, though the interval is short again', async () => {
    ray.listBytes = 600_000;
    unwatch();
    await clock.advance(85_000);
    poller.addWatcher();
    await clock.advance(0);
    const plain = ray.reads.filter((each) => each.name === 'list' && !each.fresh).map(({ at }) => at - start);
    expect(plain.at(-1)).toBe(85_000);
    expect(plain.at(-2)).toBeLessThan(70_000);
    expect(readAt('list')).toBe((plain.at(-2) ?? Number.NaN) - 10_000);
  });

  test('holds for the summary, too: an old cached reply does not replace a fresh one', async () => {
    ray.failing.state = 'node-full';
    ray.summaryBytes = 600_000;
    const ages = [readAt('summary')];
    store.subscribe(() => ages.push(readAt('summary')));
    await clock.advance(40_000);
    expect(ages).toEqual(ages.toSorted((one, other) => one - other));
    const plain = ray.reads.filter((each) => each.name === 'summary' && !each.fresh);
    expect(plain.length).toBeGreaterThan(3);
    expect(readAt('summary')).toBe((plain.at(-2)?.at ?? Number.NaN) - start - 2_000);
  });
});

describe('while the state API is down', () => {
  test('the nodes are read after each list, and on their own only when none comes', async () => {
    ray.failing.state = 'node-full';
    ray.hold = () => new Promise((resolve) => clock.after(500, resolve));
    await clock.advance(20_000);
    const before = ray.reads.length;
    await clock.advance(16_500);
    const names = ray.reads
      .slice(before)
      .filter(({ name }) => name !== 'summary')
      .map(({ name }) => name);
    expect(names).toEqual(['list', 'liveness', 'list', 'liveness', 'list', 'liveness']);
  });

  test('the free pool is an upper bound, and stays known from then on', async () => {
    ray.failing.state = 'node-full';
    await clock.advance(3_000);
    expect(free()).toMatchObject({ known: true, value: { count: 1, atMost: true } });
    const seen = new Set<string>();
    store.subscribe(() => seen.add(JSON.stringify(free())));
    await clock.advance(60_000);
    expect([...seen]).toEqual([JSON.stringify(free())]);
  });

  test('nodes that a write took leave the pool at once', async () => {
    ray.failing.state = 'node-full';
    await clock.advance(6_000);
    const there = ray.clusters.get('vc');
    if (there === undefined) throw new Error('gone');
    const members = new Map([...there.members, ['free-1', { hostname: 'vm', templateId: '4c8g' }]]);
    store.applyWrite('vc', { ...there, members }, store.moment());
    expect(free()).toMatchObject({ known: true, value: { count: 0, atMost: true } });
  });
});

test('the number of nodes is unknown while no source lists them, and never that of the members alone', async () => {
  expect(shownFleet().nodeCounts.total).toMatchObject({ known: true, value: 3 });
  ray.failing = { ...ray.failing, state: 'failed', liveness: 'failed', summary: 'failed' };
  await clock.advance(31_000);
  expect(shownFleet().nodeCounts.total).toMatchObject({
    known: false,
    reason: 'failed',
    source: 'liveness',
    last: { value: 3 },
  });
});

test('after a series of writes, an expensive source is read no more often than its cost allows', async () => {
  ray.hold = () => new Promise((resolve) => clock.after(1_000, resolve));
  void poller.refresh('list');
  await clock.advance(2_000);
  const before = ray.listReads.length;
  for (let second = 0; second < 30; second++) {
    poller.refreshAfterWrite();
    await clock.advance(1_000);
  }
  expect(ray.listReads.length - before).toBeLessThanOrEqual(3);
  expect(ray.listReads.at(-1)).toBe(true);
});

describe('large replies', () => {
  test('are first read one after the other, starting with the list', async () => {
    const slow = createScriptedRay(clock);
    let release: () => void = () => undefined;
    slow.hold = () => new Promise((resolve) => (release = resolve));
    const other = createFleetStore({ clock, ids: () => 'other', startedReadOnly: false });
    const second = createPoller({ ray: slow, store: other, clock, writePriority: createWritePriority(clock) });
    await clock.settle();
    expect(slow.reads.map(({ name }) => name).toSorted()).toEqual(['list', 'liveness']);
    expect(other.state('state').last).toBeNull();
    release();
    await clock.settle();
    expect(slow.reads.map(({ name }) => name)).toContain('summary');
    expect(other.state('state').last).not.toBeNull();
    second.close();
  });

  const summaryReads = () => ray.reads.filter(({ name }) => name === 'summary').map(({ at }) => at);

  test('one that is too large is tried again soon, and ever more rarely while it stays so', async () => {
    ray.failing.summary = 'too-large';
    await poller.refresh('summary');
    const before = summaryReads().length - 1;
    await clock.advance(20 * 60_000);
    const times = summaryReads().slice(before);
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
    expect(pauses).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
    await poller.refresh('summary');
    expect(summaryReads().length).toBe(before + times.length + 1);
  });

  test('one that was too large once is read as before after a good one', async () => {
    ray.failing.summary = 'too-large';
    await poller.refresh('summary');
    expect(shownFleet().sources.summary.failure?.reason).toBe('too-large');
    await clock.advance(29_000);
    ray.failing.summary = null;
    await clock.advance(1_000);
    expect(shownFleet().sources.summary.failure).toBeNull();
    ray.failing.summary = 'too-large';
    await poller.refresh('summary');
    const last = summaryReads().length;
    await clock.advance(10_000);
    expect(summaryReads().length).toBe(last + 1);
  });
});
