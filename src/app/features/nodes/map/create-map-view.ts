import { createEmitter } from '../../../../emitter.ts';
import { readMapColours, type MapColours } from './colours.ts';
import { boxOf, cellAt, groupAt } from './cell-lookup.ts';
import { aspectOf, isNearAspect, ASPECT_TOLERANCE, computeLayout } from './compute-layout.ts';
import type { Grouping } from '../../../routing/map-query.ts';
import { samePlaces, type Layout } from './layout.ts';
import { NO_NODE, type MapModel } from './map-model.ts';
import type { MapPosition } from '../../../routing/map-query.ts';
import type { MapView, Point } from './map-view-handle.ts';
import type { NodeNames } from './node-names.ts';
import { createCellPainter } from './paint-cells.ts';
import { paintOverlay } from './paint-overlay.ts';
import { paintGroupLabels } from './paint-group-labels.ts';
import { headerOf, marginOf, plotOf } from './plot-area.ts';
import type { OverlayMarks, Scene } from './scene.ts';
import {
  clamp,
  fit,
  fitZoom,
  MAX_ZOOM,
  placeAt,
  READABLE_ZOOM,
  reveal,
  scaleOf,
  show,
  zoomAbout,
  type Viewport,
} from './viewport.ts';

/** The smallest cell (CSS pixels) in which a found node stands out. */
const SHAPED_ZOOM = 16;
/** A map shown as a whole gets a new layout once the plot's aspect changes by this factor. */
const FITTED_WITHIN = 1.1;

interface MapViewParts {
  readonly host: HTMLElement;
  readonly cells: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly model: MapModel;
  readonly names: NodeNames;
  readonly grouping: Grouping;
  readonly place: MapPosition | null;
}

