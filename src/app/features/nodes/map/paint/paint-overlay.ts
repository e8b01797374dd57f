import { boxOf, visiblePartOf, type Cell } from '../layout/cell-lookup.ts';
import { codeOf, NO_NODE, stateOfCode } from '../layout/map-model.ts';
import { paintHolderLabels, paintNodeLabels } from './paint-cell-labels.ts';
import { cellPaint } from './cell-paint.ts';
import { lookOf } from './card-look.ts';
import { paintCards } from './paint-cards.ts';
import { paintTemplateLabels } from './paint-template-labels.ts';
import { toCanvas, visibleAreaOf, type Scene } from './scene.ts';
import { drawCell, gapOf } from './sprites.ts';

type Pen = CanvasRenderingContext2D;

/** Dead and arriving nodes get a beacon where cells are smaller than this. */
const BEACONS_BELOW = 6;
/** Found cells smaller than this are ringed, larger ones framed. */
const RINGED_BELOW = 10;
/** The least distance between two beacons, CSS pixels. */
const BEACON_STEP = 9;
const MAX_BEACONS = 1_500;

/** Paints over the cells: lines between groups, cards, labels in large cells, and marks for found, hovered and selected cells. */
export function paintOverlay(pen: Pen, scene: Scene): void {
  pen.save();
  pen.beginPath();
  pen.rect(scene.plot.x, scene.plot.y, scene.plot.width, scene.plot.height);
  pen.clip();
  if (scene.layout.grouping === 'template') {
    paintLines(pen, scene);
    paintHolderLabels(pen, scene);
  }
  paintNodeLabels(pen, scene);
  if (scene.scale < BEACONS_BELOW && scene.marks.hits === null) paintBeacons(pen, scene);
  if (scene.layout.grouping === 'cluster') {
    paintTemplateLabels(pen, scene);
    paintCards(pen, scene);
  }
  paintHits(pen, scene);
  const { hovered, selected, cursor } = scene.marks;
  if (hovered !== null) frame(pen, scene, hovered, { colour: scene.colours.mark, width: 1.5, out: 1 });
  if (selected !== null) frame(pen, scene, selected, { colour: scene.colours.mark, width: 3, out: 2 });
  if (cursor !== null) frame(pen, scene, cursor, { colour: scene.colours.mark, width: 2, out: 3 });
  pen.restore();
}

/** Between two templates. */
function paintLines(pen: Pen, scene: Scene): void {
  const { layout, colours, size, scale, plot } = scene;
  const step = layout.height / Math.max(1, layout.groups.length);
  if (step * scale < 10) return;
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const group of layout.groups) {
    const y = Math.round(toCanvas(scene, 0, group.y - 0.5).y) + 0.5;
    if (group.y === 0 || y < plot.y || y > size.height) continue;
    pen.moveTo(plot.x, y);
    pen.lineTo(size.width, y);
  }
  pen.stroke();
}

/** Marks dead nodes by a cross and arriving nodes by a ring where cells are too small for their own marks. */
function paintBeacons(pen: Pen, scene: Scene): void {
  const { layout, sections, colours } = scene;
  const seen = visibleAreaOf(scene);
  const taken = new Set<number>();
  for (const state of ['dead', 'arriving'] as const) {
    const code = codeOf(state);
    pen.strokeStyle = colours.states[state];
    pen.lineWidth = 1.5;
    pen.beginPath();
    for (const block of layout.blocks.values()) {
      const section = sections.get(block.section);
      if (section === undefined || (section.counts[code] ?? 0) === 0 || visiblePartOf(block, seen) === null) continue;
      for (
        let slot = section.cells.indexOf(code);
        slot !== -1 && slot < section.slots;
        slot = section.cells.indexOf(code, slot + 1)
      ) {
        const { x, y } = toCanvas(
          scene,
          block.x + (slot % block.cols) + 0.5,
          block.y + Math.floor(slot / block.cols) + 0.5,
        );
        const place = Math.round(x / BEACON_STEP) * 65_536 + Math.round(y / BEACON_STEP);
        if (taken.has(place) || taken.size > MAX_BEACONS) continue;
        taken.add(place);
        if (state === 'dead') {
          pen.moveTo(x - 3, y - 3);
          pen.lineTo(x + 3, y + 3);
          pen.moveTo(x + 3, y - 3);
          pen.lineTo(x - 3, y + 3);
        } else {
          pen.moveTo(x + 3.5, y);
          pen.arc(x, y, 3.5, 0, 2 * Math.PI);
        }
      }
    }
    pen.stroke();
  }
}

function paintHits(pen: Pen, scene: Scene): void {
  const { hits, current } = scene.marks;
  if (hits === null) return;
  const { colours, layout, sections, scale, ratio } = scene;
  const side = Math.max(4, scale);
  const inner = scale - gapOf(scale * ratio) / ratio;
  for (const cell of hits) {
    const box = boxOf(layout, cell);
    const section = sections.get(cell.section);
    const state = section === undefined ? null : stateOfCode(section.cells[cell.slot] ?? NO_NODE);
    if (box === null || state === null) continue;
    const { x, y } = toCanvas(scene, box.x, box.y);
    if (x < scene.plot.x - side || y < scene.plot.y - side || x > scene.size.width || y > scene.size.height) continue;
    pen.save();
    pen.translate(x, y);
    pen.fillStyle = colours.surface;
    pen.fillRect(0, 0, side, side);
    pen.scale(1 / ratio, 1 / ratio);
    const paint = cellPaint(state, section?.loads[cell.slot] ?? 0, {
      colours,
      colouring: scene.colouring,
      hue: lookOf(section?.clusterId ?? null).hue,
    });
    drawCell(pen, state, paint, { side: Math.round(side * ratio), ratio });
    pen.restore();
    pen.strokeStyle = colours.mark;
    pen.lineWidth = 2;
    pen.beginPath();
    // A frame around a cell; a ring around a dot.
    if (scale >= RINGED_BELOW) pen.roundRect(x - 2, y - 2, inner + 4, inner + 4, 5);
    else pen.arc(x + side / 2, y + side / 2, 6, 0, 2 * Math.PI);
    pen.stroke();
  }
  if (current !== null)
    frame(pen, scene, current, { colour: colours.current, width: 4, out: scale >= RINGED_BELOW ? 4 : 9 });
}

function frame(
  pen: Pen,
  scene: Scene,
  cell: Cell,
  look: { readonly colour: string; readonly width: number; readonly out: number },
): void {
  const box = boxOf(scene.layout, cell);
  if (box === null) return;
  const { x, y } = toCanvas(scene, box.x, box.y);
  const side = Math.max(5, scene.scale - gapOf(scene.scale * scene.ratio) / scene.ratio);
  // Outlined in the surface's colour, to stand out from a cell of the same colour.
  for (const [colour, width] of [
    [scene.colours.surface, look.width + 2],
    [look.colour, look.width],
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.roundRect(x - look.out, y - look.out, side + 2 * look.out, side + 2 * look.out, 3 + look.out);
    pen.stroke();
  }
}
