import { expect, test } from 'vitest';
import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
import { addEarlierDay } from './earlier-day.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { createUsageHistory, recordPast } from './usage-history.ts';
import { usageOver } from './usage-series.ts';
import { usageSummaryOf } from './usage-summaries.ts';
import { DAY, QUARTER } from './usage-store.ts';

const FIRST = Date.UTC(2026, 10, 20);
const NOW = FIRST + 2 * DAY + 90 * MINUTE;

function* samples(from: number, to: number, used: number, ids = ['team']): Generator<UsageSample> {
  const nodes = { held: 4, used, reserved: 0, idle: 4 - used, dead: 0 };
  const load = { jobs: 1, cpuUsed: 1, cpuTotal: 4, gpuUsed: 0, gpuTotal: 0 };
  for (let at = from; at < to; at += QUARTER)
    yield {
      at,
      minutes: 15,
      clusters: new Map(ids.map((id) => [id, { templates: new Map([['4c8g', nodes]]), load }])),
      free: new Map([['4c8g', 2]]),
    };
}

function setUp({ days = 400, used = 1, usedBefore = 3 } = {}) {
  const store = createInMemoryUsageStore();
  const clock = { now: () => NOW };
  const pause = () => Promise.resolve();
  const history = createUsageHistory({ store, clock, days, mostBytes: 1e9, pause });
  recordPast(history, store, samples(FIRST, NOW, used));
  const add = () =>
    addEarlierDay({
      history,
      store,
      simulate: (day) => samples(day, day + DAY, usedBefore, ['team', 'unknown']),
      days,
      now: NOW,
    });
  return { store, history, add };
}

test('a simulated day is put before the oldest one, and nothing else changes', async () => {
  const { store, history, add } = setUp();
  const until = store.simulatedUntil();
  expect(await add()).toBe(FIRST - DAY);
  expect(await add()).toBe(FIRST - 2 * DAY);
  const query = { clusterId: 'team', templateId: null, by: null };
  const range = { from: FIRST - 2 * DAY, to: FIRST + DAY };
  const { total, known } = await usageOver(history, { ...query, ...range, step: DAY });
  expect(known).toBe(1);
  expect(total.used).toEqual([3, 3, 1]);
  const summary = await usageSummaryOf(history, { ...range, clusterId: null, templateId: null });
  expect(summary.rows).toMatchObject([{ clusterId: 'team', heldHours: 3 * 24 * 4, usedHours: 2 * 24 * 3 + 24 }]);
  expect(store.simulatedUntil()).toBe(until);
});

test('a day that would be dropped at once is not added', async () => {
  const { store, add } = setUp({ days: 2 });
  expect(await add()).toBeNull();
  expect(store.days()).toEqual([FIRST, FIRST + DAY]);
});

test('what has been idle since the first day has been idle for a day longer, unless it was needed in the day before', async () => {
  const idle = setUp({ used: 0, usedBefore: 0 });
  const since = () => {
    const series = idle.history.numbers.find('nodes', 'team', null);
    return series === null ? null : idle.history.idleSince(series);
  };
  expect(since()).toBe(FIRST);
  await idle.add();
  await idle.add();
  expect(since()).toBe(FIRST - 2 * DAY);
  const worked = setUp({ used: 0, usedBefore: 3 });
  await worked.add();
  const series = worked.history.numbers.find('nodes', 'team', null) ?? -1;
  expect(worked.history.idleSince(series)).toBe(FIRST);
});
