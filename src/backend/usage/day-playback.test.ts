import { expect, test } from 'vitest';
import { MINUTE } from '../../domain/usage-sample.ts';
import { seededRandom } from '../../testing/harness/seeded-random.ts';
import { playDayRecord, type Playback } from './day-playback.ts';
import { createDayRecorder, DAY_RECORD, readDaySums, readRuns } from './day-record.ts';
import type { Change } from './frames.ts';
import { createReplay, type Bucket } from './replay.ts';
import { IDLE } from './sums.ts';
import { DAY, QUARTER, type SeriesKey } from './usage-store.ts';
import { createByteReader } from './varints.ts';

const keys: readonly SeriesKey[] = [
  { kind: 'nodes', clusterId: 'a', templateId: null },
  { kind: 'load', clusterId: 'a', templateId: null },
  { kind: 'nodes', clusterId: 'a', templateId: 'x' },
];
const day = 20_000 * DAY;
const whole: Playback = { day, from: day, to: day + DAY, length: DAY, keys, wanted: new Set([0, 1]) };

/** A day with a gap, in which a virtual cluster changes at random. */
function recorded(): Uint8Array {
  const random = seededRandom(3);
  const days: Bucket[] = [];
  const replay = createReplay({ keys, origin: day, length: DAY, onBucket: (bucket) => days.push(bucket) });
  const recorder = createDayRecorder(day, keys);
  for (let minute = 0; minute < 1_440; minute++) {
    if (minute >= 300 && minute < 420) continue;
    const used = Math.floor(random() * 5);
    const nodes = [9, used, 0, 9 - used, 0];
    const changes: Change[] = [
      [0, nodes],
      [1, [used, 100 * used, 900, 0, 0]],
      [2, nodes],
    ];
    replay.addChanges(day + minute * MINUTE, 1, minute === 0, changes);
    recorder.add(day + minute * MINUTE, 1, minute === 0, changes);
  }
  replay.end();
  return recorder.blocks(days[0]?.sums ?? new Map()).get('a')?.() ?? new Uint8Array();
}

/** The record without its sums, as an older file has it, and only what stands before the changes. */
function partsOf(record: Uint8Array): { readonly older: Uint8Array; readonly head: Uint8Array } {
  const reader = createByteReader(record);
  reader.skip(1);
  readDaySums(reader, keys);
  const older = new Uint8Array([DAY_RECORD, ...record.subarray(reader.position())]);
  readRuns(reader);
  return { older, head: record.subarray(0, reader.position()) };
}

/** What is asked for, without the least and the most of idle nodes, which no sums keep. */
function played(record: Uint8Array, asked: Playback) {
  return playDayRecord(record, 0, asked).map(({ start, sampled, sums }) => ({
    start,
    sampled,
    sums: Object.fromEntries(
      [...sums].map(([series, { least, most, ...more }]) => {
        const isKept = (_value: number, i: number) => i !== IDLE || keys[series]?.kind !== 'nodes';
        return [series, { ...more, least: least.filter(isKept), most: most.filter(isKept) }];
      }),
    ),
  }));
}

test('a day as a whole is read from its sums, and says the same as its minutes', () => {
  const record = recorded();
  const { older, head } = partsOf(record);
  expect(played(head, whole)).toEqual(played(older, whole));
  expect(played(record, whole)).toEqual(played(older, whole));
  expect(played(record, whole)[0]?.sampled).toBe(1_320);
});

test('a part of a day, shorter steps and single templates are read from its minutes', () => {
  const record = recorded();
  const { older } = partsOf(record);
  for (const other of [{ to: day + DAY / 2 }, { length: QUARTER }, { wanted: new Set([2]) }, { wanted: undefined }]) {
    const asked = { ...whole, ...other };
    expect(played(record, asked)).toEqual(played(older, asked));
  }
});
