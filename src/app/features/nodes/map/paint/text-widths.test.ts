import { expect, test, vi } from 'vitest';
import { createTextWidths } from './text-widths.ts';

test('a text is measured once in each font', () => {
  const widthsOf = createTextWidths();
  const measureText = vi.fn<(label: string) => { width: number }>((label) => ({ width: label.length }));
  const pen = { font: '', measureText };
  expect([
    widthsOf(pen, '10px sans')('abc'),
    widthsOf(pen, '10px sans')('abc'),
    widthsOf(pen, '10px sans')('ab'),
  ]).toEqual([3, 3, 2]);
  expect(measureText).toHaveBeenCalledTimes(2);
  widthsOf(pen, '12px sans')('abc');
  expect(pen.font).toBe('12px sans');
  expect(measureText).toHaveBeenCalledTimes(3);
});
