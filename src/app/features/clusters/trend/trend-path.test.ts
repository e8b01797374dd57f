import { expect, test } from 'vitest';
import { trendPath } from './trend-path.ts';

const box = { width: 40, height: 20, most: 10, isFilled: false };

test('values are steps, the most at the top', () => {
  expect(trendPath([0, 5, 10, 10], box)).toBe('M0 20V20H10V10H20V0H30V0H40');
});

test('what is not known leaves a gap, in the line and in the filled part', () => {
  expect(trendPath([10, null, 5, null], box)).toBe('M0 0V0H10M20 10V10H30');
  expect(trendPath([10, null, 5, null], { ...box, isFilled: true })).toBe('M0 20V0H10V20ZM20 20V10H30V20Z');
});

test('nothing known, or nothing held, draws nothing above the ground', () => {
  expect(trendPath([null, null], box)).toBe('');
  expect(trendPath([0, 0], { ...box, most: 0 })).toBe('M0 20V20H20V20H40');
});
