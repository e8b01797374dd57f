import { readMapColours, type MapColours } from '../paint/colours.ts';
import { boxOf, cellAt, groupAt } from '../layout/cell-lookup.ts';
import { createFlights } from '../paint/flights.ts';
import { computeLayout, isNearPlot, PLOT_TOLERANCE } from '../layout/compute-layout.ts';
import type { Colouring, Grouping, MapPosition } from '../../../../routing/map-query.ts';
import { samePlaces, type Group, type Layout } from '../layout/layout.ts';
import { createMapCanvases } from '../paint/map-canvases.ts';
import { createMapCamera } from './map-camera.ts';
import { NO_NODE, type MapDelta, type MapModel } from '../layout/map-model.ts';
import type { MapView } from './map-view-handle.ts';
import type { NodeNames } from '../paint/node-names.ts';
import { plotOf } from '../paint/plot-area.ts';
import { toCanvas, type OverlayMarks, type Scene } from '../paint/scene.ts';
import { createTextWidths } from '../paint/text-widths.ts';
import { placeAt, READABLE_ZOOM, scaleOf, type Point } from '../layout/viewport.ts';

/** The smallest cell (CSS pixels) in which a found node stands out. */
const SHAPED_ZOOM = 16;
/** A group is shown with cells of at most this, CSS pixels. */
const GROUP_ZOOM = 40;
/** A map shown as a whole gets a new layout once the plot changes by this factor. */
const FITTED_WITHIN = 1.1;

interface MapViewParts {
  readonly host: HTMLElement;
  readonly cells: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly model: MapModel;
  readonly names: NodeNames;
  readonly grouping: Grouping;
  readonly colouring: Colouring;
  readonly place: MapPosition | null;
}

