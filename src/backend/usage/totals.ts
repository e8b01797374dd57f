import { MINUTE } from '../../domain/usage-sample.ts';
import { decodeRows } from './blocks.ts';
import type { Bucket } from './replay.ts';
import { emptySums, IDLE, NEED, type Sums } from './sums.ts';
import { addPresence, addSumsToTable, addToValue, type SumTable } from './sum-table.ts';
import { DAY, type SeriesKey } from './usage-store.ts';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './varints.ts';

/** What was in a day, of all series. */
export interface DayTotals {
  readonly start: number;
  readonly sampled: number;
  readonly addTo: (table: SumTable) => void;
}

/** No day has as many minutes: totals of a version before, which are by rows, begin with how many were sampled. */
const BY_COLUMNS = 2_000;
const NO_COLUMN = new Float64Array(0);
const kinds: readonly SeriesKey['kind'][] = ['nodes', 'load', 'free'];

/**
 * A whole day of all series, and since when each has been idle at its end. By columns: most of these are all zero, and 30 days of
 * 12,000 series are read in some tenths of a second. What follows from others is not written: how many minutes a value is not
 * known, how far the sum is from what the others let expect, and how far the least and the most are from the mean.
 */
export async function encodeTotals(
  { start, sampled, sums }: Bucket,
  keys: readonly SeriesKey[],
  idleSince: ReadonlyMap<number, number>,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const writer = createByteWriter(65_536);
  writer.unsigned(BY_COLUMNS);
  writer.unsigned(sampled);
  for (const kind of kinds) {
    const rows = [...sums].filter(([series]) => (keys[series]?.kind ?? 'free') === kind).sort(([a], [b]) => a - b);
    writer.unsigned(rows.length);
    let last = 0;
    for (const [series] of rows) {
      writer.unsigned(series - last);
      last = series;
    }
    writeColumn(
      writer,
      rows.map(([series]) => {
        const since = idleSince.get(series);
        return since === undefined ? 0 : (start + DAY - since) / MINUTE;
      }),
    );
    for (const read of columnsOf(emptySums(kind).known.length)) {
      writeColumn(
        writer,
        rows.map(([, each]) => read(each)),
      );
      await pause();
    }
  }
  return writer.done();
}

export function decodeTotals(
  day: number,
  bytes: Uint8Array,
  keys: readonly SeriesKey[],
): { readonly totals: DayTotals; readonly idleSince: ReadonlyMap<number, number> } {
  const reader = createByteReader(bytes);
  const head = reader.unsigned();
  if (head !== BY_COLUMNS) {
    const { bucket, idleSince } = decodeRows(day, bytes, keys);
    return { totals: totalsOf(bucket), idleSince };
  }
  const sampled = reader.unsigned();
  const idleSince = new Map<number, number>();
  const groups = kinds.map((kind) => {
    const series = new Uint32Array(reader.unsigned());
    const zeros = new Float64Array(series.length);
    let last = 0;
    for (let row = 0; row < series.length; row++) series[row] = last += reader.unsigned();
    readColumn(reader, zeros).forEach((minutes, row) => {
      if (minutes > 0) idleSince.set(series[row] ?? 0, day + DAY - minutes * MINUTE);
    });
    const columns = columnsOf(emptySums(kind).known.length).map(() => readColumn(reader, zeros));
    return { series, columns };
  });
  const addTo: DayTotals['addTo'] = (table) => {
    for (const { series, columns } of groups) addRows(table, series, columns, day);
  };
  return { totals: { start: day, sampled, addTo }, idleSince };
}

/** Totals of what is not in a store. */
export function totalsOf({ start, sampled, sums }: Bucket): DayTotals {
  return {
    start,
    sampled,
    addTo: (table) => {
      for (const [series, each] of sums) addSumsToTable(table, series, each, start);
    },
  };
}

