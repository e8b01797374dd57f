import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import type { Sighting } from '../../contract/timeline.ts';
import type { NewObservation } from './observation-log.ts';
import { createObservationRecorder, WRITE_AFTER } from './observation-recorder.ts';

const died: Sighting = { kind: 'died', count: 1, nodeIds: ['n'], templateId: null, clusterId: null };

function setUp() {
  const clock = createHandClock();
  const written: NewObservation[][] = [];
  const disk = { isFull: false };
  const recorder = createObservationRecorder({
    clock,
    log: {
      async add(batch) {
        if (disk.isFull) throw new Error('full');
        written.push([...batch]);
      },
    },
  });
  return { clock, written, disk, recorder };
}

test('what is seen is written in one batch, after a while, and nothing is scheduled otherwise', async () => {
  const { clock, written, recorder } = setUp();
  expect(clock.waiting()).toBe(0);
  recorder.record(died, clock.now());
  recorder.record({ kind: 'ray-restarted' }, clock.now());
  expect(written).toEqual([]);
  await clock.advance(WRITE_AFTER);
  expect(written.map(({ length }) => length)).toEqual([2]);
  expect(clock.waiting()).toBe(0);
});

test('a failed write loses nothing and is tried again; what ends unwritten throws nowhere', async () => {
  const { clock, written, disk, recorder } = setUp();
  disk.isFull = true;
  recorder.record(died, clock.now());
  await clock.advance(30_000);
  recorder.record(died, clock.now());
  disk.isFull = false;
  await clock.advance(10_000);
  expect(written.flat()).toHaveLength(2);
  disk.isFull = true;
  recorder.record(died, clock.now());
  await recorder.close();
  expect(clock.waiting()).toBe(0);
});

test('of one kind 300 an hour are kept, and then how many more there were; other kinds go on', async () => {
  const { clock, written, recorder } = setUp();
  for (let n = 0; n < 1_000; n++) recorder.record(died, clock.now());
  recorder.record({ kind: 'ray-restarted' }, clock.now());
  await clock.advance(60 * 60 * 1_000);
  recorder.record(died, clock.now());
  await recorder.close();
  const kinds = written.flat().map(({ what }) => what.kind);
  expect(kinds.filter((kind) => kind === 'died')).toHaveLength(301);
  expect(kinds).toContain('ray-restarted');
  expect(written.flat().find(({ what }) => what.kind === 'omitted')?.what).toEqual({
    kind: 'omitted',
    of: 'died',
    count: 700,
  });
});

test('text of any length from Ray takes bounded space', async () => {
  const { clock, written, recorder } = setUp();
  recorder.record({ ...died, clusterId: 'x'.repeat(100_000) }, clock.now());
  await recorder.close();
  expect(JSON.stringify(written).length).toBeLessThan(200);
});
