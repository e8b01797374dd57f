import { expect, test } from 'vitest';
import { fittingCount } from './fit-lines.ts';

const space = { width: 100, lines: 2, gap: 4, countWidth: 0 };
const counted = { ...space, countWidth: 30 };

test('all that fits is shown, to the last pixel', () => {
  expect(fittingCount([], space)).toBe(0);
  expect(fittingCount([48, 48, 48, 48], space)).toBe(4);
  expect(fittingCount([49, 48], { ...space, lines: 1 })).toBe(1);
});

test('where not all fits, the count takes room at the end of the last line, and of no other', () => {
  expect(fittingCount([48, 48, 48, 48, 10], counted)).toBe(3);
  expect(fittingCount([30, 30, 30, 30, 30, 30, 30], counted)).toBe(5);
  expect(fittingCount([48, 48, 30], { ...counted, lines: 1 })).toBe(1);
});

test('an item wider than a line takes a line of its own, but the last one where the count stands', () => {
  expect(fittingCount([300, 20], space)).toBe(2);
  expect(fittingCount([300, 300, 20], space)).toBe(2);
  expect(fittingCount([300, 20, 20, 20, 20], counted)).toBe(4);
  expect(fittingCount([300, 300, 20], counted)).toBe(1);
  expect(fittingCount([300, 20], { ...counted, lines: 1 })).toBe(1);
});

test('nothing is hidden where nothing has a size, as in a page that is not laid out', () => {
  expect(fittingCount([0, 0, 0], { ...space, width: 0 })).toBe(3);
});
