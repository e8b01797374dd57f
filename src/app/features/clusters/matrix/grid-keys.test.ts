import { expect, test } from 'vitest';
import { nextCell } from './grid-keys.ts';
import { visibleRange } from './visible-range.ts';

const size = { rows: 11, columns: 5, page: 4 };
const from = { row: 6, column: 2 };

test.each([
  ['ArrowUp', false, { row: 5, column: 2 }],
  ['ArrowRight', false, { row: 6, column: 3 }],
  ['PageUp', false, { row: 2, column: 2 }],
  ['PageDown', false, { row: 10, column: 2 }],
  ['Home', false, { row: 6, column: 0 }],
  ['End', false, { row: 6, column: 4 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 10, column: 4 }],
  ['x', false, null],
])('%s (Ctrl: %s) leads to %o', (key, ctrlKey, expected) => {
  expect(nextCell(from, { key, ctrlKey }, size)).toEqual(expected);
});

test('no key leaves the grid', () => {
  expect(nextCell({ row: 0, column: 0 }, { key: 'ArrowLeft', ctrlKey: false }, size)).toEqual({ row: 0, column: 0 });
  expect(nextCell({ row: 10, column: 4 }, { key: 'ArrowDown', ctrlKey: false }, size)).toEqual({ row: 10, column: 4 });
});

test('only what is in sight is drawn, and a little more, in steps: a scrolled row mostly draws nothing', () => {
  expect(visibleRange(240, 240, 24, 1_000, 4)).toEqual([8, 24]);
  expect(visibleRange(264, 240, 24, 1_000, 4)).toEqual([8, 24]);
  expect(visibleRange(312, 240, 24, 1_000, 4)).toEqual([12, 24]);
  expect(visibleRange(0, 240, 24, 4, 4)).toEqual([0, 4]);
  // Rows went while it was scrolled far down.
  expect(visibleRange(9_000, 240, 24, 6, 4)).toEqual([4, 6]);
});
