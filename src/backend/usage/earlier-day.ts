import { groupBy } from '../../domain/group-by.ts';
import type { UsageSample } from '../../domain/usage-sample.ts';
import { encodeBlock } from './blocks.ts';
import { createReplay, type Bucket } from './replay.ts';
import { createSampleSeries } from './sample-series.ts';
import type { UsageHistory } from './usage-history.ts';
import { createSumTable, sumsOf } from './sum-table.ts';
import { NEED, type Sums } from './sums.ts';
import { decodeTotals, encodeTotals } from './totals.ts';
import { DAY, dayOf, QUARTER, type UsageStore } from './usage-store.ts';

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
  const [oldest] = store.days();
  const day = (oldest ?? dayOf(now)) - DAY;
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
  if (oldest !== undefined) goOnIdle(history, bucket, oldest, store.day(oldest));
  store.setSimulatedUntil(Math.max(store.simulatedUntil() ?? 0, day + DAY));
  return day;
}

/** What has been idle since the oldest day so far, and was not needed in all of the day before, has been idle for a day longer. */
function goOnIdle(history: UsageHistory, before: Bucket, oldest: number, totals: Uint8Array | null): void {
  if (totals === null) return;
  const { keys } = history.numbers;
  const table = createSumTable(keys.length);
  decodeTotals(oldest, totals, keys).totals.addTo(table);
  for (const [series, sums] of before.sums) {
    const since = history.idleSince(series);
    const isIdle = isNeverNeeded(sums) && isNeverNeeded(sumsOf(table, series, keys[series]?.kind ?? 'free'));
    if (since !== null && since < oldest + DAY && isIdle) history.setIdleSince(series, before.start);
  }
}

function isNeverNeeded(sums: Sums | null): boolean {
  return sums !== null && sums.present > 0 && sums.known[NEED] === sums.present && sums.most[NEED] === 0;
}