export function createMapView(parts: MapViewParts): MapView {
  const { host, cells, over, model, names } = parts;
  const painter = createCellPainter();
  let grouping = parts.grouping;
  let layout: Layout | null = null;
  let view: Viewport = { zoom: 1, x: 0, y: 0 };
  /** What the view is bound to; null once a person has moved it. */
  let target: 'fit' | MapPosition | null = parts.place ?? 'fit';
  let colours: MapColours = readMapColours(host);
  let marks: OverlayMarks = { cursor: null, selected: null, hovered: null, hits: null, current: null };
  let isDim: (code: number) => boolean = () => false;
  let isDirty = { cells: false, over: false };
  let frameRequest = 0;
  let size = { width: 0, height: 0 };
  let covered = { right: 0, bottom: 0 };
  const viewChanges = createEmitter();

  const ratio = () => window.devicePixelRatio || 1;
  const plot = () => plotOf(size, grouping);
  const clear = () => ({
    width: Math.max(1, plot().width - covered.right),
    height: Math.max(1, plot().height - covered.bottom),
  });
  const world = () => ({ width: layout?.width ?? 0, height: layout?.height ?? 0 });
  const least = () => Math.min(fitZoom(world(), plot(), ratio()), MAX_ZOOM);

  function dirty(what: 'all' | 'over'): void {
    isDirty = { cells: isDirty.cells || what === 'all', over: true };
    if (frameRequest === 0) frameRequest = requestAnimationFrame(paint);
  }

  function paint(): void {
    frameRequest = 0;
    if (layout === null || size.width === 0) return;
    const scene: Scene = {
      layout,
      sections: model.sections,
      names,
      view,
      scale: scaleOf(view.zoom, ratio()),
      ratio: ratio(),
      size,
      plot: plot(),
      colours,
      marks,
    };
    if (isDirty.cells) painter.paint(cells, scene);
    const pen = over.getContext('2d');
    const [width, height] = [Math.round(size.width * ratio()), Math.round(size.height * ratio())];
    if (over.width !== width || over.height !== height) {
      over.width = width;
      over.height = height;
    }
    if (pen !== null) {
      pen.setTransform(ratio(), 0, 0, ratio(), 0, 0);
      pen.clearRect(0, 0, size.width, size.height);
      paintOverlay(pen, scene);
      paintGroupLabels(pen, scene);
    }
    isDirty = { cells: false, over: false };
    host.dataset['drawn'] = String(model.version);
  }

  /** Computes the layout and shows it. False if every section stays where `keep` has it, as when one grew within its spare room. */
  function recomputeLayout(keep: Layout | null): boolean {
    if (size.width === 0) return true;
    const { width, height } = plot();
    const next = computeLayout(model.sections.values(), grouping, aspectOf(width, height), keep);
    if (keep !== null && samePlaces(keep, next)) return false;
    layout = next;
    painter.renew(isDim);
    settle();
    return true;
  }

  /** Moves the view to its target, if any, and keeps it within the map. */
  function settle(): void {
    if (target === 'fit') view = fit(world(), plot(), ratio());
    else if (target !== null) view = viewOf(target);
    view = clamp(view.zoom < least() ? { ...view, zoom: least() } : view, world(), clear(), ratio());
    dirty('all');
    viewChanges.emit();
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

  function placeNow(): MapPosition | null {
    if (target === 'fit' || layout === null || layout.width === 0) return null;
    if (target !== null) return target;
    const { width, height } = plot();
    const middle = placeAt(view, ratio(), { x: width / 2, y: height / 2 });
    return { zoom: view.zoom, x: middle.x / layout.width, y: middle.y / layout.height };
  }

  function look(next: Viewport): void {
    target = null;
    view = next;
    settle();
  }

  function measure(): boolean {
    const [width, height] = [host.clientWidth, host.clientHeight];
    if (width === size.width && height === size.height) return false;
    size = { width, height };
    const { x, y, width: plotWidth, height: plotHeight } = plot();
    Object.assign(cells.style, {
      left: `${String(x)}px`,
      top: `${String(y)}px`,
      width: `${String(plotWidth)}px`,
      height: `${String(plotHeight)}px`,
    });
    Object.assign(over.style, { width: `${String(width)}px`, height: `${String(height)}px` });
    return true;
  }

  function underPlot({ x, y }: Point): { readonly x: number; readonly y: number } | null {
    if (x < marginOf(size.width) || y < headerOf(grouping)) return null;
    const { x: left, y: top } = plot();
    return placeAt(view, ratio(), { x: x - left, y: y - top });
  }

  measure();
  recomputeLayout(null);

  return {
    layout: () => layout,
    place: placeNow,
    setGrouping(next) {
      if (next === grouping) return;
      grouping = next;
      target = 'fit';
      size = { width: 0, height: 0 };
      measure();
      recomputeLayout(null);
    },
    setDim(dim) {
      isDim = dim;
      painter.renew(isDim);
      dirty('all');
    },
    setMarks(next) {
      marks = { ...marks, ...next };
      dirty('over');
    },
    applyMove(move) {
      names.moved(move);
      if (move.shape && recomputeLayout(layout)) return;
      if (move.renewed.length > 0) painter.renew(isDim);
      else painter.changed(move.cells);
      dirty('all');
    },
    namesChanged: () => dirty('over'),
    fitAll() {
      target = 'fit';
      settle();
    },
    zoomBy(factor, at) {
      const { x, y, width, height } = plot();
      const point = at === undefined ? { x: width / 2, y: height / 2 } : { x: at.x - x, y: at.y - y };
      const next = zoomAbout(view, ratio(), factor, point, least());
      if (next.zoom <= least() && factor < 1) target = 'fit';
      else {
        target = null;
        view = next;
      }
      settle();
    },
    panBy(dx, dy) {
      const scale = scaleOf(view.zoom, ratio());
      look({ ...view, x: view.x - dx / scale, y: view.y - dy / scale });
    },
    goTo(place) {
      target = place;
      settle();
      target = null;
    },
    setCovered(next) {
      covered = next;
    },
    showGroup(group) {
      look(show({ x: 0, y: group.y, width: world().width, height: group.height }, clear(), ratio(), 24));
    },
    showCell(cell, how) {
      const box = layout === null ? null : boxOf(layout, cell);
      if (box === null) return;
      const enough = how === 'large' ? READABLE_ZOOM : how === 'small' ? SHAPED_ZOOM : 0;
      if (scaleOf(view.zoom, ratio()) < enough) look(show(box, clear(), ratio(), enough));
      else {
        const next = reveal(view, box, clear(), ratio());
        if (next !== view) look(next);
      }
    },
    cellAt(point) {
      const at = underPlot(point);
      const cell = at === null || layout === null ? null : cellAt(layout, at.x, at.y);
      const section = cell === null ? undefined : model.sections.get(cell.section);
      return cell === null ||
        section === undefined ||
        cell.slot >= section.slots ||
        section.cells[cell.slot] === NO_NODE
        ? null
        : cell;
    },
    groupNameAt({ x, y }) {
      if (layout === null || x >= marginOf(size.width) || y < headerOf(grouping)) return null;
      return groupAt(layout, placeAt(view, ratio(), { x: 0, y: y - headerOf(grouping) }).y);
    },
    size: () => size,
    onViewChange: viewChanges.subscribe,
    resized() {
      const middle = placeNow();
      if (!measure()) return;
      const { width, height } = plot();
      // Somebody who sees the whole map looks at no place in particular, so a small change may already move things.
      const within = target === 'fit' ? FITTED_WITHIN : ASPECT_TOLERANCE;
      if (layout === null || !isNearAspect(layout.memory.aspect, aspectOf(width, height), within)) {
        // A new layout moves everything; the same relative position is the best that can be kept.
        if (middle !== null) target = middle;
        recomputeLayout(null);
        if (middle !== null) target = null;
      } else settle();
    },
    themed() {
      colours = readMapColours(host);
      painter.renew(isDim);
      dirty('all');
    },
    stop: () => cancelAnimationFrame(frameRequest),
  };
}
