import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { clamp, fit, MAX_ZOOM, placeAt, reveal, scaleOf, show, zoomAbout } from './viewport.ts';

const ratio = fc.constantFrom(1, 1.25, 1.5, 2, 3);
const part = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const view = fc.record({ zoom: part(0.2, MAX_ZOOM), x: part(-500, 500), y: part(-500, 500) });
const point = fc.record({ x: part(0, 2000), y: part(0, 1200) });
const size = fc.record({ width: fc.integer({ min: 1, max: 3000 }), height: fc.integer({ min: 1, max: 3000 }) });

test('zooming keeps the position under the pointer', () => {
  fc.assert(
    fc.property(view, ratio, part(0.3, 4), point, (from, dpr, factor, at) => {
      const before = placeAt(from, dpr, at);
      const after = placeAt(zoomAbout(from, dpr, factor, at, 0.2), dpr, at);
      expect(after.x).toBeCloseTo(before.x, 6);
      expect(after.y).toBeCloseTo(before.y, 6);
    }),
  );
});

test('zooming ends at the largest cell and at the least zoom', () => {
  const from = { zoom: 10, x: 0, y: 0 };
  expect(zoomAbout(from, 1, 1_000, { x: 0, y: 0 }, 2).zoom).toBe(MAX_ZOOM);
  expect(zoomAbout(from, 1, 0.001, { x: 0, y: 0 }, 2).zoom).toBe(2);
});

test('cells drawn as shapes have whole device pixels', () => {
  fc.assert(
    fc.property(part(3, MAX_ZOOM), ratio, (zoom, dpr) => {
      const device = scaleOf(zoom, dpr) * dpr;
      expect(Math.abs(device - Math.round(device))).toBeLessThan(1e-9);
    }),
  );
});

test('fitting shows all of the map, whatever its size', () => {
  fc.assert(
    fc.property(size, size, ratio, (world, plot, dpr) => {
      fc.pre(plot.width > 40 && plot.height > 40);
      const { zoom, x, y } = fit(world, plot, dpr);
      const scale = scaleOf(zoom, dpr);
      expect(-x * scale).toBeCloseTo(8, 6);
      expect(-y * scale).toBeCloseTo(8, 6);
      expect((world.width - x) * scale).toBeLessThanOrEqual(plot.width + 1e-6);
      expect((world.height - y) * scale).toBeLessThanOrEqual(plot.height + 1e-6);
    }),
  );
});

test('a clamped map leaves no gap beside a larger one, and clamping again moves nothing', () => {
  fc.assert(
    fc.property(view, size, size, ratio, (from, world, plot, dpr) => {
      const kept = clamp(from, world, plot, dpr);
      const scale = scaleOf(kept.zoom, dpr);
      expect(kept.x * scale).toBeGreaterThanOrEqual(-8 - 1e-6);
      expect(kept.y * scale).toBeGreaterThanOrEqual(-8 - 1e-6);
      if (world.width * scale > plot.width)
        expect((world.width - kept.x) * scale + 8).toBeGreaterThanOrEqual(plot.width - 1e-6);
      else if (world.width * scale + 16 <= plot.width) expect(kept.x * scale).toBeCloseTo(-8, 6);
      expect(clamp(kept, world, plot, dpr)).toEqual(kept);
    }),
  );
});

test('showing a part puts all of it into the plot', () => {
  fc.assert(
    fc.property(
      fc.record({
        x: part(0, 500),
        y: part(0, 500),
        width: fc.integer({ min: 1, max: 90 }),
        height: fc.integer({ min: 1, max: 90 }),
      }),
      ratio,
      (box, dpr) => {
        const plot = { width: 800, height: 600 };
        const now = show(box, plot, dpr, 64);
        const scale = scaleOf(now.zoom, dpr);
        expect((box.x - now.x) * scale).toBeGreaterThanOrEqual(-1e-6);
        expect((box.x + box.width - now.x) * scale).toBeLessThanOrEqual(plot.width + 1e-6);
        expect((box.y + box.height - now.y) * scale).toBeLessThanOrEqual(plot.height + 1e-6);
      },
    ),
  );
});

test('revealing what is in view moves nothing', () => {
  const at = { zoom: 10, x: 5, y: 5 };
  expect(reveal(at, { x: 10, y: 10, width: 1, height: 1 }, { width: 400, height: 300 }, 1)).toBe(at);
  expect(reveal(at, { x: 60, y: 10, width: 1, height: 1 }, { width: 400, height: 300 }, 1)).toEqual({
    zoom: 10,
    x: 22,
    y: 5,
  });
});
