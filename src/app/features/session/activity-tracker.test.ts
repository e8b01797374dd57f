import { expect, test } from 'vitest';
import { trackActivity } from './activity-tracker.ts';

test('opening the page counts as activity, and so does a later key or pointer press', () => {
  const target = new EventTarget();
  const wasActive = trackActivity(target);
  expect([wasActive(), wasActive()]).toEqual([true, false]);
  target.dispatchEvent(new Event('keydown'));
  expect([wasActive(), wasActive()]).toEqual([true, false]);
  target.dispatchEvent(new Event('pointerdown'));
  target.dispatchEvent(new Event('pointermove'));
  expect([wasActive(), wasActive()]).toEqual([true, false]);
});
