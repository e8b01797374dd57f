import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createServerTime } from './server-time.ts';

function page() {
  const clock = createHandClock();
  const state = { visible: true, lastReading: null as { now: number; receivedAt: number } | null };
  const watchers = new Set<() => void>();
  const time = createServerTime({
    clock,
    visibility: {
      isVisible: () => state.visible,
      subscribe(callBack) {
        watchers.add(callBack);
        return () => watchers.delete(callBack);
      },
    },
    lastReading: () => state.lastReading,
  });
  return {
    clock,
    state,
    time,
    timers: () => clock.waiting(),
    show(visible: boolean) {
      state.visible = visible;
      for (const callBack of watchers) callBack();
    },
  };
}

test('the time is what the back end last told, and what has passed since', async () => {
  const { clock, state, time } = page();
  expect(time.now()).toBe(clock.now());
  state.lastReading = { now: 5_000_000, receivedAt: clock.now() };
  await clock.advance(700);
  expect(time.now()).toBe(5_000_700);
  // A page's clock that is set back makes nothing younger than it was told to be.
  state.lastReading = { now: 5_000_000, receivedAt: clock.now() + 60_000 };
  expect(time.now()).toBe(5_000_000);
});

test('however many ask for the same beat, there is one timer, and none when the last has gone', async () => {
  const { clock, time, timers } = page();
  const heard: string[] = [];
  const stops = ['a', 'b', 'c'].map((name) => time.every(1_000, () => heard.push(name)));
  expect(timers()).toBe(1);
  await clock.advance(2_000);
  expect(heard.join('')).toBe('abcabc');
  for (const stop of stops) stop();
  expect(timers()).toBe(0);
  await clock.advance(5_000);
  expect(heard).toHaveLength(6);
});

test('a hidden page has no timer, and hears at once when it can be seen again', async () => {
  const { clock, time, timers, show } = page();
  let heard = 0;
  time.every(10_000, () => (heard += 1));
  show(false);
  expect(timers()).toBe(0);
  await clock.advance(60_000);
  expect(heard).toBe(0);
  show(true);
  expect([heard, timers()]).toEqual([1, 1]);
  await clock.advance(10_000);
  expect(heard).toBe(2);
});
