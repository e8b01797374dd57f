import { text } from '../../../../text/text.ts';
import { shortened } from './card-label.ts';
import { visiblePartOf } from '../layout/cell-lookup.ts';
import { nodeCountIn } from '../layout/map-model.ts';
import { FONT } from './paint-group-labels.ts';
import { toCanvas, visibleAreaOf, type Scene } from './scene.ts';

/** The least room for a name (CSS pixels), and its largest size. */
const MIN_ROOM = 10;
const LARGEST = 13;
/** Blocks narrower than this (CSS pixels) have room for a letter at most. */
const MIN_WIDTH = 16;

/** Grouped by virtual cluster: says above each block which template its nodes are of, where there is room, as once zoomed in. */
export function paintTemplateLabels(pen: CanvasRenderingContext2D, scene: Scene): void {
  const { layout, sections, scale, colours } = scene;
  const metrics = layout.memory.cards?.metrics;
  if (metrics === undefined) return;
  const room = Math.max(metrics.label, metrics.gap) * scale;
  if (room < MIN_ROOM) return;
  const seen = visibleAreaOf(scene);
  const size = Math.floor(Math.min(LARGEST, room - 3));
  pen.fillStyle = colours.quiet;
  const measure = scene.widthsOf(pen, `${String(size)}px ${FONT}`);
  for (const block of layout.blocks.values()) {
    const section = sections.get(block.section);
    if (section === undefined || visiblePartOf({ ...block, y: block.y - 1, rows: block.rows + 1 }, seen) === null)
      continue;
    const width = block.cols * scale;
    if (width < MIN_WIDTH) continue;
    const { x, y } = toCanvas(scene, block.x, block.y);
    const name = section.templateId ?? text.map.noTemplate;
    if (measure(name) > width) {
      pen.fillText(shortened(name, width, measure), x, y - size * 0.35);
      continue;
    }
    const counted = text.map.templateNodes(name, nodeCountIn(section));
    pen.fillText(measure(counted) <= width ? counted : name, x, y - size * 0.35);
  }
}
