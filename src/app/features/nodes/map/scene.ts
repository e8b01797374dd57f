import type { MapColours } from './colours.ts';
import type { Cell } from './cell-lookup.ts';
import type { Layout } from './layout.ts';
import type { Section } from './map-model.ts';
import type { NodeNames } from './node-names.ts';
import type { Box, Size, Viewport } from './viewport.ts';

/** All that a frame shows. Lengths are CSS pixels of the canvas, places on the map are in cells. */
export interface Scene {
  readonly layout: Layout;
  readonly sections: ReadonlyMap<string, Section>;
  readonly names: NodeNames;
  readonly view: Viewport;
  /** A cell's side. */
  readonly scale: number;
  readonly ratio: number;
  readonly size: Size;
  readonly plot: Box;
  readonly colours: MapColours;
  readonly marks: OverlayMarks;
}

/** What stands out among the cells. */
export interface OverlayMarks {
  readonly cursor: Cell | null;
  readonly selected: Cell | null;
  readonly hovered: Cell | null;
  /** Found nodes; `current` is the one that was brought into view. Null: nothing is looked for. */
  readonly hits: readonly Cell[] | null;
  readonly current: Cell | null;
}

/** A place on the map as it stands in the canvas. */
export function toCanvas(
  { view, scale, plot }: Pick<Scene, 'view' | 'scale' | 'plot'>,
  x: number,
  y: number,
): { readonly x: number; readonly y: number } {
  return { x: plot.x + (x - view.x) * scale, y: plot.y + (y - view.y) * scale };
}

/** The part of the map that can be seen, in cells. */
export function visibleAreaOf({ view, scale, plot }: Pick<Scene, 'view' | 'scale' | 'plot'>): Box {
  return { x: view.x, y: view.y, width: plot.width / scale, height: plot.height / scale };
}
