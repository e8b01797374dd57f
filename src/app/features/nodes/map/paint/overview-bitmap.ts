import { boxOf, type Cell } from '../layout/cell-lookup.ts';
import type { Layout } from '../layout/layout.ts';
import type { Section } from '../layout/map-model.ts';
import { rasterize } from './raster.ts';
import type { Sprites } from './sprites.ts';
import type { Box } from '../layout/viewport.ts';

/** Rows per tile, since browsers limit the height of a canvas. */
const TILE_ROWS = 2_048;

/** The whole map at one pixel per cell, drawn at any scale. */
export interface OverviewBitmap {
  /** Redraws these cells in the bitmap. */
  update(cells: Iterable<Cell>): void;
  /** Draws the visible part (in cells) with the map's corner at `left`, `top` and cells `scale` wide. */
  draw(
    pen: CanvasRenderingContext2D,
    seen: Box,
    at: { readonly left: number; readonly top: number; readonly scale: number },
  ): void;
}

/** `dotsOf`: a section's sprites of one pixel. */
export function createOverviewBitmap(
  layout: Layout,
  sections: ReadonlyMap<string, Section>,
  dotsOf: (section: Section) => Sprites,
): OverviewBitmap {
  const width = Math.max(1, Math.ceil(layout.width));
  const height = Math.ceil(layout.height);
  const tiles = Array.from({ length: Math.ceil(height / TILE_ROWS) }, (_, index) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = Math.min(TILE_ROWS, height - index * TILE_ROWS);
    const pen = canvas.getContext('2d');
    const image = new ImageData(width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    rasterize(
      { pixels, width, height: canvas.height },
      { side: 1, left: 0, top: -index * TILE_ROWS },
      layout.blocks.values(),
      sections,
      dotsOf,
    );
    pen?.putImageData(image, 0, 0);
    return { canvas, pen, image, pixels };
  });

  return {
    update(cells) {
      for (const cell of cells) {
        const box = boxOf(layout, cell);
        if (box === null) continue;
        const section = sections.get(cell.section);
        const [x, row] = [Math.round(box.x), Math.round(box.y)];
        const tile = tiles[Math.floor(row / TILE_ROWS)];
        const y = row % TILE_ROWS;
        if (tile === undefined || section === undefined) continue;
        const dot = dotsOf(section).at(section.cells[cell.slot] ?? 0, section.loads[cell.slot] ?? 0);
        tile.pixels[y * width + x] = dot?.[0] ?? 0;
        tile.pen?.putImageData(tile.image, 0, 0, x, y, 1, 1);
      }
    },
    draw(pen, seen, { left, top, scale }) {
      const x = Math.max(0, Math.floor(seen.x));
      const columns = Math.min(width, Math.ceil(seen.x + seen.width)) - x;
      // Averages the colours of cells that share a pixel.
      pen.imageSmoothingEnabled = scale < 1;
      if (columns <= 0) return;
      for (const [index, { canvas }] of tiles.entries()) {
        const first = index * TILE_ROWS;
        const y = Math.max(0, Math.floor(seen.y) - first);
        const rows = Math.min(canvas.height, Math.ceil(seen.y + seen.height) - first) - y;
        if (rows > 0)
          pen.drawImage(
            canvas,
            x,
            y,
            columns,
            rows,
            left + x * scale,
            top + (first + y) * scale,
            columns * scale,
            rows * scale,
          );
      }
    },
  };
}
