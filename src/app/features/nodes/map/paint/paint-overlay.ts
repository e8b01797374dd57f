import { boxOf, visiblePartOf, type Cell } from '../layout/cell-lookup.ts';
import { codeOf } from '../layout/map-model.ts';
import { paintHolderLabels, paintNodeLabels } from './paint-cell-labels.ts';
import { paintCards } from './paint-cards.ts';
import { paintHits, RINGED_BELOW } from './paint-hits.ts';
import { paintTemplateLabels } from './paint-template-labels.ts';
import { toCanvas, visibleAreaOf, type Scene } from './scene.ts';
import { gapOf } from './sprites.ts';

type Pen = CanvasRenderingContext2D;

/** Dead and arriving nodes get a beacon where cells are smaller than this. */
const BEACONS_BELOW = 6;
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
  const isRinged = scene.scale < RINGED_BELOW;
  // Below the names in their cells, and below a card's head, which stays in view.
  if (!isRinged) paintHits(pen, scene);
  paintNodeLabels(pen, scene);
  if (scene.scale < BEACONS_BELOW && scene.marks.hits === null) paintBeacons(pen, scene);
  if (scene.layout.grouping === 'cluster') {
    paintTemplateLabels(pen, scene);
    paintCards(pen, scene);
  }
  if (isRinged) paintHits(pen, scene);
  const { hovered, selected, cursor, current } = scene.marks;
  if (scene.marks.hits !== null && current !== null)
    frame(pen, scene, current, { colour: scene.colours.current, width: 4, out: isRinged ? 9 : 4 });
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
