/** The visible part of the map: `x` and `y` are the map's position (in cells) at the plot's top left corner. */
export interface Viewport {
  /** The requested size of a cell, CSS pixels; `scaleOf` gives the drawn one. */
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** A point on the canvas, CSS pixels from its corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest cell, CSS pixels: it has room for a node's name, host and load, read from across a room. */
export const MAX_ZOOM = 192;
/** The size of a cell, CSS pixels, at which a single node is shown. */
export const READABLE_ZOOM = 64;
/** The largest cell when the whole fleet is shown, CSS pixels. */
const MAX_FIT_ZOOM = MAX_ZOOM;
/** The factor of one press of a key or a button. */
export const ZOOM_STEP = 1.5;
/** The padding around the map, CSS pixels. */
export const PAD = 8;
/** Cells smaller than this (device pixels) are drawn from a bitmap, at any scale. */
export const MIN_SHAPE = 3;

/** The size of a cell on the screen, CSS pixels: whole device pixels where cells are shapes, for sharp edges. */
export function scaleOf(zoom: number, ratio: number): number {
  const device = zoom * ratio;
  return device < MIN_SHAPE ? zoom : Math.round(device) / ratio;
}

/** The map's position (in cells) under a point of the plot (CSS pixels from its corner). */
export function placeAt(
  view: Viewport,
  ratio: number,
  point: { readonly x: number; readonly y: number },
): { readonly x: number; readonly y: number } {
  const scale = scaleOf(view.zoom, ratio);
  return { x: view.x + point.x / scale, y: view.y + point.y / scale };
}

/** Zooms so that the position under the point stays under it. */
export function zoomAbout(
  view: Viewport,
  ratio: number,
  factor: number,
  point: { readonly x: number; readonly y: number },
  least: number,
): Viewport {
  const zoom = Math.min(MAX_ZOOM, Math.max(least, view.zoom * factor));
  const under = placeAt(view, ratio, point);
  const scale = scaleOf(zoom, ratio);
  return { zoom, x: under.x - point.x / scale, y: under.y - point.y / scale };
}

/** The zoom that shows the whole map. */
export function fitZoom(world: Size, plot: Size, ratio: number): number {
  if (world.width === 0 || world.height === 0 || plot.width <= 0 || plot.height <= 0) return 1;
  const zoom = Math.min(
    MAX_FIT_ZOOM,
    Math.max(1, plot.width - 2 * PAD) / world.width,
    Math.max(1, plot.height - 2 * PAD) / world.height,
  );
  // Rounding up would cut off the edge.
  return zoom * ratio < MIN_SHAPE ? zoom : Math.floor(zoom * ratio) / ratio;
}

/** The viewport that shows the whole map. */
export function fit(world: Size, plot: Size, ratio: number): Viewport {
  const zoom = fitZoom(world, plot, ratio);
  return { zoom, x: -PAD / zoom, y: -PAD / zoom };
}

/** The viewport that shows the top of a map that is higher than the plot, as wide as the plot. */
export function fitWidth(world: Size, plot: Size, ratio: number): Viewport {
  return fit({ ...world, height: Math.min(world.height, 1) }, plot, ratio);
}

/** Keeps the map in the plot: a smaller map at the top left, a larger one without a gap at its edges. */
export function clamp(view: Viewport, world: Size, plot: Size, ratio: number): Viewport {
  const scale = scaleOf(view.zoom, ratio);
  const pad = PAD / scale;
  const mostX = world.width + pad - plot.width / scale;
  const mostY = world.height + pad - plot.height / scale;
  return { zoom: view.zoom, x: Math.max(-pad, Math.min(view.x, mostX)), y: Math.max(-pad, Math.min(view.y, mostY)) };
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Centres a part of the map (in cells), as large as fits, with cells of at most `most` CSS pixels. */
export function show(box: Box, plot: Size, ratio: number, most: number): Viewport {
  const wanted = Math.min(most, (plot.width * 0.9) / box.width, (plot.height * 0.9) / box.height);
  const zoom = wanted * ratio < MIN_SHAPE ? wanted : Math.floor(wanted * ratio) / ratio;
  return { zoom, x: box.x + box.width / 2 - plot.width / zoom / 2, y: box.y + box.height / 2 - plot.height / zoom / 2 };
}

/** Moves as little as needed to show the box with a margin of one cell; the same viewport if it is in view. */
export function reveal(view: Viewport, box: Box, plot: Size, ratio: number): Viewport {
  const scale = scaleOf(view.zoom, ratio);
  const isInView =
    box.x >= view.x &&
    box.y >= view.y &&
    box.x + box.width <= view.x + plot.width / scale &&
    box.y + box.height <= view.y + plot.height / scale;
  // A click on what is in view moves nothing, however near to the edge it is.
  if (isInView) return view;
  const x = within(view.x, plot.width / scale, box.x - 1, box.x + box.width + 1);
  const y = within(view.y, plot.height / scale, box.y - 1, box.y + box.height + 1);
  return x === view.x && y === view.y ? view : { zoom: view.zoom, x, y };
}

function within(from: number, length: number, low: number, high: number): number {
  if (low < from || high - low > length) return low;
  return high > from + length ? high - length : from;
}
