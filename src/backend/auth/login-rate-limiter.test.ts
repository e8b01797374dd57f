import { expect, test } from 'vitest';
import { createLoginRateLimiter } from './login-rate-limiter.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';

test('after ten failures in a minute with one credential its sender waits, and nobody else', async () => {
  const clock = createHandClock();
  const failures = createLoginRateLimiter(clock);
  for (let n = 0; n < 10; n++) {
    expect(failures.recordFailure('old').retryAfter).toBeNull();
    await clock.advance(1_000);
  }
  expect(failures.recordFailure('old').retryAfter).toBe(50);
  expect(failures.recordFailure('other').retryAfter).toBeNull();
  await clock.advance(50_000);
  expect(failures.recordFailure('old').retryAfter).toBeNull();
  expect(failures.recordFailure('old').retryAfter).toBe(1);
});

test('a credential that goes on failing is reported once, then once an hour, with how often it failed', async () => {
  const clock = createHandClock();
  const failures = createLoginRateLimiter(clock);
  const reports: (number | null)[] = [];
  for (let n = 0; n < 2_500; n++) {
    reports.push(failures.recordFailure('old').report);
    await clock.advance(3_000);
  }
  expect(reports.filter((each) => each !== null)).toEqual([1, 1_200, 1_200]);
});

test('remembers a bounded number of credentials: those that failed last', () => {
  const failures = createLoginRateLimiter(createHandClock());
  failures.recordFailure('first');
  for (let n = 0; n < 10_000; n++) failures.recordFailure(`guess-${String(n)}`);
  expect(failures.recordFailure('guess-9999').report).toBeNull();
  expect(failures.recordFailure('first').report).toBe(1);
});
