import { decodeBlock, encodeBlock } from './blocks.ts';
import { isDayRecord, playDayRecord } from './day-playback.ts';
import { createDayRecorder } from './day-record.ts';
import { decodeFrame } from './frames.ts';
import { MINUTES_AT_ONCE, minutesIn, type UsageReading } from './minute-reader.ts';
import { createReplay, type Bucket } from './replay.ts';
import type { SeriesNumbers } from './sample-series.ts';
import { mergeSums, type Sums } from './sums.ts';
import { encodeTotals } from './totals.ts';
import { DAY, QUARTER, type Range } from './usage-store.ts';

/** Virtual clusters that are written in one turn of the event loop while a day is made whole. */
const CLUSTERS_AT_ONCE = 20;

const NONE: ReadonlySet<number> = new Set();

/** Some series of a whole day, in stretches that begin at multiples of `length` from the range's begin on. */
export async function* readWholeDay(
  { store, keys, numbers, pause }: UsageReading & { readonly numbers: SeriesNumbers },
  day: number,
  { from, to }: Range,
  length: number,
  wanted: ReadonlySet<number> | undefined,
): AsyncGenerator<Bucket> {
  const clusterIds =
    wanted === undefined
      ? new Set(keys.map(({ clusterId }) => clusterId))
      : new Set([...wanted].map((each) => keys[each]?.clusterId ?? null));
  const merged = new Map<number, { sampled: number; readonly sums: Map<number, Sums> }>();
  let isFirst = true;
  function add(buckets: readonly Bucket[]): void {
    for (const { start, sampled, sums } of buckets) {
      if (start < from || start >= to) continue;
      const begin = from + Math.floor((start - from) / length) * length;
      let there = merged.get(begin);
      if (there === undefined) merged.set(begin, (there = { sampled: 0, sums: new Map() }));
      // Each block says which minutes it has.
      if (isFirst) there.sampled += sampled;
      for (const [series, more] of sums) {
        const sum = there.sums.get(series);
        if (sum === undefined) there.sums.set(series, more);
        else mergeSums(sum, more);
      }
    }
    isFirst = false;
  }
  let read = 0;
  for (const clusterId of clusterIds) {
    const block = store.block(day, clusterId);
    if (block === null) continue;
    const total = numbers.find('nodes', clusterId, null);
    if (isDayRecord(block)) add(playDayRecord(block, total, { day, from, to, length, keys, wanted }));
    else add(decodeBlock(day, block, keys, wanted));
    if ((read += 1) % 16 === 0) await pause();
  }
  if (isFirst) add(decodeBlock(day, store.block(day, null) ?? new Uint8Array([1]), keys, NONE));
  for (const [start, { sampled, sums }] of [...merged].sort(([a], [b]) => a - b)) yield { start, sampled, sums };
}

/** A day that is over. `idle`: since when each series that was idle at its end was. */
export interface EndedDay {
  readonly bucket: Bucket;
  readonly idle: ReadonlyMap<number, number>;
}

/** Makes a day whole: packs its minutes by virtual cluster, and its sums. */
export async function packDay({ store, keys, pause }: UsageReading, { bucket, idle }: EndedDay): Promise<void> {
  const day = bucket.start;
  const overall = new Set([...bucket.sums.keys()].filter((series) => (keys[series]?.clusterId ?? null) === null));
  const quarters: Bucket[] = [];
  const replay = createReplay({
    keys,
    origin: day,
    length: QUARTER,
    wanted: overall,
    onBucket: (each) => quarters.push(each),
  });
  const recorder = createDayRecorder(day, keys);
  let played = 0;
  for (const { at, minutes, isKey, frame } of minutesIn(store, { from: day, to: day + DAY })) {
    const changes = decodeFrame(frame, keys);
    replay.addChanges(at, minutes, isKey, changes);
    recorder.add(at, minutes, isKey, changes);
    if ((played += 1) % MINUTES_AT_ONCE === 0) await pause();
  }
  replay.end();
  store.putBlocks(day, new Map([[null, encodeBlock(day, quarters, [...overall], keys)]]));
  await pause();
  let blocks = new Map<string, Uint8Array>();
  for (const [clusterId, encoded] of recorder.blocks(bucket.sums)) {
    blocks.set(clusterId, encoded());
    if (blocks.size < CLUSTERS_AT_ONCE) continue;
    store.putBlocks(day, blocks);
    blocks = new Map();
    await pause();
  }
  store.putBlocks(day, blocks);
  store.putDay(day, await encodeTotals(bucket, keys, idle, pause));
}
