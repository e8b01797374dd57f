import type { Cell } from '../layout/cell-lookup.ts';
import type { Colouring, Grouping } from '../../../../routing/map-query.ts';
import type { Group, Layout } from '../layout/layout.ts';
import type { MapDelta } from '../layout/map-model.ts';
import type { MapPosition } from '../../../../routing/map-query.ts';
import type { OverlayMarks } from '../paint/scene.ts';
import type { Point, Size } from '../layout/viewport.ts';

/** Controls the drawn map; changes are painted in the next animation frame. */
export interface MapView {
  readonly layout: () => Layout | null;
  /** The position at the centre; null in the initial view. */
  readonly place: () => MapPosition | null;
  setGrouping(grouping: Grouping): void;
  setColouring(colouring: Colouring): void;
  /** The entry points of job clusters' jobs, by the job cluster's id. */
  setJobNames(names: ReadonlyMap<string, string>): void;
  setDim(isDim: (code: number) => boolean): void;
  setMarks(marks: Partial<OverlayMarks>): void;
  applyMove(move: MapDelta): void;
  /** Repaints the names after some have loaded. */
  namesChanged(): void;
  /** Returns to the initial view: the whole map, or the top of a tall one. */
  resetView(): void;
  /** Shows the whole map, however small its cards are then. */
  fitAll(): void;
  /** Zooms about a point, by default the centre. */
  zoomBy(factor: number, at?: Point): void;
  panBy(dx: number, dy: number): void;
  goTo(place: MapPosition): void;
  /** Brings a group or a cell into view, either at a readable size or with the least movement. */
  showGroup(group: Group): void;
  /** Brings a group into view with the least movement. */
  revealGroup(group: Group): void;
  showCell(cell: Cell, how: 'large' | 'small' | 'reveal'): void;
  /** The node's cell at a point; null where there is none. */
  cellAt(point: Point): Cell | null;
  /** The card at a point; by template, the group whose name in the margin is there. */
  groupAt(point: Point): Group | null;
  /** The size of the canvas, CSS pixels. */
  size(): Size;
  /** Subscribes to changes of the visible part. */
  onViewChange(callBack: () => void): () => void;
  resized(): void;
  themed(): void;
  stop(): void;
}
