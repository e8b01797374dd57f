import { expect, test } from 'vitest';
import { computeBandWidths } from './band-widths.ts';

const group = (...lines: Record<string, number>[]) =>
  lines.map((line) => new Map<string | null, number>(Object.entries(line)));

test('many groups of one row are separated by lines, few by empty rows', () => {
  const groups = (count: number) => Array.from({ length: count }, () => group({ '4c8g': 25, '8c16g': 25 }));
  expect(computeBandWidths(groups(100), 1.6).gap).toBe(0);
  expect(computeBandWidths(groups(5), 1.6).gap).toBe(1);
});

test('spare width that makes no cell smaller is used, so that a line can grow in its row', () => {
  const groups = Array.from({ length: 12 }, () => group({ '4c8g': 5, gpu_a10: 3 }));
  const { cols, gap } = computeBandWidths(groups, 2);
  const width = [...cols.values()].reduce((sum, each) => sum + each + 1, -1);
  const height = groups.length * (1 + gap) - gap;
  expect(width).toBeGreaterThan(2 * height * 0.85);
  expect(width).toBeLessThanOrEqual(2 * height);
});

test('a tall plot gets narrower bands than a wide one', () => {
  const groups = Array.from({ length: 12 }, () => group({ '4c8g': 60, '8c16g': 30 }));
  const width = (aspect: number) =>
    [...computeBandWidths(groups, aspect).cols.values()].reduce((sum, each) => sum + each, 0);
  expect(width(0.5)).toBeLessThan(width(2) / 1.5);
});

test('without nodes there are no bands', () => {
  expect(computeBandWidths([], 1.6)).toEqual({ cols: new Map(), gap: 1 });
});
