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
}

/** Plays minutes again, in order, and sums them up by stretches of `length` ms that begin at multiples of it from `origin` on. */
export interface Replay {
  /** Minutes before `origin` only tell how things stood. */
  add(minute: StoredMinute): void;
  addChanges(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void;
  /** The stretch under way so far; null: nothing of it was sampled. */
  soFar(): Bucket | null;
  /** Ends the stretch under way. */
  end(): void;
  readonly values: (series: number) => Values | null;
  readonly all: () => ReadonlyMap<number, { readonly values: Values }>;
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
  const tracks = new Map<number, Track>();
  /** Series that went in the bucket under way. */
  let gone = new Map<number, Sums>();
  let start = origin;
  let sampled = 0;

  function count(series: number, track: Track): void {
    const minutes = sampled - track.counted;
    if (minutes === 0) return;
    addValues((track.sums ??= emptySums(keys[series]?.kind ?? 'free')), track.values, minutes);
    track.counted = sampled;
  }

  function change(series: number, values: Values | null): void {
    if (wanted !== undefined && !wanted.has(series)) return;
    const track = tracks.get(series);
    if (track === undefined) {
      if (values === null) return;
      const sums = gone.get(series) ?? null;
      gone.delete(series);
      tracks.set(series, { values, counted: sampled, sums });
      return;
    }
    count(series, track);
    if (values !== null) track.values = values;
    else {
      if (track.sums !== null) gone.set(series, track.sums);
      tracks.delete(series);
    }
  }

  function soFar(): Bucket | null {
    if (sampled === 0) return null;
    const sums = new Map<number, Sums>();
    for (const [series, each] of gone) sums.set(series, { ...each, last: 0 });
    for (const [series, track] of tracks) {
      count(series, track);
      if (track.sums !== null) sums.set(series, { ...track.sums, last: track.values[HELD] ?? 0 });
    }
    return { start, sampled, sums };
  }

  function end(): void {
    const bucket = soFar();
    if (bucket === null) return;
    sampled = 0;
    gone = new Map();
    for (const track of tracks.values()) {
      track.sums = null;
      track.counted = 0;
    }
    onBucket(bucket);
  }

  function addChanges(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void {
    const bucket = origin + Math.floor((at - origin) / length) * length;
    if (bucket > start && sampled > 0) end();
    if (bucket > start) start = bucket;
    if (isKey) {
      const there = new Set(changes.map(([series]) => series));
      for (const series of tracks.keys()) if (!there.has(series)) change(series, null);
    }
    for (const [series, values] of changes) change(series, values);
    if (at >= origin) sampled += minutes;
  }

  return {
    add: ({ at, minutes, isKey, frame }) => addChanges(at, minutes, isKey, decodeFrame(frame, keys, wanted)),
    addChanges,
    soFar,
    end,
    values: (series) => tracks.get(series)?.values ?? null,
    all: () => tracks,
  };
}
