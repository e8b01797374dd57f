import { boxOf } from '../layout/cell-lookup.ts';
import { NO_NODE, stateOfCode } from '../layout/map-model.ts';
import type { Point } from '../layout/viewport.ts';
import { cellPaint } from './cell-paint.ts';
import { lookOf } from './card-look.ts';
import { TINT_OPACITY } from './card-tint.ts';
import { toCanvas, type Scene } from './scene.ts';
import { drawCell, gapOf } from './sprites.ts';

type Pen = CanvasRenderingContext2D;

/** Found cells smaller than this are ringed, larger ones framed. */
export const RINGED_BELOW = 10;
const LINE = 2;

/** Paints the found nodes as they look without a search, over the dimmed ones, with a frame around each: a ring around a dot. */
export function paintHits(pen: Pen, scene: Scene): void {
  const { marks, layout, sections, plot, size, scale, ratio, colours, colouring } = scene;
  if (marks.hits === null) return;
  const side = Math.max(4, scale);
  const places: Point[] = [];
  for (const cell of marks.hits) {
    const box = boxOf(layout, cell);
    const section = sections.get(cell.section);
    const state = section === undefined ? null : stateOfCode(section.cells[cell.slot] ?? NO_NODE);
    if (box === null || section === undefined || state === null) continue;
    const { x, y } = toCanvas(scene, box.x, box.y);
    if (x < plot.x - side || y < plot.y - side || x > size.width || y > size.height) continue;
    places.push({ x, y });
    const { hue } = lookOf(section.clusterId);
    pen.save();
    pen.translate(x, y);
    pen.fillStyle = colours.surface;
    pen.fillRect(0, 0, side, side);
    if (layout.grouping === 'cluster') {
      pen.globalAlpha = TINT_OPACITY;
      pen.fillStyle = colours.hues[hue] ?? colours.quiet;
      pen.fillRect(0, 0, side, side);
      pen.globalAlpha = 1;
    }
    pen.scale(1 / ratio, 1 / ratio);
    const paint = cellPaint(state, section.loads[cell.slot] ?? 0, { colours, colouring, hue });
    drawCell(pen, state, paint, { side: Math.round(side * ratio), ratio });
    pen.restore();
  }
  paintFrames(pen, scene, places, side);
}

/** After all cells, as a frame stands in the gap to the next one. */
function paintFrames(pen: Pen, { scale, ratio, colours }: Scene, places: readonly Point[], side: number): void {
  const inner = scale - gapOf(scale * ratio) / ratio;
  pen.strokeStyle = colours.mark;
  pen.lineWidth = LINE;
  const out = LINE / 2;
  for (const { x, y } of places) {
    pen.beginPath();
    if (scale >= RINGED_BELOW) pen.roundRect(x - out, y - out, inner + 2 * out, inner + 2 * out, 5);
    else pen.arc(x + side / 2, y + side / 2, 6, 0, 2 * Math.PI);
    pen.stroke();
  }
}
