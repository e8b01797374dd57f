import type { ShownState } from '../../../../../contract/map.ts';
import { BAR_ORDER, type CardCounts } from '../layout/card-counts.ts';
import type { Scene } from './scene.ts';
import type { Box } from '../layout/viewport.ts';

type Pen = CanvasRenderingContext2D;

/** How a state's part of a bar is filled: states of colours that look alike to the colour-blind differ in it, too. */
type BarFill = 'solid' | 'pale' | 'outlined' | 'striped';

const FILLS = {
  used: 'solid',
  reserved: 'solid',
  idle: 'pale',
  free: 'outlined',
  alive: 'solid',
  arriving: 'outlined',
  unknown: 'pale',
  dead: 'striped',
} as const satisfies Record<ShownState, BarFill>;

/** A card's nodes by state, in the order of every bar, in the colours of states. */
export function paintStateBar(pen: Pen, { colours }: Pick<Scene, 'colours'>, { held, by }: CardCounts, box: Box): void {
  if (held === 0) return;
  let { x } = box;
  for (const state of BAR_ORDER) {
    const width = (box.width * by[state]) / held;
    if (width > 0)
      paintPart(
        pen,
        FILLS[state],
        colours.states[state],
        { ...box, x, width: Math.max(1, width - 1) },
        colours.surface,
      );
    x += width;
  }
}

function paintPart(pen: Pen, fill: BarFill, colour: string, { x, y, width, height }: Box, surface: string): void {
  pen.fillStyle = colour;
  switch (fill) {
    case 'solid':
      pen.fillRect(x, y, width, height);
      return;
    case 'pale':
      pen.globalAlpha = 0.5;
      pen.fillRect(x, y, width, height);
      pen.globalAlpha = 1;
      return;
    case 'outlined':
      pen.globalAlpha = 0.35;
      pen.fillRect(x, y, width, height);
      pen.globalAlpha = 1;
      pen.strokeStyle = colour;
      pen.lineWidth = 1;
      if (width > 2) pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
      return;
    case 'striped':
      pen.fillRect(x, y, width, height);
      pen.save();
      pen.beginPath();
      pen.rect(x, y, width, height);
      pen.clip();
      pen.strokeStyle = surface;
      pen.lineWidth = 1;
      pen.beginPath();
      for (let at = x; at < x + width + height; at += 4) {
        pen.moveTo(at, y);
        pen.lineTo(at - height, y + height);
      }
      pen.stroke();
      pen.restore();
      return;
  }
}
