import { decodeFrame, type Change } from './frames.ts';
import { addValues, emptySums, HELD, sameValues, type Sums, type Values } from './sums.ts';
import type { SeriesKey, StoredMinute } from './usage-store.ts';

/** What was in one stretch of time. `sampled`: its minutes that are kept; the others are a gap. */
export interface Bucket {
  readonly start: number;
  readonly sampled: number;
  /** Of every series that existed in it. */
  readonly sums: ReadonlyMap<number, Sums>;
}

interface Track {
  values: Values;
  /** How many minutes of the bucket are in `sums`. */
  counted: number;
  sums: Sums | null;
  /** The last key frame that had it. */
  seenIn: number;
}

/** Plays minutes again, in order, and sums them up by stretches of `length` ms that begin at multiples of it from `origin` on. */
export interface Replay {
  /** Minutes before `origin` only tell how things stood. */
  add(minute: StoredMinute): void;
  addChanges(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void;
  /** The stretch under way; null: nothing of it was sampled. */
  underWay(): Omit<Bucket, 'sums'> | null;
  /** What was in the stretch under way so far. The sums hold until the next minute is added. */
  eachSoFar(visit: (series: number, sums: Sums) => void): void;
  /** Ends the stretch under way. */
  end(): void;
  readonly values: (series: number) => Values | null;
}

export function createReplay(options: {
  readonly keys: readonly SeriesKey[];
  readonly origin: number;
  readonly length: number;
  /** Left out: all series. */
  readonly wanted?: ReadonlySet<number>;
  readonly onBucket: (bucket: Bucket) => void;
}): Replay {
  const { keys, origin, length, wanted, onBucket } = options;
  // By series: numbers have no holes, and there may be 12,000 changes in a minute.
  const tracks: (Track | undefined)[] = [];
  /** Series that went in the bucket under way. */
  let gone = new Map<number, Sums>();
  let start = origin;
  let sampled = 0;
  let keyFrames = 0;

  function count(series: number, track: Track): void {
    const minutes = sampled - track.counted;
    if (minutes === 0) return;
    addValues((track.sums ??= emptySums(keys[series]?.kind ?? 'free')), track.values, minutes);
    track.counted = sampled;
  }

  function change(series: number, values: Values | null): void {
    if (wanted !== undefined && !wanted.has(series)) return;
    const track = tracks[series];
    if (track === undefined) {
      if (values === null) return;
      const sums = gone.get(series) ?? null;
      gone.delete(series);
      while (tracks.length < series) tracks.push(undefined);
      tracks[series] = { values, counted: sampled, sums, seenIn: keyFrames };
      return;
    }
    track.seenIn = keyFrames;
    if (values !== null) {
      if (sameValues(track.values, values)) return;
      count(series, track);
      track.values = values;
    } else {
      count(series, track);
      if (track.sums !== null) gone.set(series, track.sums);
      tracks[series] = undefined;
    }
  }

  function eachSoFar(visit: (series: number, sums: Sums) => void): void {
    for (const [series, sums] of gone) {
      sums.last = 0;
      visit(series, sums);
    }
    tracks.forEach((track, series) => {
      if (track === undefined) return;
      count(series, track);
      if (track.sums === null) return;
      track.sums.last = track.values[HELD] ?? 0;
      visit(series, track.sums);
    });
  }

  function end(): void {
    if (sampled === 0) return;
    const sums = new Map<number, Sums>();
    eachSoFar((series, each) => sums.set(series, each));
    for (const track of tracks)
      if (track !== undefined) {
        track.sums = null;
        track.counted = 0;
      }
    const bucket = { start, sampled, sums };
    sampled = 0;
    gone = new Map();
    onBucket(bucket);
  }

  function addChanges(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void {
    const bucket = origin + Math.floor((at - origin) / length) * length;
    if (bucket > start && sampled > 0) end();
    if (bucket > start) start = bucket;
    if (isKey) keyFrames += 1;
    for (const [series, values] of changes) change(series, values);
    if (isKey)
      tracks.forEach((track, series) => {
        if (track !== undefined && track.seenIn !== keyFrames) change(series, null);
      });
    if (at >= origin) sampled += minutes;
  }

  return {
    add: ({ at, minutes, isKey, frame }) => addChanges(at, minutes, isKey, decodeFrame(frame, keys, wanted)),
    addChanges,
    underWay: () => (sampled === 0 ? null : { start, sampled }),
    eachSoFar,
    end,
    values: (series) => tracks[series]?.values ?? null,
  };
}