/** Idle nodes are what is left of those held, and needed ones are used or reserved. */
function expectedSum(sum: readonly number[], i: number): number {
  const at = (n: number) => sum[n] ?? 0;
  if (sum.length <= NEED) return 0;
  if (i === IDLE) return at(0) - at(1) - at(2);
  return i === NEED ? at(1) + at(2) : 0;
}

const mean = (sums: Sums, i: number) => ((sums.known[i] ?? 0) === 0 ? 0 : (sums.sum[i] ?? 0) / (sums.known[i] ?? 0));

/** What is written of sums of so many values: present, four of each value, and the last. */
function columnsOf(width: number): readonly ((sums: Sums) => number)[] {
  const of = (i: number): ((sums: Sums) => number)[] => [
    (sums) => sums.present - (sums.known[i] ?? 0),
    (sums) => (sums.sum[i] ?? 0) - expectedSum(sums.sum, i),
    (sums) => Math.floor(mean(sums, i)) - (sums.least[i] ?? 0),
    (sums) => (sums.most[i] ?? 0) - Math.ceil(mean(sums, i)),
  ];
  return [
    (sums) => sums.present,
    ...Array.from({ length: width }, (_, i) => of(i)).flat(),
    (sums) => (sums.most[0] ?? 0) - sums.last,
  ];
}

/** Adds up a day's rows, value by value: so few arrays are read at once that they stay in the processor's caches. */
function addRows(table: SumTable, series: Uint32Array, columns: readonly Float64Array[], start: number): void {
  const present = columns[0] ?? NO_COLUMN;
  const last = columns.at(-1) ?? NO_COLUMN;
  const width = (columns.length - 2) / 4;
  const sums: Float64Array[] = [];
  for (let i = 0; i < width; i++) {
    const [unknown, residual, least, most] = columns.slice(1 + i * 4, 5 + i * 4);
    if (unknown === undefined || residual === undefined || least === undefined || most === undefined) return;
    const sum = wholeSums(residual, sums, i, width);
    sums.push(sum);
    const value = table.values[i];
    if (value === undefined) return;
    for (let row = 0; row < series.length; row++) {
      const minutes = (present[row] ?? 0) - (unknown[row] ?? 0);
      const average = minutes === 0 ? 0 : (sum[row] ?? 0) / minutes;
      const highest = Math.ceil(average) + (most[row] ?? 0);
      const number = series[row] ?? 0;
      addToValue(value, number, minutes, sum[row] ?? 0, Math.floor(average) - (least[row] ?? 0), highest);
      if (i === 0) addPresence(table, number, present[row] ?? 0, highest - (last[row] ?? 0), start);
    }
  }
}

/** Idle nodes are what is left of those held, and needed ones are used or reserved. */
function wholeSums(
  residual: Float64Array,
  [held, used, reserved]: readonly Float64Array[],
  i: number,
  width: number,
): Float64Array {
  if (width <= NEED || (i !== IDLE && i !== NEED)) return residual;
  const whole = new Float64Array(residual.length);
  for (let row = 0; row < whole.length; row++) {
    const taken = (used?.[row] ?? 0) + (reserved?.[row] ?? 0);
    whole[row] = (residual[row] ?? 0) + (i === NEED ? taken : (held?.[row] ?? 0) - taken);
  }
  return whole;
}

/** How many bytes it takes, none where all are zero, and these. */
function writeColumn(writer: ByteWriter, column: readonly number[]): void {
  const own = createByteWriter(column.length);
  if (column.some((value) => value !== 0)) for (const value of column) own.signed(value);
  const bytes = own.done();
  writer.unsigned(bytes.length);
  writer.bytes(bytes);
}

/** `zeros`: as many as there are rows; a column of nothing else is this one. */
function readColumn(reader: ByteReader, zeros: Float64Array): Float64Array {
  if (reader.unsigned() === 0) return zeros;
  const column = new Float64Array(zeros.length);
  reader.signedColumn(column);
  return column;
}
