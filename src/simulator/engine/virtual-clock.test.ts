import { expect, test } from 'vitest';
import type { Clock } from '../../clock.ts';
import { createVirtualClock } from './virtual-clock.ts';

/** A clock moved by hand that tells how long its call-backs were to wait. */
function handClock() {
  let now = 1000;
  const waiting = new Set<{ readonly at: number; readonly callBack: () => void }>();
  const clock: Clock = {
    now: () => now,
    after(ms, callBack) {
      const entry = { at: now + ms, callBack };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
  };
  return {
    clock,
    waiting,
    move(ms: number) {
      now += ms;
      for (const entry of [...waiting]) {
        if (entry.at <= now && waiting.delete(entry)) entry.callBack();
      }
    },
  };
}

test('moved on, it calls back in order, each at its own time', () => {
  const { clock } = handClock();
  const virtual = createVirtualClock(clock);
  const happened: string[] = [];
  virtual.after(300, () => happened.push(`late ${String(virtual.now())}`));
  virtual.after(100, () => {
    happened.push(`early ${String(virtual.now())}`);
    virtual.after(50, () => happened.push(`between ${String(virtual.now())}`));
  });
  virtual.after(200, () => happened.push('never'))();
  virtual.advance(400);
  expect(happened).toEqual(['early 1100', 'between 1150', 'late 1300']);
  expect(virtual.now()).toBe(1400);
});

test('what still waits afterwards is due that much sooner by the clock it was given', () => {
  const { clock, move, waiting } = handClock();
  const virtual = createVirtualClock(clock);
  const happened: number[] = [];
  virtual.after(1000, () => happened.push(virtual.now()));
  virtual.advance(600);
  move(399);
  expect(happened).toEqual([]);
  move(1);
  expect(happened).toEqual([2000]);
  expect(waiting.size).toBe(0);
});
