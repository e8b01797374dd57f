import { beforeEach, describe, expect, test } from 'vitest';
import type { GiveWay } from '../ray/give-way.ts';
import { createRightOfWay, type RightOfWay } from './right-of-way.ts';
import { createHandClock, type HandClock } from './testing/hand-clock.ts';

let clock: HandClock;
let rightOfWay: RightOfWay;

beforeEach(() => {
  clock = createHandClock();
  rightOfWay = createRightOfWay(clock);
});

/** Lets a read stand back; whether it goes on yet. */
function standsBack(read: GiveWay): () => boolean {
  let goesOn = false;
  void read.give().then(() => (goesOn = true));
  return () => goesOn;
}

describe('a read', () => {
  test('goes on where no write is under way', () => {
    expect(rightOfWay.read('list').isDue()).toBe(false);
  });

  test('stands back until the write is answered, and its answer is out', async () => {
    const ended = rightOfWay.write();
    const read = rightOfWay.read('state');
    expect(read.isDue()).toBe(true);
    const goesOn = standsBack(read);
    await clock.advance(100);
    expect(goesOn()).toBe(false);
    ended();
    await clock.advance(4);
    expect(goesOn()).toBe(false);
    await clock.advance(1);
    expect(goesOn()).toBe(true);
    expect(read.isDue()).toBe(false);
    expect(clock.waiting()).toBe(0);
  });

  test('stands back until the last of several writes is', async () => {
    const [one, other] = [rightOfWay.write(), rightOfWay.write()];
    const goesOn = standsBack(rightOfWay.read('state'));
    one();
    one();
    await clock.advance(50);
    expect(goesOn()).toBe(false);
    other();
    await clock.advance(5);
    expect(goesOn()).toBe(true);
  });

  test('goes on when a write takes long: reads are not what it waits for', async () => {
    const ended = rightOfWay.write();
    const goesOn = standsBack(rightOfWay.read('state'));
    await clock.advance(249);
    expect(goesOn()).toBe(false);
    await clock.advance(1);
    expect(goesOn()).toBe(true);
    ended();
    expect(clock.waiting()).toBe(0);
  });

  test('gets on though one write follows the other: it stands back for so long in all, and then no more', async () => {
    const read = rightOfWay.read('state');
    let stood = 0;
    for (let write = 0; write < 100; write++) {
      const ended = rightOfWay.write();
      if (read.isDue()) {
        const begun = clock.now();
        const goesOn = standsBack(read);
        clock.after(30, ended);
        while (!goesOn()) await clock.advance(1);
        stood += clock.now() - begun;
      } else ended();
    }
    expect(stood).toBe(500);
    expect(read.isDue()).toBe(false);
    // The next read stands back anew.
    expect(rightOfWay.read('state').isDue()).toBe(true);
  });

  test('that somebody waits for gives way to nobody, not even to the write that waits for it', async () => {
    rightOfWay.write();
    const standing = rightOfWay.read('list');
    const goesOn = { list: standsBack(standing), state: standsBack(rightOfWay.read('state')) };
    const ended = rightOfWay.awaited('list');
    await clock.settle();
    expect([goesOn.list(), goesOn.state()]).toEqual([true, false]);
    expect([standing.isDue(), rightOfWay.read('list').isDue()]).toEqual([false, false]);
    ended();
    expect(standing.isDue()).toBe(true);
  });

  test('is held up no longer by a clock that is set back meanwhile', async () => {
    let at = clock.now();
    const own = createRightOfWay({ now: () => at, after: (ms, callBack) => clock.after(ms, callBack) });
    own.write();
    const goesOn = standsBack(own.read('state'));
    at -= 86_400_000;
    await clock.advance(250);
    expect(goesOn()).toBe(true);
  });
});
