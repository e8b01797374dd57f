import { expect, test } from 'vitest';
import { createSourceReader, pause, type ReadCost } from './source-reader.ts';
import { createHandClock } from './testing/hand-clock.ts';

const cheap: ReadCost = { ok: true, timedOut: false, took: 0 };

test.each([
  ['a cheap read', 3_000, cheap, 3_000],
  ['a dear one', 3_000, { ok: true, timedOut: false, took: 2_000 }, 20_000],
  ['a failed dear one', 3_000, { ok: false, timedOut: false, took: 1_000 }, 10_000],
  ['one that ran out of time', 3_000, { ok: false, timedOut: true, took: 20_000 }, 30_000],
  ['one while nobody watches', 30_000, { ok: true, timedOut: false, took: 100 }, 30_000],
] as const)('%s', (_name, base, cost, expected) => {
  expect(pause(base, cost)).toBe(expected);
});

test('reads at once, then after each interval', async () => {
  const clock = createHandClock();
  let reads = 0;
  const reader = createSourceReader({ clock, interval: () => 100, read: () => Promise.resolve(((reads += 1), cheap)) });
  await clock.settle();
  expect(reads).toBe(1);
  await clock.advance(350);
  expect(reads).toBe(4);
  reader.close();
  await clock.advance(1000);
  expect(reads).toBe(4);
  expect(clock.waiting()).toBe(0);
});

test('never reads twice at once; whoever asks meanwhile waits for one read that begins after', async () => {
  const clock = createHandClock();
  const ends: (() => void)[] = [];
  const read = () => new Promise<ReadCost>((resolve) => ends.push(() => resolve(cheap)));
  const reader = createSourceReader({ clock, interval: () => 100, read });
  const done: string[] = [];
  void reader.refresh().then(() => done.push('one'));
  void reader.refresh().then(() => done.push('two'));
  await clock.settle();
  expect(ends.length).toBe(1);
  ends[0]?.();
  await clock.settle();
  expect(ends.length).toBe(2);
  expect(done).toEqual([]);
  ends[1]?.();
  await clock.settle();
  expect(done).toEqual(['one', 'two']);
  expect(ends.length).toBe(2);
});
