import { expect, test } from 'vitest';
import type { Fleet } from '../../domain/fleet.ts';
import { known } from '../../domain/sourced.ts';
import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { createUsageHistory, recordPast } from './usage-history.ts';
import { startUsageSampler } from './usage-sampler.ts';
import { usageSummaryOf } from './usage-summaries.ts';
import { DAY, MINUTES_KEPT, QUARTER, type UsageStore } from './usage-store.ts';

const FIRST = 20_000 * DAY;
const pause = () => Promise.resolve();

function sampleAt(at: number, used = 1): UsageSample {
  const nodes = { held: 4, used, reserved: 0, idle: 4 - used, dead: 0 };
  const load = { jobs: 1, cpuUsed: 1, cpuTotal: 4, gpuUsed: 0, gpuTotal: 0 };
  return {
    at,
    minutes: 15,
    clusters: new Map([['team', { templates: new Map([['4c8g', nodes]]), load }]]),
    free: new Map([['4c8g', 2]]),
  };
}

async function recordDays(
  store: UsageStore,
  count: number,
  limits: { readonly days: number; readonly mostBytes: number },
) {
  let now = FIRST;
  const history = createUsageHistory({ store, clock: { now: () => now }, pause, ...limits });
  for (; now < FIRST + count * DAY; now += QUARTER) {
    history.record(sampleAt(now));
    if (now % DAY === 0) await history.tidy();
  }
  await history.tidy();
  return history;
}

test('days are kept as many as is set, and minutes for two days', async () => {
  const store = createInMemoryUsageStore();
  const history = await recordDays(store, 9, { days: 4, mostBytes: 1e9 });
  expect(store.days()).toEqual([5, 6, 7].map((day) => FIRST + day * DAY));
  const [oldest] = store.minutes(0, Number.MAX_SAFE_INTEGER);
  expect(oldest?.at).toBe(FIRST + 9 * DAY - MINUTES_KEPT);
  // What was dropped is a gap.
  const range = { from: FIRST, to: FIRST + 9 * DAY, clusterId: null, templateId: null };
  const { known: fraction, rows } = await usageSummaryOf(history, range);
  expect(fraction).toBeCloseTo(4 / 9);
  expect(rows).toMatchObject([{ heldHours: 4 * 4 * 24, usedHours: 4 * 24 }]);
});

test('the oldest days go where all would be too many bytes, and the newest stay', async () => {
  const all = createInMemoryUsageStore();
  await recordDays(all, 9, { days: 400, mostBytes: 1e9 });
  expect(all.days()).toHaveLength(8);
  const some = createInMemoryUsageStore();
  const mostBytes = Math.floor(all.bytes() * 0.8);
  await recordDays(some, 9, { days: 400, mostBytes });
  expect(some.bytes()).toBeLessThanOrEqual(mostBytes);
  expect(some.days().length).toBeGreaterThan(0);
  expect(some.days()).toEqual(all.days().slice(-some.days().length));
});

test('a simulated past is put where nothing is kept yet, marked as such, and never over what was recorded', () => {
  const store = createInMemoryUsageStore();
  const open = () => createUsageHistory({ store, clock: { now: () => FIRST + DAY }, days: 400, mostBytes: 1e9, pause });
  const history = open();
  recordPast(history, store, [sampleAt(FIRST), sampleAt(FIRST + QUARTER)]);
  expect([history.lastAt(), store.simulatedUntil()]).toEqual([FIRST + 29 * MINUTE, FIRST + 30 * MINUTE]);
  const before = store.minutes(0, Number.MAX_SAFE_INTEGER).length;
  recordPast(open(), store, [sampleAt(FIRST + 2 * QUARTER, 4)]);
  expect(store.minutes(0, Number.MAX_SAFE_INTEGER)).toHaveLength(before);
  const real = createInMemoryUsageStore();
  const recorded = createUsageHistory({ store: real, clock: { now: () => 0 }, days: 400, mostBytes: 1e9, pause });
  recorded.record(sampleAt(FIRST));
  recordPast(recorded, real, [sampleAt(FIRST + QUARTER)]);
  expect([recorded.lastAt(), real.simulatedUntil()]).toEqual([FIRST + 14 * MINUTE, null]);
});

test('while the clock is behind the last sample, that is told, and what is kept stays', async () => {
  const store = createInMemoryUsageStore();
  const history = createUsageHistory({ store, clock: { now: () => FIRST }, days: 400, mostBytes: 1e9, pause });
  const minutes = () => store.minutes(0, Number.MAX_SAFE_INTEGER).map(({ at }) => (at - FIRST) / MINUTE);
  const sample = (minute: number) => ({ ...sampleAt(FIRST + minute * MINUTE), minutes: 1 });
  history.record(sample(1_440));
  // Twice in a minute, as a clock is adjusted by seconds.
  history.record(sample(1_440));
  expect(() => history.record(sample(1))).toThrow('the clock is behind the last sample, of 2024-10-05T00:00:00.000Z');
  history.record(sample(1_441));
  // And a day ahead: the time between is a gap.
  history.record(sample(2_900));
  expect(minutes()).toEqual([1_440, 1_441, 2_900]);
  const range = { from: FIRST, to: FIRST + 3 * DAY, clusterId: null, templateId: null };
  expect((await usageSummaryOf(history, range)).known).toBeCloseTo(3 / (3 * 1_440));
});

test('after the machine slept, what was read before is no sample: that is a gap', async () => {
  const clock = createHandClock(FIRST);
  const store = createInMemoryUsageStore();
  const history = createUsageHistory({ store, clock, days: 400, mostBytes: 1e9, pause });
  const fleet: Fleet = {
    clusters: new Map(),
    nodes: new Map(),
    pool: { templates: [], jobClusters: known([], 'list') },
  };
  let readAt = FIRST;
  const sampler = startUsageSampler({ history, clock, fleet: () => ({ fleet, readAt }), onKept: () => undefined });
  const taken = () => store.minutes(0, Number.MAX_SAFE_INTEGER).map(({ at }) => (at - FIRST) / MINUTE);
  await clock.advance(MINUTE);
  expect(taken()).toEqual([1]);
  // The timer fires late, with the fleet of the evening.
  await clock.advance(30 * MINUTE);
  expect(taken()).toEqual([1]);
  readAt = clock.now();
  await clock.advance(MINUTE);
  expect(taken()).toEqual([1, 32]);
  await sampler.close();
});
