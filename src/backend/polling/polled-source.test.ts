import { describe, expect, test } from 'vitest';
import { createPolledSource, delayAfterRead, type ReadCost } from './polled-source.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';

const cheap: ReadCost = { ok: true, timedOut: false, took: 0 };

test.each([
  ['a cheap read', 3_000, cheap, 3_000],
  ['a dear one', 3_000, { ok: true, timedOut: false, took: 2_000 }, 20_000],
  ['a failed dear one', 3_000, { ok: false, timedOut: false, took: 1_000 }, 10_000],
  ['one that ran out of time', 3_000, { ok: false, timedOut: true, took: 20_000 }, 30_000],
  ['one while nobody watches', 30_000, { ok: true, timedOut: false, took: 100 }, 30_000],
] as const)('%s', (_name, base, cost, expected) => {
  expect(delayAfterRead(base, cost)).toBe(expected);
});

test('reads at once, then after each interval', async () => {
  const clock = createHandClock();
  let reads = 0;
  const reader = createPolledSource({ clock, interval: () => 100, read: () => Promise.resolve(((reads += 1), cheap)) });
  await clock.settle();
  expect(reads).toBe(1);
  await clock.advance(350);
  expect(reads).toBe(4);
  reader.close();
  await clock.advance(1000);
  expect(reads).toBe(4);
  expect(clock.waiting()).toBe(0);
});

test('never reads twice at once; all callers during a read share one that begins after it', async () => {
  const clock = createHandClock();
  const ends: (() => void)[] = [];
  const read = () => new Promise<ReadCost>((resolve) => ends.push(() => resolve(cheap)));
  const reader = createPolledSource({ clock, interval: () => 100, read });
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

test('a read that throws counts as failed, and the next one is made', async () => {
  const clock = createHandClock();
  let reads = 0;
  const read = () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new Error('a fault of ours')) : Promise.resolve(cheap);
  };
  const reader = createPolledSource({ clock, interval: () => 100, read });
  await clock.advance(100);
  expect(reads).toBe(2);
  expect(await reader.refresh()).toBe(true);
});

test('the time to store a reading is part of its cost', async () => {
  const clock = createHandClock();
  let reads = 0;
  const read = async () => {
    reads += 1;
    await new Promise<void>((resolve) => clock.after(1_000, resolve));
    return cheap;
  };
  createPolledSource({ clock, interval: () => 100, read });
  await clock.advance(10_999);
  expect(reads).toBe(1);
  await clock.advance(1);
  expect(reads).toBe(2);
});

describe('refreshing soon', () => {
  function setUp(took: number) {
    const clock = createHandClock();
    const begun: { at: number; urgent: boolean }[] = [];
    const start = clock.now();
    const reader = createPolledSource({
      clock,
      interval: () => 60_000,
      read: async (urgent) => {
        begun.push({ at: clock.now() - start, urgent });
        await new Promise<void>((resolve) => clock.after(took, resolve));
        return { ok: true, timedOut: false, took };
      },
    });
    return { clock, reader, begun };
  }

  test('reads at once where reads are cheap', async () => {
    const { clock, reader, begun } = setUp(0);
    await clock.advance(500);
    reader.refreshSoon();
    await clock.advance(0);
    expect(begun).toEqual([
      { at: 0, urgent: true },
      { at: 500, urgent: true },
    ]);
  });

  test('reads as early as the cost of the last read allows, once for all callers', async () => {
    const { clock, reader, begun } = setUp(100);
    await clock.advance(200);
    reader.refreshSoon();
    reader.refreshSoon();
    await clock.advance(30_000);
    expect(begun).toEqual([
      { at: 0, urgent: true },
      { at: 1_100, urgent: true },
    ]);
  });

  test('during a read makes another one after it, which a refresh waits for, too', async () => {
    const { clock, reader, begun } = setUp(0);
    reader.refreshSoon();
    const refreshed = reader.refresh();
    await clock.advance(1);
    expect(await refreshed).toBe(true);
    expect(begun.length).toBe(2);
  });
});
