import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellAt } from '../layout/cell-lookup.ts';
import { computeLayout } from '../layout/compute-layout.ts';
import { applyMap, CODES, emptyMap, NO_NODE } from '../layout/map-model.ts';
import { rasterize } from './raster.ts';
import { randomMap } from '../testing/random-map.ts';

/** Sprites whose pixels tell their code and where in the cell they are. */
function tellingSprites(side: number) {
  return {
    at: (code: number, load: number) =>
      code === NO_NODE
        ? null
        : Uint32Array.from({ length: side * side }, (_, at) => (code + CODES * load) * 10_000 + at),
  };
}

test('each pixel shows the cell under it, for any position and clipping', () => {
  const model = emptyMap();
  applyMap(model, randomMap({ seed: 11, nodes: 400, clusters: 6 }));
  const layout = computeLayout(model.sections.values(), 'cluster', { width: 220, height: 160 }, null);
  expect(layout.memory.cards?.metrics.quantum).toBe(1);
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 9 }),
      fc.integer({ min: -90, max: 20 }),
      fc.integer({ min: -90, max: 20 }),
      (side, left, top) => {
        const sprites = tellingSprites(side);
        const width = 61;
        const height = 43;
        const pixels = new Uint32Array(width * height);
        rasterize(
          { pixels, width, height },
          { side, left, top },
          layout.blocks.values(),
          model.sections,
          () => sprites,
        );
        const wrong: string[] = [];
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const cell = cellAt(layout, (x - left + 0.5) / side, (y - top + 0.5) / side);
            const code = cell === null ? NO_NODE : (model.sections.get(cell.section)?.cells[cell.slot] ?? NO_NODE);
            const at = ((((y - top) % side) + side) % side) * side + ((((x - left) % side) + side) % side);
            if (pixels[y * width + x] !== (code === NO_NODE ? 0 : code * 10_000 + at))
              wrong.push(`${String(x)},${String(y)}`);
          }
        }
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 30 },
  );
});
