import type { Cell } from './cell-lookup.ts';
import type { Grouping } from '../../../routing/map-query.ts';
import type { Group, Layout } from './layout.ts';
import type { MapDelta } from './map-model.ts';
import type { MapPosition } from '../../../routing/map-query.ts';
import type { OverlayMarks } from './scene.ts';
import type { Size } from './viewport.ts';

/** A point of the canvas, CSS pixels from its corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The drawn map: what it shows is told to it, and it paints when the browser next does. */
export interface MapView {
  readonly layout: () => Layout | null;
  /** What is in the middle; null while the whole fleet is shown. */
  readonly place: () => MapPosition | null;
  setGrouping(grouping: Grouping): void;
  setDim(isDim: (code: number) => boolean): void;
  setMarks(marks: Partial<OverlayMarks>): void;
  applyMove(move: MapDelta): void;
  /** Names have arrived. */
  namesChanged(): void;
  fitAll(): void;
  /** Zooms about a point; about the middle without one. */
  zoomBy(factor: number, at?: Point): void;
  panBy(dx: number, dy: number): void;
  goTo(place: MapPosition): void;
  /** How much of the canvas is covered at its right and its bottom, CSS pixels: what is brought into view stands clear of it. */
  setCovered(covered: { readonly right: number; readonly bottom: number }): void;
  /** Brings a group or a cell into view: at a size at which it can be read, or moving as little as can be. */
  showGroup(group: Group): void;
  showCell(cell: Cell, how: 'large' | 'small' | 'reveal'): void;
  /** The node's cell at a point; null where there is none. */
  cellAt(point: Point): Cell | null;
  /** The group whose name is at a point of the margin; null elsewhere. */
  groupNameAt(point: Point): Group | null;
  /** The canvas, CSS pixels. */
  size(): Size;
  /** Calls back when another part is shown. */
  onViewChange(callBack: () => void): () => void;
  resized(): void;
  themed(): void;
  stop(): void;
}
