import { expect, test } from 'vitest';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { delay, withTimeout } from './with-timeout.ts';

test('resolves with the value when it comes in time, and with null when it does not', async () => {
  const clock = createHandClock();
  const inTime = withTimeout(
    clock,
    10,
    delay(clock, 5).then(() => 'value'),
  );
  const late = withTimeout(
    clock,
    10,
    delay(clock, 20).then(() => 'value'),
  );
  await clock.advance(10);
  expect(await inTime).toBe('value');
  expect(await late).toBeNull();
});

test('rejects when the promise rejects in time', async () => {
  await expect(withTimeout(createHandClock(), 10, Promise.reject(new Error('no')))).rejects.toThrow('no');
});
