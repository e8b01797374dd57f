import { expect, test } from 'vitest';
import { generateHistory, historyOver, historyStart } from '../../testing/harness/generated-usage.ts';
import { createInMemoryUsageStore } from './in-memory-usage-store.ts';
import { createUsageTrends } from './usage-trends.ts';
import { DAY, HOUR } from './usage-store.ts';

test('trends that are kept are those that are read anew, while steps and days end and virtual clusters come and go', async () => {
  const store = createInMemoryUsageStore();
  let now = historyStart;
  const history = historyOver(store, () => now);
  const trendsOf = createUsageTrends(history);
  let shown = 0;
  for (const sample of generateHistory(3, 2 * 24 * 60)) {
    const isNext = Math.floor(sample.at / (2 * HOUR)) > Math.floor(now / (2 * HOUR));
    now = sample.at;
    history.record(sample);
    if (!isNext) continue;
    await history.tidy();
    const trends = await trendsOf(now);
    expect(trends).toEqual(await createUsageTrends(history)(now));
    shown = Math.max(shown, trends.clusters.length);
  }
  expect(shown).toBe(3);
});

test('a step that is over is read once', async () => {
  const store = createInMemoryUsageStore();
  let now = historyStart;
  const history = historyOver(store, () => now);
  for (const sample of generateHistory(5, 30 * 60)) {
    now = sample.at;
    history.record(sample);
  }
  const ranges: number[] = [];
  const trendsOf = createUsageTrends({
    ...history,
    read(range, ...rest) {
      ranges.push((range.to - range.from) / HOUR);
      return history.read(range, ...rest);
    },
  });
  await trendsOf(now);
  expect(ranges).toEqual([7 * 24]);
  ranges.length = 0;
  await trendsOf(now);
  // What was not sampled may still come, as a simulated past; and the step under way.
  expect(ranges.at(-1)).toBe(6);
  expect(ranges.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(7 * 24 - DAY / HOUR);
});
