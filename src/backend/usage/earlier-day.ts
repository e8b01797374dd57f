import { groupBy } from '../../domain/group-by.ts';
import type { UsageSample } from '../../domain/usage-sample.ts';
import { encodeBlock } from './blocks.ts';
import { createReplay, type Bucket } from './replay.ts';
import { createSampleSeries } from './sample-series.ts';
import type { UsageHistory } from './usage-history.ts';
import { encodeTotals } from './totals.ts';
import { DAY, QUARTER, type UsageStore } from './usage-store.ts';

/** Makes up the samples of a whole day, by quarters of an hour. */
export type SimulatedDay = (day: number) => Iterable<UsageSample>;

/**
 * Puts a simulated day before the oldest one that is kept, and marks it as simulated; what is kept stays as it is. Resolves with
 * the day; null: days before are not kept.
 */
export async function addEarlierDay(parts: {
  readonly history: UsageHistory;
  readonly store: UsageStore;
  readonly simulate: SimulatedDay;
  readonly days: number;
  readonly now: number;
}): Promise<number | null> {
  const { history, store, simulate, days, now } = parts;
  // The days of the past count once they are whole.
  await history.tidy();
  const day = (store.days()[0] ?? Math.floor(now / DAY) * DAY) - DAY;
  if (day + DAY <= now - days * DAY) return null;
  const { keys } = history.numbers;
  // Others are not in the store before their first minute.
  const stored = store.series().length;
  const quarters: Bucket[] = [];
  const whole: Bucket[] = [];
  const replays = [
    createReplay({ keys, origin: day, length: QUARTER, onBucket: (bucket) => quarters.push(bucket) }),
    createReplay({ keys, origin: day, length: DAY, onBucket: (bucket) => whole.push(bucket) }),
  ];
  const samples = createSampleSeries(history.numbers);
  for (const sample of simulate(day)) {
    samples.next(sample);
    const changes = samples.all().filter(([series]) => series < stored);
    for (const replay of replays) replay.addChanges(sample.at, sample.minutes ?? 1, true, changes);
  }
  for (const replay of replays) replay.end();
  const [bucket] = whole;
  if (bucket === undefined) return null;
  const byCluster = groupBy(bucket.sums.keys(), (series) => keys[series]?.clusterId ?? null);
  store.putBlocks(
    day,
    new Map([...byCluster].map(([clusterId, series]) => [clusterId, encodeBlock(day, quarters, series, keys)])),
  );
  store.putDay(day, await encodeTotals(bucket, keys, new Map(), () => Promise.resolve()));
  store.setSimulatedUntil(Math.max(store.simulatedUntil() ?? 0, day + DAY));
  return day;
}
