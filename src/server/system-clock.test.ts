import { expect, test } from 'vitest';
import { createSessions } from '../backend/auth/sessions.ts';
import { plainSecrets } from '../testing/harness/plain-secrets.ts';
import { createSystemClock } from './system-clock.ts';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

/** A machine whose clocks a test moves, and the console's clock on it. */
function machine() {
  const time = { monotonic: START, wall: START, uptime: 5_000 };
  const clock = createSystemClock({
    monotonic: () => time.monotonic,
    wall: () => time.wall,
    uptime: () => time.uptime,
  });
  const add = (ms: number, ...names: (keyof typeof time)[]) => {
    for (const name of names) time[name] += ms;
  };
  return {
    clock,
    run: (ms: number) => add(ms, 'monotonic', 'wall', 'uptime'),
    sleep: (ms: number) => add(ms, 'wall', 'uptime'),
    setClock: (ms: number) => add(ms, 'wall'),
  };
}

test('after a sleep of the machine the time is right at once', () => {
  const { clock, run, sleep } = machine();
  run(10);
  sleep(HOUR);
  expect(clock.now()).toBe(START + HOUR + 10);
  run(1_000);
  sleep(2 * HOUR);
  run(1);
  expect(clock.now()).toBe(START + 3 * HOUR + 1_011);
});

test('setting the clock changes nothing, before a sleep, during one or after it', () => {
  const { clock, run, sleep, setClock } = machine();
  setClock(-24 * HOUR);
  run(5);
  expect(clock.now()).toBe(START + 5);
  setClock(24 * 365 * HOUR);
  run(5);
  expect(clock.now()).toBe(START + 10);
  setClock(-HOUR);
  sleep(2 * HOUR);
  expect(clock.now()).toBe(START + 10 + 2 * HOUR);
  setClock(-24 * 365 * HOUR);
  expect(clock.now()).toBe(START + 10 + 2 * HOUR);
});

test('never goes back, however the clocks of the machine wander', () => {
  const { clock, run, setClock } = machine();
  let last = clock.now();
  for (let step = 0; step < 200; step += 1) {
    setClock(step % 2 === 0 ? -2_000 * step : 1_999 * step);
    run(step % 3);
    expect(clock.now()).toBeGreaterThanOrEqual(last);
    last = clock.now();
  }
});

test('a session ends by the time that the machine slept, too', () => {
  const { clock, run, sleep } = machine();
  const sessions = createSessions({ clock, secrets: plainSecrets(), times: { idle: 8 * HOUR, absolute: 24 * HOUR } });
  const key = sessions.begin({ name: 'anna', grant: { role: 'viewer', clusters: null } });
  run(1_000);
  sleep(7 * HOUR);
  expect(sessions.find(key, false)).not.toBeNull();
  sleep(HOUR);
  expect(sessions.find(key, false)).toBeNull();
});

test('on this machine the clock tells its time', () => {
  expect(Math.abs(createSystemClock().now() - Date.now())).toBeLessThan(1_000);
});
