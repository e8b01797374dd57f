import type { CellState } from '../../../../contract/map.ts';
import type { MapColours } from './colours.ts';
import { NO_NODE, stateOfCode, CODES } from './map-model.ts';

type Pen = CanvasRenderingContext2D;

/** Cells smaller than this (device pixels) have a colour but no shape. */
const MIN_GLYPH_SIZE = 6;

/** The pixels of a cell, by state code; null for a slot without a node. All have the same size. */
export type Sprites = readonly (Uint32Array | null)[];

/**
 * Draws a cell of each state, `side` device pixels wide; the map then copies the pixels. `isDim` tells which codes are
 * dimmed. The background is drawn too, so that a copied cell covers what was there.
 */
export function drawSprites(
  side: number,
  ratio: number,
  colours: MapColours,
  isDim: (code: number) => boolean,
): Sprites {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  return Array.from({ length: CODES }, (_, code) => {
    const state = stateOfCode(code);
    if (pen === null || code === NO_NODE || state === null) return null;
    pen.globalAlpha = 1;
    pen.fillStyle = colours.surface;
    pen.fillRect(0, 0, side, side);
    if (isDim(code)) pen.globalAlpha = 0.16;
    drawCell(pen, state, { side, ratio, colours });
    return new Uint32Array(pen.getImageData(0, 0, side, side).data.buffer);
  });
}

/** The gap at the right and bottom of a cell with this side. Both in device pixels. */
export function gapOf(side: number): number {
  return side < 5 ? 0 : side < 14 ? 1 : Math.round(side / 12);
}

/**
 * One cell at the pen's origin: used filled, reserved half filled, idle outlined, dead crossed, arriving ringed, unknown
 * hatched, alive dotted.
 */
export function drawCell(
  pen: Pen,
  state: CellState,
  { side, ratio, colours }: { readonly side: number; readonly ratio: number; readonly colours: MapColours },
): void {
  const colour = colours.states[state];
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  const inner = side - gapOf(side);
  if (side < MIN_GLYPH_SIZE) {
    const alpha = pen.globalAlpha;
    pen.globalAlpha = alpha * farWeight[state];
    pen.fillRect(0, 0, inner, inner);
    pen.globalAlpha = alpha;
    return;
  }
  const line = Math.max(1, Math.min(2 * ratio, Math.round(side / 14)));
  const corner = Math.min(4 * ratio, Math.floor(inner / 6));
  const outline = (of: number) => {
    pen.beginPath();
    pen.roundRect(line / 2, line / 2, of - line, of - line, corner);
  };
  pen.lineWidth = line;
  if (state === 'used') {
    pen.beginPath();
    pen.roundRect(0, 0, inner, inner, corner);
    pen.fill();
    return;
  }
  const alpha = pen.globalAlpha;
  outline(inner);
  pen.globalAlpha = alpha * 0.1;
  if (state !== 'arriving') pen.fill();
  pen.globalAlpha = alpha;
  if (state !== 'arriving' || side >= 20 * ratio) pen.stroke();
  // The lower part of a large cell has the node's name.
  const isLarge = side >= 48 * ratio;
  pen.save();
  if (isLarge) pen.translate(inner * 0.3, inner * 0.1);
  drawMark(pen, state, isLarge ? inner * 0.4 : inner, line);
  pen.restore();
}

/** The opacity of each state where a cell is only a dot, so that states differ in lightness too. */
const farWeight: Readonly<Record<CellState, number>> = {
  used: 1,
  reserved: 0.7,
  idle: 0.38,
  alive: 0.62,
  arriving: 1,
  dead: 1,
  unknown: 0.45,
};

/** Draws the state's mark within the outline. */
function drawMark(pen: Pen, state: CellState, inner: number, line: number): void {
  const size = inner;
  const middle = size / 2;
  pen.beginPath();
  switch (state) {
    case 'dead': {
      const near = size * 0.26;
      pen.lineWidth = Math.max(1, line * 1.2);
      pen.moveTo(near, near);
      pen.lineTo(size - near, size - near);
      pen.moveTo(size - near, near);
      pen.lineTo(near, size - near);
      pen.stroke();
      return;
    }
    case 'arriving':
      pen.lineWidth = Math.max(1.5, line * 1.5);
      pen.arc(middle, middle, middle * 0.66, 0, 2 * Math.PI);
      pen.stroke();
      return;
    case 'unknown':
      pen.save();
      pen.rect(line, line, size - 2 * line, size - 2 * line);
      pen.clip();
      pen.beginPath();
      for (let at = -size; at < size; at += Math.max(3, size / 4)) {
        pen.moveTo(at, size);
        pen.lineTo(at + size, 0);
      }
      pen.globalAlpha *= 0.7;
      pen.stroke();
      pen.restore();
      return;
    case 'alive':
      pen.arc(middle, middle, Math.max(1, size * 0.14), 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'reserved':
      pen.moveTo(line, size - line);
      pen.lineTo(size - line, size - line);
      pen.lineTo(size - line, line);
      pen.closePath();
      pen.globalAlpha *= 0.75;
      pen.fill();
      return;
    case 'idle':
    case 'used':
      return;
  }
}
