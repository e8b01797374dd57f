import { emptySums, IDLE, NEED, type Sums } from './sums.ts';
import type { Bucket } from './replay.ts';
import { DAY, QUARTER, type SeriesKey } from './usage-store.ts';
import { createByteReader, createByteWriter, type ByteReader, type ByteWriter } from './varints.ts';

const QUARTERS = DAY / QUARTER;

/**
 * A day of some series, in quarters of an hour. By columns, each the difference to the quarter before, so that what does not change
 * takes one byte; each series' length stands before it, so that others can be skipped.
 */
export function encodeBlock(
  day: number,
  buckets: readonly Bucket[],
  series: readonly number[],
  keys: readonly SeriesKey[],
): Uint8Array {
  const byQuarter = new Map(buckets.map((each) => [(each.start - day) / QUARTER, each]));
  const quarters = Array.from({ length: QUARTERS }, (_, i) => byQuarter.get(i));
  const writer = createByteWriter();
  writeColumn(
    writer,
    quarters.map((each) => each?.sampled ?? 0),
  );
  for (const number of series) {
    const kind = keys[number]?.kind ?? 'free';
    const none = emptySums(kind);
    const all = quarters.map((each) => each?.sums.get(number) ?? none);
    if (all.every(({ present }) => present === 0)) continue;
    const own = createByteWriter();
    for (const column of columnsOf(kind)) writeColumn(own, all.map(column.read));
    const bytes = own.done();
    writer.unsigned(number);
    writer.unsigned(bytes.length);
    writer.bytes(bytes);
  }
  return writer.done();
}

export function decodeBlock(
  day: number,
  bytes: Uint8Array,
  keys: readonly SeriesKey[],
  wanted?: ReadonlySet<number>,
): readonly Bucket[] {
  const reader = createByteReader(bytes);
  const sampled = readColumn(reader);
  const sums = sampled.map(() => new Map<number, Sums>());
  while (!reader.isAtEnd()) {
    const number = reader.unsigned();
    const length = reader.unsigned();
    if (wanted !== undefined && !wanted.has(number)) {
      reader.skip(length);
      continue;
    }
    const kind = keys[number]?.kind ?? 'free';
    const all = sums.map(() => emptySums(kind));
    for (const column of columnsOf(kind)) {
      const values = readColumn(reader);
      all.forEach((each, i) => column.write(each, values[i] ?? 0));
    }
    all.forEach((each, i) => {
      if (each.present > 0) sums[i]?.set(number, each);
    });
  }
  return sampled.flatMap((minutes, i) =>
    minutes === 0 ? [] : [{ start: day + i * QUARTER, sampled: minutes, sums: sums[i] ?? new Map<number, Sums>() }],
  );
}

/** The sums of one series. */
export function writeSums(writer: ByteWriter, kind: SeriesKey['kind'], sums: Sums): void {
  for (const { read } of columnsOf(kind)) writer.signed(read(sums));
}

export function readSums(reader: ByteReader, kind: SeriesKey['kind']): Sums {
  const sums = emptySums(kind);
  for (const { write } of columnsOf(kind)) write(sums, reader.signed());
  return sums;
}

/** The totals of a day as version 2 of the file has them: by rows. */
export function decodeRows(
  day: number,
  bytes: Uint8Array,
  keys: readonly SeriesKey[],
): { readonly bucket: Bucket; readonly idleSince: ReadonlyMap<number, number> } {
  const reader = createByteReader(bytes);
  const sampled = reader.unsigned();
  const sums = new Map<number, Sums>();
  const idleSince = new Map<number, number>();
  while (!reader.isAtEnd()) {
    const number = reader.unsigned();
    const since = reader.unsigned() * 60_000;
    if (since > 0) idleSince.set(number, since);
    sums.set(number, readSums(reader, keys[number]?.kind ?? 'free'));
  }
  return { bucket: { start: day, sampled, sums }, idleSince };
}

/** A column's first value, whether all others are the same, and else the differences. */
function writeColumn(writer: ByteWriter, column: readonly number[]): void {
  const first = column[0] ?? 0;
  const isSame = column.every((value) => value === first);
  writer.unsigned((first < 0 ? -2 * first - 1 : 2 * first) * 2 + (isSame ? 1 : 0));
  if (isSame) return;
  for (let i = 1; i < column.length; i++) writer.signed((column[i] ?? 0) - (column[i - 1] ?? 0));
}

function readColumn(reader: ByteReader): number[] {
  const head = reader.unsigned();
  const zigzag = Math.floor(head / 2);
  let value = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
  const column = [value];
  for (let i = 1; i < QUARTERS; i++) column.push(head % 2 === 1 ? value : (value += reader.signed()));
  return column;
}

/** One number of a series' sums, as it is written: what follows from others is 0, so that it compresses away. */
interface Column {
  readonly read: (sums: Sums) => number;
  readonly write: (sums: Sums, value: number) => void;
}

function column(read: (sums: Sums) => number, write: (sums: Sums, value: number) => void): Column {
  return { read, write };
}

/** Each column may be computed from those before it. */
function valueColumns(i: number, hasExtremes: boolean): readonly Column[] {
  const at = (list: readonly number[]) => list[i] ?? 0;
  const floor = (sums: Sums) => (at(sums.known) === 0 ? 0 : Math.floor(at(sums.sum) / at(sums.known)));
  const ceil = (sums: Sums) => (at(sums.known) === 0 ? 0 : Math.ceil(at(sums.sum) / at(sums.known)));
  const known = column(
    (sums) => sums.present - at(sums.known),
    (sums, value) => {
      sums.known[i] = sums.present - value;
    },
  );
  const sum = column(
    (sums) => at(sums.sum) - expectedSum(sums, i),
    (sums, value) => {
      sums.sum[i] = value + expectedSum(sums, i);
    },
  );
  if (!hasExtremes) return [known, sum];
  return [
    known,
    sum,
    column(
      (sums) => floor(sums) - at(sums.least),
      (sums, value) => {
        sums.least[i] = floor(sums) - value;
      },
    ),
    column(
      (sums) => at(sums.most) - ceil(sums),
      (sums, value) => {
        sums.most[i] = ceil(sums) + value;
      },
    ),
  ];
}

/** Idle nodes are what is left of those held, and needed ones are used or reserved. */
function expectedSum({ sum, known }: Sums, i: number): number {
  const of = (n: number) => sum[n] ?? 0;
  if (known.length <= NEED) return 0;
  if (i === IDLE) return of(0) - of(1) - of(2);
  return i === NEED ? of(1) + of(2) : 0;
}

const present = column(
  (sums) => sums.present,
  (sums, value) => {
    sums.present = value;
  },
);
const last = column(
  (sums) => (sums.most[0] ?? 0) - sums.last,
  (sums, value) => {
    sums.last = (sums.most[0] ?? 0) - value;
  },
);
const columns: Readonly<Record<SeriesKey['kind'], readonly Column[]>> = {
  nodes: [present, ...[0, 1, 2, 3, 4, 5].flatMap((i) => valueColumns(i, i !== IDLE)), last],
  load: [present, ...[0, 1, 2, 3, 4].flatMap((i) => valueColumns(i, true)), last],
  free: [present, ...valueColumns(0, true), last],
};

function columnsOf(kind: SeriesKey['kind']): readonly Column[] {
  return columns[kind];
}
