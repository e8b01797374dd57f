import { expect, test } from 'vitest';
import { flawsOf } from './card-flaws.ts';
import { metricsFor } from './card-metrics.ts';
import type { Box } from './viewport.ts';

const metrics = { ...metricsFor(16, 20_000), pad: 0, head: 0 };

/** A card for each box, which so many cells of it fill. */
function flaws(
  ...boxes: readonly { readonly width: number; readonly height: number; readonly slots: number }[]
): number {
  return flawsOf(
    boxes.map(({ slots }, index) => ({ key: String(index), lines: [], slots })),
    boxes.map(({ width, height }): Box => ({ x: 0, y: 0, width, height })),
    metrics,
  );
}

test('one large hole is worse than as much room lost in small ones, and a strip is worse than a square', () => {
  const full = { width: 10, height: 10, slots: 100 };
  expect(flaws(full, full)).toBe(0);
  expect(flaws({ ...full, slots: 60 }, full)).toBeGreaterThan(flaws({ ...full, slots: 80 }, { ...full, slots: 80 }));
  expect(flaws({ width: 50, height: 2, slots: 100 }, full)).toBeGreaterThan(flaws(full, full));
});
