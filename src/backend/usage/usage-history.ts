import { MINUTE, type UsageSample } from '../../domain/usage-sample.ts';
import type { Clock } from '../../clock.ts';
import { daysTooOld } from './clock-jump.ts';
import { isDayRecord, playDayRecord } from './day-playback.ts';
import { decodeFrame, encodeFrame, type Change } from './frames.ts';
import { minutesIn, playMinutes } from './minute-reader.ts';
import { createCurrentDayRecord } from './current-day-record.ts';
import { createReplay, type Bucket } from './replay.ts';
import { createSampleSeries, createSeriesNumbers, type SeriesNumbers } from './sample-series.ts';
import { HELD, needOf, type Sums, type Values } from './sums.ts';
import { decodeTotals, totalsOf, type DayTotals } from './totals.ts';
import { addSumsToTable, type SumTable } from './sum-table.ts';
import { DAY, dayOf, HOUR, MINUTES_KEPT, QUARTER, type Range, type UsageStore } from './usage-store.ts';
import { packDay, readWholeDay, type EndedDay } from './whole-day.ts';

/** Takes in samples, keeps them in a store, and reads them again. */
export interface UsageHistory {
  readonly numbers: SeriesNumbers;
  /**
   * Throws when the store can't write, or the sample is from before the last one, as after the clock was set back: that minute is a
   * gap then. A second one of the last minute is left out.
   */
  record(sample: UsageSample): void;
  /** Makes ready what charts of the day under way wait for otherwise. */
  catchUp(): Promise<void>;
  /** Makes days that are over whole, and drops what is too old or too much. */
  tidy(): Promise<void>;
  /** What was in a range, in order. Each stretch is within one of `length` from the range's begin on; those of less than a quarter of an hour are of `MINUTES_KEPT`. */
  read(range: Range, length: number, series: ReadonlySet<number>): AsyncGenerator<Bucket>;
  /** What was in each day of a range, of all series; a first or last day that is not whole is read in part. */
  readDays(range: Range): AsyncGenerator<DayTotals>;
  /** Null: it is gone, or was never there. */
  now(series: number): Values | null;
  /** Since when none of its nodes has been needed; null: it is in use, or unknown. */
  idleSince(series: number): number | null;
  /** Of a series that is idle: since an earlier time, as a day before it shows. */
  setIdleSince(series: number, since: number): void;
  simulatedUntil(): number | null;
  lastAt(): number | null;
  /** The oldest day that is whole. */
  oldestDay(): number | null;
  isEmpty(): boolean;
}

