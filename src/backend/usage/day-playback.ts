import { MINUTE } from '../../domain/usage-sample.ts';
import { DAY_RECORD, DAY_RECORD_WITH_SUMS, readChanges, readDaySums, readRuns, type Run } from './day-record.ts';
import type { Change } from './frames.ts';
import { createReplay, type Bucket } from './replay.ts';
import { createRunningSum } from './running-sum.ts';
import type { Sums, Values } from './sums.ts';
import { DAY, type SeriesKey } from './usage-store.ts';
import { createByteReader } from './varints.ts';

export interface Playback {
  readonly day: number;
  /** Stretches begin at multiples of `length` from `from` on. */
  readonly from: number;
  readonly to: number;
  readonly length: number;
  readonly keys: readonly SeriesKey[];
  /** Left out: all series. */
  readonly wanted?: ReadonlySet<number> | undefined;
}

export function isDayRecord(block: Uint8Array): boolean {
  return block[0] === DAY_RECORD || block[0] === DAY_RECORD_WITH_SUMS;
}

const NO_SUMS: ReadonlyMap<number, Sums> = new Map();

interface Event {
  readonly minute: number;
  readonly change: Change;
}

/** A virtual cluster's day by stretches of time. `total`: the series of all its templates together. */
export function playDayRecord(block: Uint8Array, total: number | null, playback: Playback): readonly Bucket[] {
  const { day, from, to, length, keys, wanted } = playback;
  const reader = createByteReader(block);
  const daySums = reader.unsigned() === DAY_RECORD_WITH_SUMS ? readDaySums(reader, keys) : NO_SUMS;
  const summed = isOneStretch(playback) ? daySums : NO_SUMS;
  const runs = readRuns(reader);
  const shown = new Map([...summed].filter(([series]) => wanted?.has(series) !== false));
  if (wanted !== undefined && shown.size === wanted.size) return [wholeDay(day, runs, shown)];
  const isPlayed = (series: number) => !summed.has(series) && wanted?.has(series) !== false;
  const hasTotal = total !== null && isPlayed(total);
  const events: Event[] = [];
  while (!reader.isAtEnd()) {
    const series = reader.unsigned();
    const end = reader.unsigned() + reader.position();
    const kind = keys[series]?.kind ?? 'free';
    if (!hasTotal && !isPlayed(series)) reader.skip(end - reader.position());
    else readChanges(reader, end, kind, (minute, values) => events.push({ minute, change: [series, values] }));
  }
  events.sort((a, b) => a.minute - b.minute);
  const buckets: Bucket[] = [];
  const replay = createReplay({
    keys,
    origin: from,
    length,
    ...(wanted === undefined ? {} : { wanted }),
    onBucket: (bucket) => buckets.push(bucket),
  });
  const together = hasTotal ? createTotal(total, keys) : null;
  let next = 0;
  for (const run of runs) {
    for (let minute = run.begin; minute < run.end;) {
      const changes: Change[] = [];
      for (let event = events[next]; event !== undefined && event.minute <= minute; event = events[(next += 1)])
        changes.push(event.change);
      if (together !== null && changes.length > 0) changes.push(together(changes));
      const at = day + minute * MINUTE;
      if (at >= to) break;
      const until = Math.min(nextStretch(at, from, length), day + run.end * MINUTE, to);
      const changed = day + (events[next]?.minute ?? Number.MAX_SAFE_INTEGER) * MINUTE;
      const end = Math.min(until, changed);
      replay.addChanges(at, (end - at) / MINUTE, false, changes);
      minute = (end - day) / MINUTE;
    }
  }
  replay.end();
  // Of one stretch: at most one bucket.
  return buckets.map((bucket) => ({ ...bucket, sums: new Map([...bucket.sums, ...shown]) }));
}

function wholeDay(start: number, runs: readonly Run[], sums: ReadonlyMap<number, Sums>): Bucket {
  return { start, sampled: runs.reduce((minutes, { begin, end }) => minutes + end - begin, 0), sums };
}

/** Whether all of the day is in one stretch of what is asked for: what is summed up already need not be played. */
function isOneStretch({ day, from, to, length }: Playback): boolean {
  return from <= day && day + DAY <= Math.min(to, nextStretch(day, from, length));
}

function nextStretch(at: number, from: number, length: number): number {
  return from + (Math.floor((at - from) / length) + 1) * length;
}

/**
 * What all templates of a virtual cluster have together after some changes. It exists as long as what runs in it does. Sums are kept
 * up, not added up again: a day has hundreds of changes. A sum with an unknown part is unknown.
 */
function createTotal(total: number, keys: readonly SeriesKey[]): (changes: readonly Change[]) => Change {
  const templates = new Map<number, Values>();
  const sum = createRunningSum();
  let isThere = false;
  return (changes) => {
    for (const [series, values] of changes) {
      if (keys[series]?.kind === 'load') {
        isThere = values !== null;
        continue;
      }
      const before = templates.get(series);
      if (before !== undefined) sum.remove(before);
      if (values === null) templates.delete(series);
      else {
        templates.set(series, values);
        sum.add(values);
      }
    }
    return [total, isThere ? sum.values() : null];
  };
}
