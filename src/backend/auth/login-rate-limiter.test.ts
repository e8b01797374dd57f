import { expect, test } from 'vitest';
import { createLoginRateLimiter } from './login-rate-limiter.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';

test('after ten failures in a minute an address waits, and no other', async () => {
  const clock = createHandClock();
  const failures = createLoginRateLimiter(clock);
  for (let n = 0; n < 10; n++) {
    expect(failures.retryAfter('10.0.0.1')).toBeNull();
    failures.recordFailure('10.0.0.1');
    await clock.advance(1_000);
  }
  expect(failures.retryAfter('10.0.0.1')).toBe(50);
  expect(failures.retryAfter('10.0.0.2')).toBeNull();
  await clock.advance(50_000);
  expect(failures.retryAfter('10.0.0.1')).toBeNull();
  failures.recordFailure('10.0.0.1');
  expect(failures.retryAfter('10.0.0.1')).toBe(1);
});
