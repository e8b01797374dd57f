import { boxOf } from '../layout/cell-lookup.ts';
import { lookOf } from './card-look.ts';
import type { Flights } from './flights.ts';
import { toCanvas, type Scene } from './scene.ts';
import { gapOf } from './sprites.ts';

/** The smallest square (CSS pixels) that can be followed with the eyes. */
const MIN_SIDE = 7;

/** Paints the nodes that are on their way, above everything else. */
export function paintFlights(
  pen: CanvasRenderingContext2D,
  scene: Scene,
  { flights, share }: NonNullable<ReturnType<Flights['at']>>,
): void {
  const { layout, sections, colours, scale, ratio } = scene;
  const side = Math.max(MIN_SIDE, scale - gapOf(scale * ratio) / ratio);
  pen.lineWidth = 2;
  for (const { from, to } of flights) {
    const box = boxOf(layout, to);
    if (box === null) continue;
    const end = toCanvas(scene, box.x, box.y);
    const [x, y] = [from.x + (end.x - from.x) * share, from.y + (end.y - from.y) * share];
    const { hue } = lookOf(sections.get(to.section)?.clusterId ?? null);
    pen.beginPath();
    pen.roundRect(x, y, side, side, Math.min(4, side / 6));
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.strokeStyle = colours.hues[hue] ?? colours.mark;
    pen.stroke();
  }
}
