import { createEmitter } from '../../../../../emitter.ts';
import type { MapPosition } from '../../../../routing/map-query.ts';
import {
  clamp,
  fit,
  fitWidth,
  MAX_ZOOM,
  placeAt,
  reveal,
  scaleOf,
  show,
  zoomAbout,
  type Box,
  type Size,
  type Viewport,
  type Point,
} from '../layout/viewport.ts';

/** Which part of the map is seen, and what that is bound to. */
export interface MapCamera {
  view(): Viewport;
  /** The position at the centre; null in the initial view. */
  place(): MapPosition | null;
  /** Whether nobody has moved the view. */
  isFit(): boolean;
  /** Moves the view to its target, if any, and keeps it within the map; to be called when the map or the plot has changed. */
  settle(): void;
  /** Returns to the initial view: the whole map, or the top of a tall one, whose cards would lose their names in smaller cells. */
  resetView(): void;
  /** Shows the whole map, also a tall one. */
  fitAll(): void;
  /** Zooms about a point of the plot, by default its centre. */
  zoomBy(factor: number, at?: Point): void;
  panBy(dx: number, dy: number): void;
  goTo(place: MapPosition): void;
  /** Keeps what is in the middle there while `change` makes another map or plot. */
  keepMiddle(change: () => void): void;
  /** Brings a part (in cells) into view, with cells of at most `most` pixels. */
  show(box: Box, most: number): void;
  /** Brings a part into view with the least movement. */
  reveal(box: Box): void;
  onChange(callBack: () => void): () => void;
}

interface MapCameraParts {
  /** The size of the map, in cells, and of the plot, CSS pixels. */
  readonly world: () => Size;
  /** Whether the map is higher than the plot, so that its top is shown first. */
  readonly isTall: () => boolean;
  readonly plot: () => Size;
  readonly ratio: () => number;
  readonly start: MapPosition | null;
}

export function createMapCamera({ world, isTall, plot, ratio, start }: MapCameraParts): MapCamera {
  let view: Viewport = { zoom: 1, x: 0, y: 0 };
  /** What the view is bound to; null once a person has moved it. */
  let target: 'initial' | 'all' | MapPosition | null = start ?? 'initial';
  const changes = createEmitter();

  const initialView = () => (isTall() ? fitWidth : fit)(world(), plot(), ratio());
  const least = () => Math.min(initialView().zoom, MAX_ZOOM);

  function settle(): void {
    if (target === 'initial') view = initialView();
    else if (target === 'all') view = fit(world(), plot(), ratio());
    else if (target !== null) view = viewOf(target);
    const isSmall = view.zoom < least() && target !== 'all';
    view = clamp(isSmall ? { ...view, zoom: least() } : view, world(), plot(), ratio());
    changes.emit();
  }

  function viewOf({ zoom, x, y }: MapPosition): Viewport {
    const scale = scaleOf(Math.min(MAX_ZOOM, zoom), ratio());
    const { width, height } = plot();
    return {
      zoom: Math.min(MAX_ZOOM, zoom),
      x: x * world().width - width / scale / 2,
      y: y * world().height - height / scale / 2,
    };
  }

  function place(): MapPosition | null {
    if (target === 'initial' || (target === 'all' && !isTall()) || world().width === 0) return null;
    if (target !== null && target !== 'all') return target;
    const { width, height } = plot();
    const middle = placeAt(view, ratio(), { x: width / 2, y: height / 2 });
    return { zoom: view.zoom, x: middle.x / world().width, y: middle.y / world().height };
  }

  function look(next: Viewport): void {
    target = null;
    view = next;
    settle();
  }

  return {
    view: () => view,
    place,
    isFit: () => target === 'initial' || target === 'all',
    settle,
    resetView() {
      target = 'initial';
      settle();
    },
    fitAll() {
      target = 'all';
      settle();
    },
    zoomBy(factor, at) {
      const { width, height } = plot();
      const next = zoomAbout(view, ratio(), factor, at ?? { x: width / 2, y: height / 2 }, least());
      // Where a tall map is looked at does not change as it is zoomed out.
      if (next.zoom <= least() && factor < 1 && !isTall()) {
        target = 'initial';
        settle();
      } else look(next);
    },
    panBy(dx, dy) {
      const scale = scaleOf(view.zoom, ratio());
      look({ ...view, x: view.x - dx / scale, y: view.y - dy / scale });
    },
    goTo(next) {
      target = next;
      settle();
      target = null;
    },
    keepMiddle(change) {
      const middle = target === 'all' ? null : place();
      if (middle !== null) target = middle;
      change();
      if (middle !== null) target = null;
    },
    show: (box, most) => look(show(box, plot(), ratio(), most)),
    reveal(box) {
      const next = reveal(view, box, plot(), ratio());
      if (next !== view) look(next);
    },
    onChange: changes.subscribe,
  };
}
