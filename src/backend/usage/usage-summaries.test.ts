import { expect, test } from 'vitest';
import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
import { historyOver } from '../../testing/harness/generated-usage.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { usageSummaryOf } from './usage-summaries.ts';
import { DAY, HOUR, QUARTER, type UsageStore } from './usage-store.ts';

const DAYS = 30;
const first = 20_000 * DAY;
const nodes = { held: 3, used: 1, reserved: 0, idle: 2, dead: 0 };
const load = { jobs: 1, cpuUsed: 1, cpuTotal: 8, gpuUsed: 0, gpuTotal: 0 };

/** A store that has 30 whole days and half of the one under way, with a sample each hour. */
async function filledStore(): Promise<UsageStore> {
  const store = createInMemoryUsageStore();
  let now = first;
  const history = historyOver(store, () => now);
  const clusters: UsageSample['clusters'] = new Map(
    ['a', 'b'].map((id) => [id, { templates: new Map([['x', nodes]]), load }]),
  );
  for (; now < first + DAYS * DAY + DAY / 2; now += HOUR) {
    history.record({ at: now, minutes: QUARTER / MINUTE, clusters, free: new Map([['x', 5]]) });
    await history.tidy();
  }
  return store;
}

test('a summary of 30 days reads one row of each whole day, and of the day under way none', async () => {
  const store = await filledStore();
  expect(store.days()).toHaveLength(DAYS);
  const reads = { minutes: 0, day: 0, block: 0 };
  function counted<A extends readonly unknown[], R>(what: keyof typeof reads, read: (...args: A) => R) {
    return (...args: A) => {
      reads[what] += 1;
      return read(...args);
    };
  }
  const counting: UsageStore = {
    ...store,
    minutes: counted('minutes', store.minutes),
    day: counted('day', store.day),
    block: counted('block', store.block),
  };
  const now = first + DAYS * DAY + DAY / 2;
  const history = historyOver(counting, () => now);
  Object.assign(reads, { minutes: 0, day: 0, block: 0 });
  const { rows } = await usageSummaryOf(history, { from: first, to: now, clusterId: null, templateId: null });
  expect(reads).toEqual({ minutes: 0, day: DAYS, block: 0 });
  expect(rows.map(({ clusterId, heldHours }) => [clusterId, heldHours])).toEqual([
    ['a', ((DAYS * 24 + 12) * 3) / 4],
    ['b', ((DAYS * 24 + 12) * 3) / 4],
  ]);
});