export function createUsageHistory(parts: {
  readonly store: UsageStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly days: number;
  readonly mostBytes: number;
  readonly pause: () => Promise<void>;
}): UsageHistory {
  const { store, clock, days, mostBytes, pause } = parts;
  const numbers = createSeriesNumbers(store.series());
  const { keys } = numbers;
  const reading = { store, keys, numbers, pause };
  const samples = createSampleSeries(numbers);
  let stored = keys.length;
  /** Days that are over and not whole yet. */
  let waiting: EndedDay[] = [];
  let idle = new Map<number, number>();
  let lastAt: number | null = null;
  let lastKeyHour: number | null = null;
  let tidying: Promise<void> | null = null;

  const lastDay = store.days().at(-1);
  const origin = lastDay === undefined ? 0 : lastDay + DAY;
  const today = createReplay({
    keys,
    origin,
    length: DAY,
    onBucket: (bucket) => waiting.push({ bucket, idle: new Map(idle) }),
  });
  if (lastDay !== undefined) {
    const totals = store.day(lastDay);
    if (totals !== null) idle = new Map(decodeTotals(lastDay, totals, keys).idleSince);
  }
  for (const { at, minutes, isKey, frame } of minutesIn(store, { from: origin, to: Number.MAX_SAFE_INTEGER }))
    apply(at, minutes, isKey, decodeFrame(frame, keys));
  const currentDay = createCurrentDayRecord(reading, lastAt);

  function apply(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void {
    // A day that ends here ends with what was idle before.
    today.addChanges(at, minutes, isKey, changes);
    if (isKey) for (const series of idle.keys()) if (today.values(series) === null) idle.delete(series);
    for (const [series, values] of changes) {
      if (keys[series]?.kind !== 'nodes') continue;
      const need = values === null ? -1 : needOf(values);
      if (values === null || (values[HELD] ?? 0) === 0 || need > 0) idle.delete(series);
      else if (need === 0 && !idle.has(series)) idle.set(series, at);
    }
    lastAt = at + (minutes - 1) * MINUTE;
  }

  function addToday(table: SumTable): void {
    const start = today.underWay()?.start ?? 0;
    today.eachSoFar((series, sums) => {
      addSumsToTable(table, series, sums, start);
    });
  }

  /** The virtual cluster that all of some series are of; null: there is no such one. */
  function onlyCluster(series: ReadonlySet<number>): string | null {
    const ids = new Set([...series].map((each) => keys[each]?.clusterId ?? null));
    const [id = null] = ids;
    return ids.size === 1 ? id : null;
  }

  /** Whether all that there is of a day under way falls into one stretch. */
  function isDaySoFar(day: number, { from, to }: Range, length: number): boolean {
    const isInOne = from <= day && (day - from) % DAY === 0 && length % DAY === 0;
    return isInOne && today.underWay()?.start === day && to > (lastAt ?? 0);
  }

  /** Its sums hold until the next minute is recorded. */
  function daySoFar(day: number, wanted: ReadonlySet<number>): Bucket {
    const sums = new Map<number, Sums>();
    today.eachSoFar((series, each) => {
      if (wanted.has(series)) sums.set(series, each);
    });
    return { start: day, sampled: today.underWay()?.sampled ?? 0, sums };
  }

  /** What a virtual cluster did in a day, minute by minute; null: that is not kept in one piece. */
  async function recordOf(clusterId: string, day: number, isWhole: boolean): Promise<Uint8Array | null> {
    if (!isWhole) return currentDay.of(clusterId, day);
    const block = store.block(day, clusterId);
    return block !== null && isDayRecord(block) ? block : null;
  }

  async function tidyNow(): Promise<void> {
    for (const each of [...waiting]) {
      if (!store.days().includes(each.bucket.start)) await packDay(reading, each);
      waiting = waiting.filter((other) => other !== each);
    }
    const now = clock.now();
    const firstOpen = today.underWay()?.start ?? dayOf(now);
    store.dropMinutes(Math.floor(Math.min(now - MINUTES_KEPT, firstOpen) / HOUR) * HOUR);
    const old = daysTooOld(store.days(), dayOf(now), days);
    for (const day of store.days()) {
      if (!old.includes(day) && store.bytes() <= mostBytes) break;
      store.dropDay(day);
      await pause();
    }
  }

  return {
    numbers,
    record(sample) {
      const { at, minutes = 1 } = sample;
      if (lastAt !== null && at < lastAt)
        throw new Error(`the clock is behind the last sample, of ${new Date(lastAt).toISOString()}`);
      if (at === lastAt) return;
      const hour = Math.floor(at / HOUR);
      const isKey = hour !== lastKeyHour;
      const moved = samples.next(sample);
      const changes = isKey ? samples.all() : moved;
      // After a failure all stands in the next one again.
      lastKeyHour = null;
      store.addMinute({ at, minutes, isKey, frame: encodeFrame(changes) }, keys.slice(stored));
      stored = keys.length;
      lastKeyHour = hour;
      apply(at, minutes, isKey, changes);
      currentDay.add(at, minutes, isKey, changes);
    },
    catchUp: currentDay.catchUp,
    tidy() {
      tidying ??= tidyNow().finally(() => {
        tidying = null;
      });
      return tidying;
    },
    async *read(range, length, series) {
      const clusterId = onlyCluster(series);
      const isFine = length < QUARTER;
      if (isFine && clusterId === null) {
        yield* playMinutes(reading, range, length, series);
        return;
      }
      const whole = new Set(store.days());
      for (let day = dayOf(range.from); day < range.to; day += DAY) {
        const isWhole = whole.has(day);
        const part = { from: Math.max(day, range.from), to: Math.min(day + DAY, range.to) };
        if (isDaySoFar(day, range, length)) yield daySoFar(day, series);
        else {
          const record = clusterId !== null && (isFine || !isWhole) ? await recordOf(clusterId, day, isWhole) : null;
          if (record !== null && clusterId !== null) {
            const total = numbers.find('nodes', clusterId, null);
            yield* playDayRecord(record, total, { day, ...range, length, keys, wanted: series });
          } else if (isWhole && !isFine) yield* readWholeDay(reading, day, range, length, series);
          // By minutes: stretches begin at multiples of `length` from the range's begin on, not from the day's.
          else yield* playMinutes(reading, part, isFine ? MINUTE : QUARTER, series);
        }
        if (day % (16 * DAY) === 0) await pause();
      }
    },
    async *readDays(range) {
      const whole = new Set(store.days());
      for (let day = dayOf(range.from); day < range.to; day += DAY) {
        const part = { from: Math.max(day, range.from), to: Math.min(day + DAY, range.to) };
        const isAll = part.from === day && (part.to === day + DAY || part.to > (lastAt ?? 0));
        const totals = isAll && whole.has(day) ? store.day(day) : null;
        const over = waiting.find(({ bucket }) => bucket.start === day)?.bucket;
        const underWay = today.underWay();
        if (totals !== null) yield decodeTotals(day, totals, keys).totals;
        else if (isAll && over !== undefined) yield totalsOf(over);
        else if (isAll && underWay?.start === day) yield { ...underWay, addTo: addToday };
        else {
          const buckets = whole.has(day)
            ? readWholeDay(reading, day, part, DAY, undefined)
            : playMinutes(reading, part, DAY, undefined);
          for await (const bucket of buckets) yield totalsOf(bucket);
        }
        await pause();
      }
    },
    now: today.values,
    idleSince(series) {
      const values = today.values(series);
      return values === null || needOf(values) !== 0 ? null : (idle.get(series) ?? null);
    },
    setIdleSince(series, since) {
      if (idle.has(series)) idle.set(series, since);
    },
    simulatedUntil: store.simulatedUntil,
    lastAt: () => lastAt,
    oldestDay: () => store.days()[0] ?? null,
    isEmpty: () => lastAt === null && store.days().length === 0,
  };
}

/**
 * Records samples of a time before there was a console, unless something is kept already. In one transaction: a month is thousands of
 * samples, and a console that is killed meanwhile starts over.
 */
export function recordPast(history: UsageHistory, store: UsageStore, past: Iterable<UsageSample>): void {
  if (!history.isEmpty()) return;
  store.atOnce(() => {
    for (const sample of past) history.record(sample);
    const lastAt = history.lastAt();
    if (lastAt !== null) store.setSimulatedUntil(lastAt + MINUTE);
  });
}
