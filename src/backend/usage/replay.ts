import { decodeFrame, type Change } from './frames.ts';
import { addValues, emptySums, HELD, type Sums, type Values } from './sums.ts';
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
  /** When the stretch under way began; null: nothing of it was sampled. */
  begunAt(): number | null;
  /** The stretch under way so far; null: nothing of it was sampled. Holds until the next minute is added. */
  soFar(): Bucket | null;
  /** Ends the stretch under way. */
  end(): void;
  readonly values: (series: number) => Values | null;
  /** The values by series; holes where there are none. */
  readonly all: () => readonly ({ readonly values: Values } | undefined)[];
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

  function soFar(): Bucket | null {
    if (sampled === 0) return null;
    const sums = new Map<number, Sums>();
    for (const [series, each] of gone) sums.set(series, { ...each, last: 0 });
    tracks.forEach((track, series) => {
      if (track === undefined) return;
      count(series, track);
      if (track.sums !== null) sums.set(series, { ...track.sums, last: track.values[HELD] ?? 0 });
    });
    return { start, sampled, sums };
  }

  function end(): void {
    if (sampled === 0) return;
    const sums = new Map<number, Sums>();
    for (const [series, each] of gone) sums.set(series, { ...each, last: 0 });
    tracks.forEach((track, series) => {
      if (track === undefined) return;
      count(series, track);
      if (track.sums !== null) {
        track.sums.last = track.values[HELD] ?? 0;
        sums.set(series, track.sums);
      }
      track.sums = null;
      track.counted = 0;
    });
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
    begunAt: () => (sampled === 0 ? null : start),
    soFar,
    end,
    values: (series) => tracks[series]?.values ?? null,
    all: () => tracks,
  };
}

export function sameValues(a: Values, b: Values): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
