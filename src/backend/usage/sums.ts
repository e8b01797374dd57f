import type { SeriesKey } from './usage-store.ts';

/** A series' values at a time: whole numbers, -1 for unknown. */
export type Values = readonly number[];

/** How many values a series has. */
export const widths: Readonly<Record<SeriesKey['kind'], number>> = { nodes: 5, load: 5, free: 1 };

/** CPUs and GPUs are kept in hundredths. */
export const LOAD_SCALE = 100;

export const HELD = 0;
export const USED = 1;
export const RESERVED = 2;
export const IDLE = 3;
export const DEAD = 4;
/** Used or reserved at once; only sums have it. */
export const NEED = 5;

export function sameValues(a: Values, b: Values): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** What a series was over some time. `present`: the sampled minutes in which it existed; `last`: its first value at the end, or 0. */
export interface Sums {
  present: number;
  last: number;
  /** Minutes known, sum over these, least and most, by value. */
  readonly known: number[];
  readonly sum: number[];
  readonly least: number[];
  readonly most: number[];
}

export function emptySums(kind: SeriesKey['kind']): Sums {
  const width = kind === 'nodes' ? widths.nodes + 1 : widths[kind];
  return { present: 0, last: 0, known: zeros(width), sum: zeros(width), least: zeros(width), most: zeros(width) };
}

/** Literals, as these are made by the ten thousand. */
function zeros(width: number): number[] {
  if (width === 6) return [0, 0, 0, 0, 0, 0];
  return width === 5 ? [0, 0, 0, 0, 0] : Array.from({ length: width }, () => 0);
}

/** Adds values that held for some minutes. */
export function addValues(sums: Sums, values: Values, minutes: number): void {
  sums.present += minutes;
  for (let i = 0; i < sums.known.length; i++) {
    const value = i === NEED ? needOf(values) : (values[i] ?? -1);
    if (value >= 0) addKnown(sums, i, minutes, value * minutes, value, value);
  }
}

/** How many nodes were used or reserved; -1: unknown. */
export function needOf(values: Values): number {
  const used = values[USED] ?? -1;
  const reserved = values[RESERVED] ?? -1;
  return used < 0 || reserved < 0 ? -1 : used + reserved;
}

/** Adds the sums of a later time. */
export function mergeSums(sums: Sums, later: Readonly<Sums>): void {
  sums.present += later.present;
  sums.last = later.last;
  for (let i = 0; i < sums.known.length; i++) {
    const known = later.known[i] ?? 0;
    if (known > 0) addKnown(sums, i, known, later.sum[i] ?? 0, later.least[i] ?? 0, later.most[i] ?? 0);
  }
}

function addKnown(
  { known, sum, least, most }: Sums,
  i: number,
  minutes: number,
  more: number,
  low: number,
  high: number,
) {
  const before = known[i] ?? 0;
  least[i] = before === 0 ? low : Math.min(least[i] ?? 0, low);
  most[i] = before === 0 ? high : Math.max(most[i] ?? 0, high);
  known[i] = before + minutes;
  sum[i] = (sum[i] ?? 0) + more;
}
