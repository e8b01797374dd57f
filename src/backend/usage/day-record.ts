import { groupBy } from '../../domain/group-by.ts';
import { MINUTE } from '../../domain/usage-sample.ts';
import { readSums, writeSums } from './blocks.ts';
import type { Change } from './frames.ts';
import { DEAD, HELD, IDLE, RESERVED, sameValues, USED, widths, type Sums, type Values } from './sums.ts';
import type { SeriesKey } from './usage-store.ts';
import { createByteWriter, type ByteReader, type ByteWriter } from './varints.ts';

/** What a block in quarters of an hour never begins with: they do with a multiple of 4, or one more. */
export const DAY_RECORD = 2;
/** One that also has sums over its whole day. */
export const DAY_RECORD_WITH_SUMS = 3;

/** Minutes of a day that were sampled, from `begin` to before `end`. */
export interface Run {
  readonly begin: number;
  readonly end: number;
}

const GONE = 1 << 5;

/** Writes down what changed in each virtual cluster in a day, as it comes or while its minutes are played. */
export interface DayRecorder {
  readonly day: number;
  add(at: number, minutes: number, isKey: boolean, changes: readonly Change[]): void;
  /** Of each virtual cluster that existed. `sums`: of the whole day, by series. */
  blocks(sums: ReadonlyMap<number, Sums>): ReadonlyMap<string, () => Uint8Array>;
  /** Of one virtual cluster so far, without sums; also of one that was not there: that says which minutes were sampled. */
  soFar(clusterId: string): Uint8Array;
}

interface Written {
  readonly writer: ByteWriter;
  values: Values | null;
  minute: number;
  seenIn: number;
}

/**
 * A day of a virtual cluster takes less place by what changed in each minute than by sums over quarters of an hour: those move in
 * many ways with every change. What its templates have together is not written, but summed up again.
 */
export function createDayRecorder(day: number, keys: readonly SeriesKey[]): DayRecorder {
  const runs: { begin: number; end: number }[] = [];
  const written = new Map<number, Written>();
  const byCluster = new Map<string, [number, ByteWriter][]>();
  let keyFrames = 0;

  function begin(series: number): Written {
    const own = { writer: createByteWriter(32), values: null, minute: 0, seenIn: 0 };
    written.set(series, own);
    const clusterId = keys[series]?.clusterId ?? '';
    const others = byCluster.get(clusterId);
    if (others === undefined) byCluster.set(clusterId, [[series, own.writer]]);
    else others.push([series, own.writer]);
    return own;
  }

  function write(series: number, minute: number, values: Values | null): void {
    let own = written.get(series);
    if (own === undefined) {
      if (values === null) return;
      own = begin(series);
    }
    own.seenIn = keyFrames;
    if (values === own.values || (values !== null && own.values !== null && sameValues(values, own.values))) return;
    own.writer.unsigned(minute - own.minute);
    if (values === null) own.writer.unsigned(GONE);
    else writeValues(own.writer, keys[series]?.kind ?? 'free', own.values, values);
    own.values = values;
    own.minute = minute;
  }

  return {
    day,
    add(at, minutes, isKey, changes) {
      if (at < day) return;
      const minute = (at - day) / MINUTE;
      const run = runs.at(-1);
      if (run?.end === minute) run.end += minutes;
      else runs.push({ begin: minute, end: minute + minutes });
      if (isKey) keyFrames += 1;
      for (const [series, values] of changes) if (isWritten(keys[series])) write(series, minute, values);
      if (isKey) for (const [series, { seenIn }] of written) if (seenIn !== keyFrames) write(series, minute, null);
    },
    blocks(sums) {
      const summed = groupBy(
        [...sums].filter(([series]) => isSummed(keys[series])),
        ([series]) => keys[series]?.clusterId ?? '',
      );
      return new Map(
        [...byCluster].map(([clusterId, series]) => [
          clusterId,
          () => encode(runs, series, summed.get(clusterId) ?? [], keys),
        ]),
      );
    },
    soFar: (clusterId) => encode(runs, byCluster.get(clusterId) ?? [], [], keys),
  };
}

