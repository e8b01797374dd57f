import { expect, test } from 'vitest';
import { createFailures } from './failures.ts';
import { createHandClock } from './testing/hand-clock.ts';

test('after ten failures in a minute an address waits, and no other', async () => {
  const clock = createHandClock();
  const failures = createFailures(clock);
  for (let n = 0; n < 10; n++) {
    expect(failures.wait('10.0.0.1')).toBeNull();
    failures.note('10.0.0.1');
    await clock.advance(1_000);
  }
  expect(failures.wait('10.0.0.1')).toBe(50);
  expect(failures.wait('10.0.0.2')).toBeNull();
  await clock.advance(50_000);
  expect(failures.wait('10.0.0.1')).toBeNull();
  failures.note('10.0.0.1');
  expect(failures.wait('10.0.0.1')).toBe(1);
});
