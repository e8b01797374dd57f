import { expect, test } from 'vitest';
import { seenText } from './seen-text.ts';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

test('says for how long something was seen, in a unit that fits, rounded down', () => {
  expect([10, 119, 120, 2_879, 2_880, 7_000].map((minutes) => seenText(minutes, WEEK))).toEqual([
    '10 min',
    '119 min',
    '2 h',
    '47 h',
    '2 days',
    '4 days',
  ]);
});

test('says nothing of what was seen for all but the whole range', () => {
  expect(seenText(60, HOUR)).toBeNull();
  expect(seenText(58, HOUR)).toBeNull();
  expect(seenText(50, HOUR)).toBe('50 min');
});
