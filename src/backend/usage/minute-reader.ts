import { createReplay, type Bucket } from './replay.ts';
import { HOUR, type Range, type SeriesKey, type StoredMinute, type UsageStore } from './usage-store.ts';

/** Minutes that are played in one turn of the event loop. */
export const MINUTES_AT_ONCE = 15;

/** What reading needs: the store, all series by number, and what lets others have a turn of the event loop. */
export interface UsageReading {
  readonly store: UsageStore;
  readonly keys: readonly SeriesKey[];
  readonly pause: () => Promise<void>;
}

/** The end of the hour that a time is in. */
export function hourEnd(at: number): number {
  return (Math.floor(at / HOUR) + 1) * HOUR;
}

/** A range's minutes, of an hour at a time: a whole day of them is much for one turn of the event loop, and for the memory. */
export function* minutesIn(store: UsageStore, { from, to }: Range): Generator<StoredMinute> {
  let last = -1;
  for (let begin: number | null = from; begin !== null && begin < to;) {
    const end: number = Math.min(to, hourEnd(begin));
    for (const minute of store.minutes(begin, end))
      // An hour that doesn't begin with a key frame is decoded from one before it.
      if (minute.at > last) {
        last = minute.at;
        yield minute;
      }
    begin = store.nextMinute(end);
  }
}

/** What was in a range by its minutes, in stretches that begin at multiples of `length` from its begin on; `series` left out: of all. */
export async function* playMinutes(
  { store, keys, pause }: UsageReading,
  range: Range,
  length: number,
  series: ReadonlySet<number> | undefined,
): AsyncGenerator<Bucket> {
  let ready: Bucket[] = [];
  const replay = createReplay({
    keys,
    origin: range.from,
    length,
    ...(series === undefined ? {} : { wanted: series }),
    onBucket: (bucket) => ready.push(bucket),
  });
  let played = 0;
  for (const minute of minutesIn(store, range)) {
    replay.add(minute);
    yield* ready;
    ready = [];
    if ((played += 1) % MINUTES_AT_ONCE === 0) await pause();
  }
  replay.end();
  yield* ready;
}
