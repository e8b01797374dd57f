import { beforeEach, describe, expect, test } from 'vitest';
import type { Yielder } from '../../ray/client/yielder.ts';
import { createWritePriority, type WritePriority } from './write-priority.ts';
import { createHandClock, type HandClock } from '../../testing/harness/hand-clock.ts';

let clock: HandClock;
let writePriority: WritePriority;

beforeEach(() => {
  clock = createHandClock();
  writePriority = createWritePriority(clock);
});

/** Lets a read stand back; whether it goes on yet. */
function standsBack(read: Yielder): () => boolean {
  let goesOn = false;
  void read.waitForTurn().then(() => (goesOn = true));
  return () => goesOn;
}

describe('a read', () => {
  test('continues while no write is under way', () => {
    expect(writePriority.yielderFor('list').shouldYield()).toBe(false);
  });

  test('pauses until the write has its response and that is flushed', async () => {
    const ended = writePriority.beginWrite();
    const read = writePriority.yielderFor('state');
    expect(read.shouldYield()).toBe(true);
    const goesOn = standsBack(read);
    await clock.advance(100);
    expect(goesOn()).toBe(false);
    ended();
    await clock.advance(4);
    expect(goesOn()).toBe(false);
    await clock.advance(1);
    expect(goesOn()).toBe(true);
    expect(read.shouldYield()).toBe(false);
    expect(clock.waiting()).toBe(0);
  });

  test('pauses until the last of several writes is done', async () => {
    const [one, other] = [writePriority.beginWrite(), writePriority.beginWrite()];
    const goesOn = standsBack(writePriority.yielderFor('state'));
    one();
    one();
    await clock.advance(50);
    expect(goesOn()).toBe(false);
    other();
    await clock.advance(5);
    expect(goesOn()).toBe(true);
  });

  test('continues when a write takes long, which is not because of reads', async () => {
    const ended = writePriority.beginWrite();
    const goesOn = standsBack(writePriority.yielderFor('state'));
    await clock.advance(249);
    expect(goesOn()).toBe(false);
    await clock.advance(1);
    expect(goesOn()).toBe(true);
    ended();
    expect(clock.waiting()).toBe(0);
  });

  test('is not starved by a series of writes: it pauses for a limited time in total', async () => {
    const read = writePriority.yielderFor('state');
    let stood = 0;
    for (let write = 0; write < 100; write++) {
      const ended = writePriority.beginWrite();
      if (read.shouldYield()) {
        const begun = clock.now();
        const goesOn = standsBack(read);
        clock.after(30, ended);
        while (!goesOn()) await clock.advance(1);
        stood += clock.now() - begun;
      } else ended();
    }
    expect(stood).toBe(500);
    expect(read.shouldYield()).toBe(false);
    // The next read stands back anew.
    expect(writePriority.yielderFor('state').shouldYield()).toBe(true);
  });

  test('that somebody waits for never pauses, not even for the write that waits for it', async () => {
    writePriority.beginWrite();
    const standing = writePriority.yielderFor('list');
    const goesOn = { list: standsBack(standing), state: standsBack(writePriority.yielderFor('state')) };
    const ended = writePriority.beginAwaitedRead('list');
    await clock.settle();
    expect([goesOn.list(), goesOn.state()]).toEqual([true, false]);
    expect([standing.shouldYield(), writePriority.yielderFor('list').shouldYield()]).toEqual([false, false]);
    ended();
    expect(standing.shouldYield()).toBe(true);
  });

  test('is paused no longer when the clock is set back', async () => {
    let at = clock.now();
    const own = createWritePriority({ now: () => at, after: (ms, callBack) => clock.after(ms, callBack) });
    own.beginWrite();
    const goesOn = standsBack(own.yielderFor('state'));
    at -= 86_400_000;
    await clock.advance(250);
    expect(goesOn()).toBe(true);
  });
});
