import { readableClusterId } from '../../../../../domain/cluster-id.ts';
import { shortened } from './card-label.ts';
import { text } from '../../../../text/text.ts';
import type { Group, GroupName } from '../layout/layout.ts';
import { nodeCountIn } from '../layout/map-model.ts';
import { marginOf } from './plot-area.ts';
import { toCanvas, type Scene } from './scene.ts';

type Pen = CanvasRenderingContext2D;

export const FONT =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif';
/** The least distance between two names (CSS pixels); closer ones are left out. */
const MIN_STEP = 15;

/** The name of a group. */
export function groupNameText(name: GroupName): string {
  switch (name.kind) {
    case 'pool':
      return text.map.pool;
    case 'cluster':
      return readableClusterId(name.id);
    case 'template':
      return name.id ?? text.map.noTemplate;
  }
}

/** Grouped by template: paints the names in the margin; a name stays visible while any part of its group is. */
export function paintGroupLabels(pen: Pen, scene: Scene): void {
  const { size, layout, colours } = scene;
  const margin = marginOf(size.width, layout.grouping);
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, margin, size.height);
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, margin, size.height);
  pen.clip();
  let free = 0;
  for (const group of layout.groups) free = paintGroup(pen, scene, group, { margin, free });
  pen.restore();
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(margin - 0.5, 0);
  pen.lineTo(margin - 0.5, size.height);
  pen.stroke();
}

/** Paints a group's name if there is room below `free`; returns where the next name may begin. */
function paintGroup(
  pen: Pen,
  scene: Scene,
  group: Group,
  room: { readonly margin: number; readonly free: number },
): number {
  const { colours, sections, size, scale } = scene;
  const top = toCanvas(scene, 0, group.y).y;
  const bottom = top + group.height * scale;
  if (bottom < 0 || top > size.height) return room.free;
  const y = Math.max(top, 0);
  if (y < room.free - 1 || (y !== top && bottom - y < MIN_STEP)) return room.free;
  const left = room.margin < 120 ? 8 : 16;
  const nodes = text.facts.count(group.blocks.reduce((sum, block) => sum + nodesOf(sections.get(block.section)), 0));
  pen.fillStyle = colours.quiet;
  pen.font = `11px ${FONT}`;
  const counted = room.margin < 120 ? 0 : pen.measureText(nodes).width + 8;
  if (counted > 0) pen.fillText(nodes, room.margin - counted, y + 12);
  pen.fillStyle = colours.text;
  pen.font = `600 12px ${FONT}`;
  const measure = (label: string) => pen.measureText(label).width;
  pen.fillText(shortened(groupNameText(group.name), room.margin - left - 8 - counted, measure), left, y + 12);
  return y + MIN_STEP;
}

function nodesOf(section: Parameters<typeof nodeCountIn>[0] | undefined): number {
  return section === undefined ? 0 : nodeCountIn(section);
}
