import { expect, test, vi } from 'vitest';
import { createTextWidths } from './text-widths.ts';

test('a text is measured once in each font', () => {
  const widthsOf = createTextWidths();
  const measureText = vi.fn<(said: string) => { width: number }>((said) => ({ width: said.length }));
  const pen = { font: '10px sans', measureText };
  expect([widthsOf(pen)('abc'), widthsOf(pen)('abc'), widthsOf(pen)('ab')]).toEqual([3, 3, 2]);
  expect(measureText).toHaveBeenCalledTimes(2);
  pen.font = '12px sans';
  widthsOf(pen)('abc');
  expect(measureText).toHaveBeenCalledTimes(3);
});
