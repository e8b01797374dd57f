import { emptySums, type Sums } from './sums.ts';
import type { SeriesKey } from './usage-store.ts';

/** The most values that sums have. */
export const WIDTH = 6;

/** Sums of all series in flat arrays, by series and value: so 30 days of 12,000 series are added up in some tenths of a second. */
export interface SumTable {
  readonly present: Float64Array;
  readonly last: Float64Array;
  /** The latest time at which it was, ms since 1970; 0: never. */
  readonly lastIn: Float64Array;
  readonly known: Float64Array;
  readonly sum: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

export function createSumTable(series: number): SumTable {
  const one = () => new Float64Array(series);
  const each = () => new Float64Array(series * WIDTH);
  return { present: one(), last: one(), lastIn: one(), known: each(), sum: each(), least: each(), most: each() };
}

/** Adds what a value of a series was in a later time. */
export function addToTable(
  table: SumTable,
  series: number,
  i: number,
  minutes: number,
  sum: number,
  least: number,
  most: number,
): void {
  if (minutes === 0) return;
  const at = series * WIDTH + i;
  const before = table.known[at] ?? 0;
  table.known[at] = before + minutes;
  table.sum[at] = (table.sum[at] ?? 0) + sum;
  if (before === 0 || least < (table.least[at] ?? 0)) table.least[at] = least;
  if (before === 0 || most > (table.most[at] ?? 0)) table.most[at] = most;
}

/** Adds the sums of a series over a later time. */
export function addSumsToTable(table: SumTable, series: number, sums: Readonly<Sums>, start: number): void {
  addPresence(table, series, sums.present, sums.last, start);
  sums.known.forEach((minutes, i) => {
    addToTable(table, series, i, minutes, sums.sum[i] ?? 0, sums.least[i] ?? 0, sums.most[i] ?? 0);
  });
}

export function addPresence(table: SumTable, series: number, present: number, last: number, start: number): void {
  table.present[series] = (table.present[series] ?? 0) + present;
  table.last[series] = last;
  table.lastIn[series] = start;
}

/** The sums of a series; null: it never was. */
export function sumsOf(table: SumTable, series: number, kind: SeriesKey['kind']): Sums | null {
  if ((table.present[series] ?? 0) === 0) return null;
  const sums = emptySums(kind);
  sums.present = table.present[series] ?? 0;
  sums.last = table.last[series] ?? 0;
  for (let i = 0; i < sums.known.length; i++) {
    const at = series * WIDTH + i;
    sums.known[i] = table.known[at] ?? 0;
    sums.sum[i] = table.sum[at] ?? 0;
    sums.least[i] = table.least[at] ?? 0;
    sums.most[i] = table.most[at] ?? 0;
  }
  return sums;
}
