import type { Colouring, LinkHolder } from '../../../../routing/map-query.ts';
import type { MapColours } from './colours.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { Layout } from '../layout/layout.ts';
import type { Section } from '../layout/map-model.ts';
import type { NodeNames } from './node-names.ts';
import type { TextWidths } from './text-widths.ts';
import type { Box, Size, Viewport } from '../layout/viewport.ts';

/** Everything that a frame is painted from. Lengths are CSS pixels, positions on the map are in cells. */
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
  readonly colouring: Colouring;
  /** The entry point of each job cluster's job, where it is known. */
  readonly jobNames: ReadonlyMap<string, string>;
  readonly marks: OverlayMarks;
  /** Whether nodes with this code are dimmed, but for found ones. */
  readonly isDim: (code: number) => boolean;
  readonly widthsOf: TextWidths;
}

/** The cells and cards marked in the overlay. */
export interface OverlayMarks {
  readonly cursor: Cell | null;
  readonly selected: Cell | null;
  readonly hovered: Cell | null;
  /** The selected card, and the one that the keyboard is at. */
  readonly card: LinkHolder | null;
  readonly cardCursor: LinkHolder | null;
  /** Found nodes, of which `current` was brought into view. Null without a search. */
  readonly hits: readonly Cell[] | null;
  readonly current: Cell | null;
}

/** Converts a position on the map (in cells) to canvas pixels. */
export function toCanvas(
  { view, scale, plot }: Pick<Scene, 'view' | 'scale' | 'plot'>,
  x: number,
  y: number,
): { readonly x: number; readonly y: number } {
  return { x: plot.x + (x - view.x) * scale, y: plot.y + (y - view.y) * scale };
}

/** The visible part of the map, in cells. */
export function visibleAreaOf({ view, scale, plot }: Pick<Scene, 'view' | 'scale' | 'plot'>): Box {
  return { x: view.x, y: view.y, width: plot.width / scale, height: plot.height / scale };
}
