import { describe, expect, test } from 'vitest';
import { freeShareOf, packStably } from './stable-packing.ts';

const wants = (key: string, minSize: number, size = minSize) => ({ key, minSize, size });
const before = [
  { key: 'a', size: 4 },
  { key: 'b', size: 6 },
  { key: 'c', size: 2 },
];

describe('an item of the sequence', () => {
  test('keeps its place and its size while that is enough', () => {
    expect(packStably(before, [wants('c', 1), wants('b', 6, 8), wants('a', 2)])).toEqual(before);
  });
  test('gets its full size once its own is too small', () => {
    expect(packStably(before, [wants('a', 5, 7), wants('b', 6), wants('c', 2)])[0]).toEqual({ key: 'a', size: 7 });
  });
  test('leaves a gap, which a new item that fits takes', () => {
    const gone = packStably(before, [wants('a', 4), wants('c', 2)]);
    expect(gone[1]).toEqual({ key: null, size: 6 });
    expect(freeShareOf(gone)).toBe(0.5);
    expect(packStably(gone, [wants('a', 4), wants('c', 2), wants('d', 5)])[1]).toEqual({ key: 'd', size: 6 });
    expect(packStably(gone, [wants('a', 4), wants('c', 2), wants('d', 7)])[3]).toEqual({ key: 'd', size: 7 });
  });
  test('leaves no gap at the end', () => {
    expect(packStably(before, [wants('a', 4)])).toEqual([{ key: 'a', size: 4 }]);
  });
});
