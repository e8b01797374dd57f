import { expect, test } from 'vitest';
import { hiddenCount } from './fit-lines.ts';

const space = { width: 100, lines: 2, gap: 4, countWidth: 30 };

test('all that fits is shown, to the last pixel', () => {
  expect(hiddenCount([], space)).toBe(0);
  expect(hiddenCount([48, 48, 48, 48], space)).toBe(0);
  expect(hiddenCount([49, 48], { ...space, lines: 1 })).toBe(1);
});

test('where not all fits, the count takes room at the side', () => {
  expect(hiddenCount([48, 48, 48, 48, 10], space)).toBe(3);
  expect(hiddenCount([30, 30, 30, 30, 30, 30], space)).toBe(0);
  expect(hiddenCount([30, 30, 30, 30, 30, 30, 30], space)).toBe(3);
});

test('an item wider than a line takes a line of its own', () => {
  expect(hiddenCount([300, 20], space)).toBe(0);
  expect(hiddenCount([300, 300, 20], space)).toBe(1);
});

test('nothing is hidden where nothing has a size, as in a page that is not laid out', () => {
  expect(hiddenCount([0, 0, 0], { ...space, width: 0 })).toBe(0);
});
