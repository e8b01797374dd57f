import { visiblePartOf } from '../layout/cell-lookup.ts';
import type { Block } from '../layout/layout.ts';
import type { Section } from '../layout/map-model.ts';
import type { Sprites } from './sprites.ts';

/** The pixels of the plot, row by row. */
export interface Raster {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
}

export interface RasterView {
  /** A cell's side in pixels. */
  readonly side: number;
  /** The map's top left corner in the raster's pixels; may be negative. */
  readonly left: number;
  readonly top: number;
}

/**
 * Copies the sprites of all visible cells into the raster. At most the raster's pixels are written, so it takes a few
 * milliseconds for any number of cells, where thousands of canvas calls would exceed a frame.
 */
export function rasterize(
  raster: Raster,
  view: RasterView,
  blocks: Iterable<Block>,
  sections: ReadonlyMap<string, Section>,
  spritesOf: (section: Section) => Pick<Sprites, 'at'>,
): void {
  const { side, left, top } = view;
  const visible = { x: -left / side, y: -top / side, width: raster.width / side, height: raster.height / side };
  for (const block of blocks) {
    const part = visiblePartOf(block, visible);
    const section = sections.get(block.section);
    if (part === null || section === undefined) continue;
    const sprites = spritesOf(section);
    for (let row = part.fromRow; row < part.toRow; row++) {
      const first = row * block.cols;
      const to = Math.min(part.toCol, section.slots - first);
      if (to > part.fromCol)
        copyRow(
          raster,
          view,
          {
            x: left + Math.round(block.x * side),
            y: top + Math.round(block.y * side) + row * side,
            cells: section.cells,
            loads: section.loads,
            first,
            from: part.fromCol,
            to,
          },
          sprites,
        );
    }
  }
}

interface CellRow {
  readonly x: number;
  readonly y: number;
  readonly cells: Uint8Array;
  readonly loads: Uint8Array;
  /** The row's first slot, and the range of columns to copy. */
  readonly first: number;
  readonly from: number;
  readonly to: number;
}

function copyRow(
  { pixels, width, height }: Raster,
  { side }: RasterView,
  row: CellRow,
  sprites: Pick<Sprites, 'at'>,
): void {
  const fromLine = Math.max(0, -row.y);
  const toLine = Math.min(side, height - row.y);
  for (let column = row.from; column < row.to; column++) {
    const slot = row.first + column;
    const sprite = sprites.at(row.cells[slot] ?? 0, row.loads[slot] ?? 0);
    if (sprite === null) continue;
    const x = row.x + column * side;
    const from = Math.max(0, -x);
    const to = Math.min(side, width - x);
    for (let line = fromLine; line < toLine; line++) {
      let target = (row.y + line) * width + x + from;
      const end = line * side + to;
      for (let source = line * side + from; source < end; source++) pixels[target++] = sprite[source] ?? 0;
    }
  }
}
