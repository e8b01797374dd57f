import type { Colouring } from '../../../../routing/map-query.ts';
import type { ShownState } from '../../../../../contract/map.ts';
import { cellPaint, type CellPaint } from './cell-paint.ts';
import { TINT_OPACITY } from './card-tint.ts';
import type { MapColours } from './colours.ts';
import { NO_NODE, stateOfCode, CODES } from '../layout/map-model.ts';

type Pen = CanvasRenderingContext2D;

/** Cells smaller than this (device pixels) have a colour but no shape. */
const MIN_GLYPH_SIZE = 6;
/** Cells at least this large (CSS pixels) have text and a bar for the load. */
const LARGE_FROM = 48;
const LOAD_BAR = 5;

/** The pixels of a cell, `side` by `side`; null for a slot without a node. */
type Sprite = Uint32Array | null;

/** The sprites of one size and card, drawn when first asked for. Their background is the card's tint, or transparent. */
export interface Sprites {
  at(code: number, load: number): Sprite;
}

/** What all cells are drawn with. `isDim` tells which codes are dimmed; `ground`: the card's tint below them, null for none. */
export interface SpriteLook {
  readonly ratio: number;
  readonly colours: MapColours;
  readonly colouring: Colouring;
  readonly isDim: (code: number) => boolean;
  readonly ground: string | null;
}

/** Cells of `side` device pixels in a card of this hue; the map then copies their pixels. */
export function createSprites(side: number, hue: number, look: SpriteLook): Sprites {
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const drawn: (Sprite | undefined)[] = [];
  return {
    at(code, load) {
      const index = code + CODES * load;
      const known = drawn[index];
      if (known !== undefined) return known;
      const state = stateOfCode(code);
      let sprite: Sprite = null;
      if (pen !== null && code !== NO_NODE && state !== null) {
        pen.globalAlpha = look.isDim(code) ? 0.16 : 1;
        pen.clearRect(0, 0, side, side);
        drawCell(pen, state, cellPaint(state, load, { ...look, hue }), { side, ratio: look.ratio });
        if (look.ground !== null) paintGround(pen, look.ground, side);
        sprite = new Uint32Array(pen.getImageData(0, 0, side, side).data.buffer);
      }
      drawn[index] = sprite;
      return sprite;
    },
  };
}

/** The pixel of a card's tint. */
export function groundPixel(colour: string): number {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (pen === null) return 0;
  paintGround(pen, colour, 1);
  return new Uint32Array(pen.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}

/** Below what is drawn already. */
function paintGround(pen: Pen, colour: string, side: number): void {
  pen.save();
  pen.globalCompositeOperation = 'destination-over';
  pen.globalAlpha = TINT_OPACITY;
  pen.fillStyle = colour;
  pen.fillRect(0, 0, side, side);
  pen.restore();
}

/** The gap at the right and bottom of a cell with this side. Both in device pixels. */
export function gapOf(side: number): number {
  return side < 5 ? 0 : side < 14 ? 1 : Math.round(side / 12);
}

/**
 * One cell at the pen's origin: filled from the bottom by its load, reserved with a corner, idle outlined, dead crossed,
 * arriving ringed, unknown hatched, alive dotted.
 */
export function drawCell(
  pen: Pen,
  state: ShownState,
  { colour, fill, weight }: CellPaint,
  { side, ratio }: { readonly side: number; readonly ratio: number },
): void {
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  const inner = side - gapOf(side);
  const alpha = pen.globalAlpha;
  if (side < MIN_GLYPH_SIZE) {
    pen.globalAlpha = alpha * weight;
    pen.fillRect(0, 0, inner, inner);
    pen.globalAlpha = alpha;
    return;
  }
  const line = Math.max(1, Math.min(1.5 * ratio, Math.round(side / 16)));
  const corner = Math.min(4 * ratio, Math.floor(inner / 6));
  // The text of a large cell stands on its pale part, so that it can be read.
  const isLarge = side >= LARGE_FROM * ratio;
  pen.save();
  pen.beginPath();
  pen.roundRect(0, 0, inner, inner, corner);
  pen.clip();
  pen.globalAlpha = alpha * (state === 'arriving' ? 0 : isLarge ? 0.12 : 0.16);
  pen.fillRect(0, 0, inner, inner);
  pen.globalAlpha = alpha * (isLarge ? 1 : 0.5 + weight / 2);
  if (isLarge) pen.fillRect(0, inner - LOAD_BAR * ratio, inner * fill, LOAD_BAR * ratio);
  else pen.fillRect(0, Math.round(inner * (1 - fill)), inner, inner);
  pen.restore();
  pen.lineWidth = line;
  pen.globalAlpha = alpha * (state === 'idle' || state === 'free' ? 0.6 : 0.9);
  if (state !== 'arriving' || side >= 20 * ratio) {
    pen.beginPath();
    pen.roundRect(line / 2, line / 2, inner - line, inner - line, corner);
    pen.stroke();
  }
  pen.globalAlpha = alpha;
  pen.save();
  if (isLarge) pen.translate(inner - 0.34 * inner, inner * 0.04);
  drawMark(pen, state, isLarge ? inner * 0.3 : inner, line);
  pen.restore();
}

/** Draws the state's mark within the outline. */
function drawMark(pen: Pen, state: ShownState, inner: number, line: number): void {
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
      // A corner of its own tone, whatever the load.
      pen.moveTo(size - line, line);
      pen.lineTo(size - line, size * 0.62);
      pen.lineTo(size * 0.38, line);
      pen.closePath();
      pen.globalAlpha *= 0.85;
      pen.fill();
      return;
    case 'idle':
    case 'free':
    case 'used':
      return;
  }
}
