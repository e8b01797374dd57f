import { expect, test } from 'vitest';
import { createSessions } from './sessions.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { plainSecrets } from '../../testing/harness/plain-secrets.ts';

const anna = { name: 'anna', grant: { role: 'operator', clusters: null } } as const;
const HOUR = 3_600_000;

function begun() {
  const clock = createHandClock();
  const sessions = createSessions({ clock, secrets: plainSecrets(), times: { idle: 8 * HOUR, absolute: 24 * HOUR } });
  return { clock, sessions };
}

test('a session is found by its key alone, until it is ended', () => {
  const { sessions } = begun();
  const key = sessions.begin(anna);
  expect(sessions.find(key, true)).toEqual(anna);
  expect(sessions.find(`${key}x`, true)).toBeNull();
  expect(sessions.find('', true)).toBeNull();
  sessions.end(key);
  expect(sessions.find(key, true)).toBeNull();
});

test('looking on its own does not keep it: it ends when nothing was done for so long', async () => {
  const { clock, sessions } = begun();
  const key = sessions.begin(anna);
  await clock.advance(7 * HOUR);
  expect(sessions.find(key, false)).toEqual(anna);
  await clock.advance(HOUR);
  expect(sessions.find(key, false)).toBeNull();
  expect(sessions.find(key, true)).toBeNull();
});

test('what is done in it keeps it, but not beyond its longest time', async () => {
  const { clock, sessions } = begun();
  const key = sessions.begin(anna);
  for (let hour = 1; hour < 24; hour++) {
    await clock.advance(HOUR);
    expect(sessions.find(key, true)).toEqual(anna);
  }
  await clock.advance(HOUR);
  expect(sessions.find(key, true)).toBeNull();
});

test('one too many ends the oldest', () => {
  const { sessions } = begun();
  const first = sessions.begin(anna);
  const second = sessions.begin(anna);
  for (let n = 2; n <= 1_000; n++) sessions.begin(anna);
  expect(sessions.find(first, true)).toBeNull();
  expect(sessions.find(second, true)).toEqual(anna);
});