/** Keeps layout, camera and painters together, and paints at most once a frame. */
export function createMapView(parts: MapViewParts): MapView {
  const { host, cells, over, model, names } = parts;
  let { grouping, colouring } = parts;
  let layout: Layout | null = null;
  let colours: MapColours = readMapColours(host);
  let marks: OverlayMarks = {
    cursor: null,
    selected: null,
    hovered: null,
    card: null,
    cardCursor: null,
    hits: null,
    current: null,
  };
  let jobNames: ReadonlyMap<string, string> = new Map();
  let isDim: (code: number) => boolean = () => false;
  let isDirty = { cells: false, over: false };
  let frameRequest = 0;
  const widthsOf = createTextWidths();
  const flights = createFlights(() => !window.matchMedia('(prefers-reduced-motion: reduce)').matches);
  const canvases = createMapCanvases({ host, cells, over, flights });
  const { painter } = canvases;

  const ratio = () => window.devicePixelRatio || 1;
  const plot = () => plotOf(canvases.size(), grouping);
  const camera = createMapCamera({
    world: () => ({ width: layout?.width ?? 0, height: layout?.height ?? 0 }),
    isTall: () => layout?.isTall ?? false,
    plot,
    ratio,
    start: parts.place,
  });
  camera.onChange(() => dirty('all'));

  function dirty(what: 'all' | 'over'): void {
    isDirty = { cells: isDirty.cells || what === 'all', over: true };
    if (frameRequest === 0) frameRequest = requestAnimationFrame(paint);
  }

  function paint(): void {
    frameRequest = 0;
    const size = canvases.size();
    if (layout === null || size.width === 0) return;
    const view = camera.view();
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
      colouring,
      jobNames,
      marks,
      isDim,
      widthsOf,
    };
    const isFlying = canvases.paint(scene, isDirty);
    isDirty = { cells: false, over: false };
    if (isFlying) dirty('over');
    host.dataset['drawn'] = String(model.version);
  }

  /** Computes the layout and shows it. False if every section stays where `keep` has it, as when one grew within its spare room. */
  function recomputeLayout(keep: Layout | null): boolean {
    if (canvases.size().width === 0) return true;
    const next = computeLayout(model.sections.values(), grouping, plot(), keep);
    if (keep !== null && samePlaces(keep, next)) return false;
    layout = next;
    painter.renew(isDim);
    camera.settle();
    return true;
  }

  /** Where a place on the map (in cells) is drawn now. */
  function onCanvas({ x, y }: Point): Point {
    const view = camera.view();
    return toCanvas({ view, scale: scaleOf(view.zoom, ratio()), plot: plot() }, x, y);
  }

  /** The position (in cells) under a point of the canvas; null in the margin. */
  function under({ x, y }: Point): Point | null {
    const { x: left, y: top } = plot();
    return x < left || y < top ? null : placeAt(camera.view(), ratio(), { x: x - left, y: y - top });
  }

  function groupUnder(point: Point): Group | null {
    if (layout === null) return null;
    if (grouping === 'cluster') {
      const at = under(point);
      return at === null ? null : groupAt(layout, at.x, at.y);
    }
    return point.x < plot().x ? groupAt(layout, 0, placeAt(camera.view(), ratio(), { x: 0, y: point.y }).y) : null;
  }

  /** Shows nodes moving from where they are still drawn; where no motion is wanted there is nothing to look for. */
  function startFlights(moves: MapDelta['moves']): void {
    if (layout === null || moves.length === 0 || !flights.areWanted()) return;
    const at = layout;
    const starts = moves.flatMap(({ from, to }) => {
      const box = boxOf(at, from);
      return box === null ? [] : [{ from: onCanvas(box), to }];
    });
    // Read by tests: a canvas shows nothing to them.
    host.dataset['moved'] = String(starts.length);
    flights.start(starts, performance.now());
  }

  function renewed(): void {
    painter.renew(isDim);
    dirty('all');
  }

  canvases.measure(grouping);
  recomputeLayout(null);

  return {
    layout: () => layout,
    place: camera.place,
    setGrouping(next) {
      if (next === grouping) return;
      grouping = next;
      canvases.measure(grouping);
      recomputeLayout(null);
      camera.resetView();
    },
    setColouring(next) {
      if (next === colouring) return;
      colouring = next;
      renewed();
    },
    setJobNames(next) {
      jobNames = next;
      dirty('over');
    },
    setDim(dim) {
      isDim = dim;
      renewed();
    },
    setMarks(next) {
      marks = { ...marks, ...next };
      dirty('over');
    },
    applyMove(move) {
      names.moved(move);
      startFlights(move.moves);
      if (move.shape && recomputeLayout(layout)) return;
      if (move.renewed.length > 0) painter.renew(isDim);
      else painter.changed(move.cells);
      dirty('all');
    },
    namesChanged: () => dirty('over'),
    resetView: camera.resetView,
    fitAll: camera.fitAll,
    zoomBy(factor, at) {
      const { x, y } = plot();
      camera.zoomBy(factor, at === undefined ? undefined : { x: at.x - x, y: at.y - y });
    },
    panBy: camera.panBy,
    goTo: camera.goTo,
    showGroup: (group) => camera.show(group, GROUP_ZOOM),
    revealGroup: (group) => camera.reveal(group),
    showCell(cell, how) {
      const box = layout === null ? null : boxOf(layout, cell);
      if (box === null) return;
      const enough = how === 'large' ? READABLE_ZOOM : how === 'small' ? SHAPED_ZOOM : 0;
      if (scaleOf(camera.view().zoom, ratio()) < enough) camera.show(box, enough);
      else camera.reveal(box);
    },
    cellAt(point) {
      const at = under(point);
      const cell = at === null || layout === null ? null : cellAt(layout, at.x, at.y);
      const section = cell === null ? undefined : model.sections.get(cell.section);
      return cell === null ||
        section === undefined ||
        cell.slot >= section.slots ||
        section.cells[cell.slot] === NO_NODE
        ? null
        : cell;
    },
    groupAt: groupUnder,
    size: canvases.size,
    onViewChange: camera.onChange,
    resized() {
      if (!canvases.measure(grouping)) return;
      // Somebody who sees the whole map looks at no place in particular, so a small change may already move things.
      const within = camera.isFit() ? FITTED_WITHIN : PLOT_TOLERANCE;
      if (layout === null || !isNearPlot(layout.memory.plot, plot(), within)) {
        // A new layout moves everything; the same relative position is the best that can be kept.
        camera.keepMiddle(() => recomputeLayout(null));
      } else camera.settle();
    },
    themed() {
      colours = readMapColours(host);
      renewed();
    },
    stop: () => cancelAnimationFrame(frameRequest),
  };
}
