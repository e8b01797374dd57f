import { expect, test } from 'vitest';
import type { Fleet } from '../../domain/fleet.ts';
import { known } from '../../domain/sourced.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { daysTooOld } from './clock-jump.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { createUsageHistory } from './usage-history.ts';
import { startUsageSampler } from './usage-sampler.ts';
import { DAY, HOUR } from './usage-store.ts';

const FIRST = 20_000 * DAY;
const fleet: Fleet = {
  clusters: new Map(),
  nodes: new Map(),
  pool: { templates: [], jobClusters: known([], 'list') },
};

/** A console whose clock can be set, as an administrator or a wrong time server sets it. */
function sampled() {
  const hand = createHandClock(FIRST);
  let ahead = 0;
  const clock = { ...hand, now: () => hand.now() + ahead };
  const store = createInMemoryUsageStore();
  const history = createUsageHistory({ store, clock, days: 30, mostBytes: 1e9, pause: () => Promise.resolve() });
  const reports: (string | null)[] = [];
  const sampler = startUsageSampler({
    history,
    clock,
    fleet: () => ({ fleet, readAt: clock.now() }),
    onKept: (error) => reports.push(error instanceof Error ? error.message : null),
  });
  return {
    store,
    history,
    reports,
    pass: (ms: number) => hand.advance(ms),
    setAhead(ms: number) {
      ahead = ms;
    },
    close: () => sampler.close(),
  };
}

test('a clock that is a year ahead for a while takes nothing away, and that is told', async () => {
  const { store, history, reports, pass, setAhead, close } = sampled();
  await pass(2 * DAY + HOUR);
  expect(store.days()).toEqual([FIRST, FIRST + DAY]);
  const before = history.lastAt();
  setAhead(365 * DAY);
  await pass(40 * MINUTE);
  expect(reports.at(-1)).toBe(
    'the clock is 365 days after the last sample, of 2024-10-06T01:00:00.000Z: kept again in an hour, unless it is set back',
  );
  expect(history.lastAt()).toBe(before);
  setAhead(0);
  await pass(MINUTE);
  expect(reports.at(-1)).toBeNull();
  expect(history.lastAt()).toBe(FIRST + 2 * DAY + HOUR + 41 * MINUTE);
  expect(store.days()).toEqual([FIRST, FIRST + DAY]);
  await close();
});

test('a clock that stays ahead is believed after an hour, and what was kept does not grow old by it', async () => {
  const { store, history, reports, pass, setAhead, close } = sampled();
  await pass(2 * DAY + HOUR);
  setAhead(365 * DAY);
  await pass(62 * MINUTE);
  expect(reports.at(-1)).toBeNull();
  expect(history.lastAt()).toBe(FIRST + 367 * DAY + 122 * MINUTE);
  await pass(DAY);
  expect(store.days()).toEqual([FIRST, FIRST + DAY, FIRST + 2 * DAY, FIRST + 367 * DAY]);
  await close();
});

test('days grow old by the days after them; a long time without a sample is one of these', () => {
  const days = [0, 1, 2, 5, 6].map((day) => day * DAY);
  expect(daysTooOld(days, 7 * DAY, 5)).toEqual([0, DAY]);
  expect(daysTooOld(days, 8 * DAY, 5)).toEqual([0, DAY, 2 * DAY]);
  expect(daysTooOld(days, 13 * DAY, 5)).toEqual(days.slice(0, 3).concat([5 * DAY, 6 * DAY]));
  expect(daysTooOld(days, 400 * DAY, 5)).toEqual([0, DAY]);
  expect(daysTooOld([], 400 * DAY, 5)).toEqual([]);
});
