import type { Cell } from './cell-lookup.ts';
import type { Grouping } from '../../../routing/map-query.ts';
import type { Group, Layout } from './layout.ts';
import type { MapDelta } from './map-model.ts';
import type { MapPosition } from '../../../routing/map-query.ts';
import type { OverlayMarks } from './scene.ts';
import type { Size } from './viewport.ts';

/** A point on the canvas, CSS pixels from its corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Controls the drawn map; changes are painted in the next animation frame. */
export interface MapView {
  readonly layout: () => Layout | null;
  /** The position at the centre; null while the whole fleet is shown. */
  readonly place: () => MapPosition | null;
  setGrouping(grouping: Grouping): void;
  setDim(isDim: (code: number) => boolean): void;
  setMarks(marks: Partial<OverlayMarks>): void;
  applyMove(move: MapDelta): void;
  /** Repaints the names after some have loaded. */
  namesChanged(): void;
  fitAll(): void;
  /** Zooms about a point, by default the centre. */
  zoomBy(factor: number, at?: Point): void;
  panBy(dx: number, dy: number): void;
  goTo(place: MapPosition): void;
  /** How much of the canvas is covered at its right and bottom, CSS pixels; whatever is brought into view avoids it. */
  setCovered(covered: { readonly right: number; readonly bottom: number }): void;
  /** Brings a group or a cell into view, either at a readable size or with the least movement. */
  showGroup(group: Group): void;
  showCell(cell: Cell, how: 'large' | 'small' | 'reveal'): void;
  /** The node's cell at a point; null where there is none. */
  cellAt(point: Point): Cell | null;
  /** The group whose name is at a point of the margin; null elsewhere. */
  groupNameAt(point: Point): Group | null;
  /** The size of the canvas, CSS pixels. */
  size(): Size;
  /** Subscribes to changes of the visible part. */
  onViewChange(callBack: () => void): () => void;
  resized(): void;
  themed(): void;
  stop(): void;
}
