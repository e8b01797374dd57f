import { expect, test } from 'vitest';
import { trackActivity } from './activity-tracker.ts';

test('opening the page is doing something, and then a key or a pointer is', () => {
  const target = new EventTarget();
  const wasActive = trackActivity(target);
  expect([wasActive(), wasActive()]).toEqual([true, false]);
  target.dispatchEvent(new Event('keydown'));
  expect([wasActive(), wasActive()]).toEqual([true, false]);
  target.dispatchEvent(new Event('pointerdown'));
  target.dispatchEvent(new Event('pointermove'));
  expect([wasActive(), wasActive()]).toEqual([true, false]);
});
