import { cellsOf, type Cell, type StripLayout } from './strip-layout.ts';
import type { CellKind, StripRow } from './strips.ts';

export type StripColours = Readonly<Record<CellKind, string>>;

/** What a drawing needs of a canvas. */
type Pen = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'rect' | 'stroke' | 'fill' | 'strokeStyle' | 'fillStyle' | 'lineWidth'>;

/** Draws the rows that stand between `from` and `to` (CSS pixels from the first row's top), one path a row and kind. */
export function drawStrips(
  pen: Pen,
  view: {
    readonly rows: readonly StripRow[];
    readonly layout: StripLayout;
    readonly colours: StripColours;
    readonly from: number;
    readonly to: number;
  },
): void {
  const { rows, layout, colours } = view;
  pen.lineWidth = 1;
  rows.forEach((row, index) => {
    const place = layout.rows[index];
    if (place === undefined || place.y > view.to || place.y + place.height < view.from) return;
    const bandAt = new Map(row.bands.map((band) => [band.templateId, band]));
    const cells = layout.bands.flatMap(({ templateId, x, columns }) => {
      const band = bandAt.get(templateId);
      if (band === undefined) return [];
      return cellsOf(band, columns, layout).map((cell) => ({ ...cell, x: x + cell.x, y: place.y + cell.y }));
    });
    for (const [kind, some] of Map.groupBy(cells, (cell) => cell.kind)) drawKind(pen, kind, some, { colour: colours[kind], side: layout.cell });
  });
}

function drawKind(pen: Pen, kind: CellKind, cells: readonly Cell[], { colour, side }: { readonly colour: string; readonly side: number }): void {
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.beginPath();
  for (const { x, y } of cells) pen.rect(x + 0.5, y + 0.5, side - 1, side - 1);
  if (kind === 'busy') pen.fill();
  for (const { x, y } of cells) {
    for (const [fromX, fromY, toX, toY] of strokes[kind]) {
      pen.moveTo(x + fromX * side, y + fromY * side);
      pen.lineTo(x + toX * side, y + toY * side);
    }
  }
  pen.stroke();
}

/** What stands within a cell of side 1, beside its outline: dead crossed, unknown hatched. */
const strokes: Readonly<Record<CellKind, readonly (readonly [number, number, number, number])[]>> = {
  busy: [],
  idle: [],
  free: [],
  dead: [
    [0.2, 0.2, 0.8, 0.8],
    [0.8, 0.2, 0.2, 0.8],
  ],
  unknown: [
    [0.05, 0.5, 0.5, 0.05],
    [0.05, 0.95, 0.95, 0.05],
    [0.5, 0.95, 0.95, 0.5],
  ],
};