/** What a chart of a virtual cluster shows: a long one, of days, need not play 100,000 changes. */
function isSummed(key: SeriesKey | undefined): boolean {
  return key !== undefined && key.clusterId !== null && key.templateId === null;
}

/** Sums over templates follow from the others; those over virtual clusters are kept in quarters of an hour. */
function isWritten(key: SeriesKey | undefined): boolean {
  return key !== undefined && key.clusterId !== null && (key.kind === 'load' || key.templateId !== null);
}

function encode(
  runs: readonly Run[],
  series: readonly (readonly [number, ByteWriter])[],
  sums: readonly (readonly [number, Sums])[],
  keys: readonly SeriesKey[],
): Uint8Array {
  const writer = createByteWriter();
  writer.unsigned(DAY_RECORD_WITH_SUMS);
  writer.unsigned(sums.length);
  for (const [number, each] of sums) {
    writer.unsigned(number);
    writeSums(writer, keys[number]?.kind ?? 'free', each);
  }
  writer.unsigned(runs.length);
  let last = 0;
  for (const { begin, end } of runs) {
    writer.unsigned(begin - last);
    writer.unsigned(end - begin);
    last = end;
  }
  for (const [number, own] of series) {
    const bytes = own.done();
    writer.unsigned(number);
    writer.unsigned(bytes.length);
    writer.bytes(bytes);
  }
  return writer.done();
}

/** Which values changed, by bits, and those. */
function writeValues(writer: ByteWriter, kind: SeriesKey['kind'], before: Values | null, values: Values): void {
  let changed = 0;
  for (let i = 0; i < values.length; i++) if (values[i] !== expected(kind, before, values, i)) changed |= 1 << i;
  writer.unsigned(changed);
  for (let i = 0; i < values.length; i++) if ((changed & (1 << i)) !== 0) writer.unsigned((values[i] ?? -1) + 1);
}

/** As before; and idle nodes are what is left of those held. */
function expected(kind: SeriesKey['kind'], before: Values | null, values: Values, i: number): number {
  return kind === 'nodes' && i === IDLE ? idleOf(values) : (before?.[i] ?? 0);
}

function idleOf(values: Values): number {
  const held = values[HELD] ?? -1;
  const used = values[USED] ?? -1;
  const reserved = values[RESERVED] ?? -1;
  const dead = values[DEAD] ?? -1;
  return held < 0 || used < 0 || reserved < 0 || dead < 0 ? -1 : held - used - reserved - dead;
}

/** Calls back with each change of a series, in order. */
export function readChanges(
  reader: ByteReader,
  end: number,
  kind: SeriesKey['kind'],
  visit: (minute: number, values: Values | null) => void,
): void {
  const width = widths[kind];
  let before: readonly number[] | null = null;
  let minute = 0;
  while (reader.position() < end) {
    minute += reader.unsigned();
    const changed = reader.unsigned();
    if (changed === GONE) {
      before = null;
      visit(minute, null);
      continue;
    }
    const values: number[] = [];
    for (let i = 0; i < width; i++)
      values.push((changed & (1 << i)) === 0 ? (before?.[i] ?? 0) : reader.unsigned() - 1);
    if (kind === 'nodes' && (changed & (1 << IDLE)) === 0) values[IDLE] = idleOf(values);
    before = values;
    visit(minute, values);
  }
}

/** The sums over the whole day, by series; none in a record without. The reader is behind the first byte. */
export function readDaySums(reader: ByteReader, keys: readonly SeriesKey[]): ReadonlyMap<number, Sums> {
  const sums = new Map<number, Sums>();
  for (let left = reader.unsigned(); left > 0; left--) {
    const series = reader.unsigned();
    sums.set(series, readSums(reader, keys[series]?.kind ?? 'free'));
  }
  return sums;
}

export function readRuns(reader: ByteReader): readonly Run[] {
  const runs: Run[] = [];
  let last = 0;
  for (let left = reader.unsigned(); left > 0; left--) {
    const begin = last + reader.unsigned();
    last = begin + reader.unsigned();
    runs.push({ begin, end: last });
  }
  return runs;
}
