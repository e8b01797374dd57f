import { MINUTE } from '../../domain/usage-sample.ts';
import { decodeRows } from './blocks.ts';
import type { Bucket } from './replay.ts';
import { emptySums, IDLE, NEED, type Sums } from './sums.ts';
import { DAY, type SeriesKey } from './usage-store.ts';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './varints.ts';

/** What was in a day, of all series. */
export interface DayTotals {
  readonly start: number;
  readonly sampled: number;
  /** The sums hold until the next call only. */
  readonly each: (visit: (series: number, sums: Readonly<Sums>) => void) => void;
}

/** No day has as many minutes: totals of a version before, which are by rows, begin with how many were sampled. */
const BY_COLUMNS = 2_000;
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
    const series = Array.from({ length: reader.unsigned() }, () => 0);
    let last = 0;
    for (let row = 0; row < series.length; row++) series[row] = last += reader.unsigned();
    readColumn(reader, series.length).forEach((minutes, row) => {
      if (minutes > 0) idleSince.set(series[row] ?? 0, day + DAY - minutes * MINUTE);
    });
    const scratch = emptySums(kind);
    const columns = columnsOf(scratch.known.length).map(() => readColumn(reader, series.length));
    return { series, scratch, columns };
  });
  const each: DayTotals['each'] = (visit) => {
    for (const { series, scratch, columns } of groups)
      for (let row = 0; row < series.length; row++) {
        fill(scratch, columns, row);
        visit(series[row] ?? 0, scratch);
      }
  };
  return { totals: { start: day, sampled, each }, idleSince };
}

/** Totals of what is not in a store. */
export function totalsOf({ start, sampled, sums }: Bucket): DayTotals {
  return {
    start,
    sampled,
    each: (visit) => {
      sums.forEach((each, series) => visit(series, each));
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

/** The sums of a row. */
function fill(sums: Sums, columns: readonly Float64Array[], row: number): void {
  const { known, sum, least, most } = sums;
  sums.present = columns[0]?.[row] ?? 0;
  for (let i = 0, at = 1; i < known.length; i++, at += 4) {
    const minutes = sums.present - (columns[at]?.[row] ?? 0);
    const total = (columns[at + 1]?.[row] ?? 0) + expectedSum(sum, i);
    const average = minutes === 0 ? 0 : total / minutes;
    known[i] = minutes;
    sum[i] = total;
    least[i] = Math.floor(average) - (columns[at + 2]?.[row] ?? 0);
    most[i] = Math.ceil(average) + (columns[at + 3]?.[row] ?? 0);
  }
  sums.last = (most[0] ?? 0) - (columns.at(-1)?.[row] ?? 0);
}

/** How many bytes it takes, none where all are zero, and these. */
function writeColumn(writer: ByteWriter, column: readonly number[]): void {
  const own = createByteWriter(column.length);
  if (column.some((value) => value !== 0)) for (const value of column) own.signed(value);
  const bytes = own.done();
  writer.unsigned(bytes.length);
  writer.bytes(bytes);
}

function readColumn(reader: ByteReader, length: number): Float64Array {
  const column = new Float64Array(length);
  if (reader.unsigned() > 0) for (let row = 0; row < length; row++) column[row] = reader.signed();
  return column;
}
