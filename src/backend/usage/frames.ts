import { widths, type Values } from './sums.ts';
import type { SeriesKey } from './usage-store.ts';
import { createByteReader, createByteWriter, type ByteReader } from './varints.ts';

/** A series' new values; null: it is gone. */
export type Change = readonly [series: number, values: Values | null];

/** The bytes of what changed in a minute. */
export function encodeFrame(changes: Iterable<Change>): Uint8Array {
  const writer = createByteWriter();
  for (const [series, values] of changes) {
    writer.unsigned(series * 2 + (values === null ? 1 : 0));
    for (const value of values ?? []) writer.unsigned(value + 1);
  }
  return writer.done();
}

/** `wanted`: leaves out all others. */
export function decodeFrame(
  frame: Uint8Array,
  keys: readonly SeriesKey[],
  wanted?: ReadonlySet<number>,
): readonly Change[] {
  const reader = createByteReader(frame);
  const changes: Change[] = [];
  while (!reader.isAtEnd()) {
    const head = reader.unsigned();
    const series = Math.floor(head / 2);
    const key = keys[series];
    if (key === undefined) throw new Error('usage names a series that there is not');
    const isWanted = wanted === undefined || wanted.has(series);
    if (head % 2 === 1) {
      if (isWanted) changes.push([series, null]);
    } else if (!isWanted) {
      reader.skipNumbers(widths[key.kind]);
    } else {
      changes.push([series, readValues(reader, widths[key.kind])]);
    }
  }
  return changes;
}

/** Literals, which take no more room than they need: there are a million in a day. */
function readValues(reader: ByteReader, width: number): Values {
  const next = () => reader.unsigned() - 1;
  return width === 5 ? [next(), next(), next(), next(), next()] : Array.from({ length: width }, next);
}
