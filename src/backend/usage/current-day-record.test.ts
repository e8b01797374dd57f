import { describe, expect, test } from 'vitest';
import { generateHistory, historyStart } from '../../testing/harness/generated-usage.ts';
import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { MINUTES_AT_ONCE } from './minute-reader.ts';
import { createUsageHistory } from './usage-history.ts';
import { usageOver } from './usage-series.ts';
import type { UsageStore } from './usage-store.ts';

function historyIn(store: UsageStore, pause: () => Promise<void> = () => Promise.resolve()) {
  const clock = { now: () => historyStart + 300 * MINUTE };
  return createUsageHistory({ store, clock, days: 400, mostBytes: 1e9, pause });
}

function storeOf(samples: readonly UsageSample[]): UsageStore {
  const store = createInMemoryUsageStore();
  const history = historyIn(store);
  for (const sample of samples) history.record(sample);
  return store;
}

/** Tells how many minutes each read of a store gave. */
function countReads(store: UsageStore): { readonly store: UsageStore; readonly counts: number[] } {
  const counts: number[] = [];
  const minutes: UsageStore['minutes'] = (from, to) => {
    const read = store.minutes(from, to);
    counts.push(read.length);
    return read;
  };
  return { store: { ...store, minutes }, counts };
}

const sum = (counts: readonly number[]) => counts.reduce((all, each) => all + each, 0);

describe('after a start', () => {
  // Before midnight.
  const today = generateHistory(3, 230);

  test('each minute of the day was read once, and is read once more for charts of it, some in each turn', async () => {
    const { store, counts } = countReads(storeOf(today));
    let pauses = 0;
    let before = 0;
    const mostInTurn: number[] = [];
    const history = historyIn(store, async () => {
      pauses += 1;
      mostInTurn.push(sum(counts) - before);
      before = sum(counts);
      await Promise.resolve();
    });
    expect(sum(counts)).toBe(today.length);
    expect(pauses).toBe(0);
    before = today.length;
    await history.catchUp();
    // That there is no more takes the last hour once more.
    expect(sum(counts)).toBeLessThanOrEqual(2 * today.length + 60);
    expect(pauses).toBe(Math.floor(today.length / MINUTES_AT_ONCE));
    expect(Math.max(...mostInTurn)).toBeLessThanOrEqual(60);
    const all = sum(counts);
    await history.catchUp();
    expect(sum(counts)).toBe(all);
  });

  test.each([
    ['the same day', 230],
    ['the next day', 290],
  ])('a chart is right when minutes come in while the day before them is read: %s', async (_, count) => {
    for (let seed = 1; seed <= 8; seed++) {
      const samples = generateHistory(seed, count);
      const half = Math.floor(samples.length / 2);
      const [first, later] = [samples.slice(0, half), samples.slice(half)];
      const history = historyIn(storeOf(first), async () => {
        for (const next of later.splice(0, seed)) history.record(next);
        await Promise.resolve();
      });
      await history.catchUp();
      for (const next of later.splice(0)) history.record(next);
      const range = { from: historyStart, to: historyStart + count * MINUTE };
      const query = { ...range, step: MINUTE, clusterId: 'a', templateId: null, by: 'template' } as const;
      const whole = historyIn(createInMemoryUsageStore());
      for (const sample of samples) whole.record(sample);
      expect([seed, await usageOver(history, query)]).toEqual([seed, await usageOver(whole, query)]);
    }
  });
});
