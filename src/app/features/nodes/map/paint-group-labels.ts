import { readableClusterId, readableJob } from '../../../../domain/cluster-id.ts';
import { text } from '../../../text/text.ts';
import type { Group, GroupName } from './layout.ts';
import { nodeCountIn } from './map-model.ts';
import { headerOf, marginOf } from './plot-area.ts';
import { toCanvas, type Scene } from './scene.ts';

type Pen = CanvasRenderingContext2D;

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
/** The least distance between two names (CSS pixels); closer ones are left out. */
const LEAST_STEP = 15;

/** The name of a group in the margin. */
function groupNameText(name: GroupName): string {
  switch (name.kind) {
    case 'pool':
      return text.map.pool;
    case 'cluster':
      return readableClusterId(name.id);
    case 'template':
      return name.id ?? text.map.noTemplate;
  }
}

/** Paints the names beside and above the cells; a name stays visible while any part of its group is. */
export function paintGroupLabels(pen: Pen, scene: Scene): void {
  const { size, layout, colours } = scene;
  const margin = marginOf(size.width);
  const header = headerOf(layout.grouping);
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, margin, size.height);
  if (header > 0) {
    pen.fillStyle = colours.band;
    pen.fillRect(0, 0, size.width, header);
    paintBands(pen, scene, margin, header);
  }
  pen.save();
  pen.beginPath();
  pen.rect(0, header, margin, size.height - header);
  pen.clip();
  let free = header;
  for (const group of layout.groups) free = paintGroup(pen, scene, group, { margin, header, free });
  pen.restore();
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(margin - 0.5, 0);
  pen.lineTo(margin - 0.5, size.height);
  if (header > 0) {
    pen.moveTo(0, header - 0.5);
    pen.lineTo(size.width, header - 0.5);
  }
  pen.stroke();
}

/** Paints a group's name if there is room below `free`; returns where the next name may begin. */
function paintGroup(
  pen: Pen,
  scene: Scene,
  group: Group,
  room: { readonly margin: number; readonly header: number; readonly free: number },
): number {
  const { colours, sections, size, scale } = scene;
  const top = toCanvas(scene, 0, group.y).y;
  const bottom = top + group.height * scale;
  if (bottom < room.header || top > size.height) return room.free;
  const y = Math.max(top, room.header);
  const left = room.margin < 120 ? 8 : 16;
  let free = room.free;
  if (y >= free - 1 && (y === top || bottom - y >= LEAST_STEP)) {
    const nodes = text.facts.count(group.blocks.reduce((sum, block) => sum + nodesOf(sections.get(block.section)), 0));
    pen.fillStyle = colours.quiet;
    pen.font = `11px ${FONT}`;
    const counted = room.margin < 120 ? 0 : pen.measureText(nodes).width + 8;
    if (counted > 0) pen.fillText(nodes, room.margin - counted, y + 12);
    pen.fillStyle = colours.text;
    pen.font = `600 12px ${FONT}`;
    pen.fillText(truncateToWidth(pen, groupNameText(group.name), room.margin - left - 8 - counted), left, y + 12);
    free = y + LEAST_STEP;
  }
  pen.fillStyle = colours.quiet;
  pen.font = `11px ${FONT}`;
  for (const job of group.jobs) {
    const jobTop = toCanvas(scene, 0, job.y).y;
    const jobY = Math.max(jobTop, room.header);
    if (jobTop > size.height || jobTop + job.rows * scale - jobY < 12 || jobY < free - 2) continue;
    const name = readableJob(job.jobClusterId);
    pen.fillText(truncateToWidth(pen, text.map.job(name), room.margin - left - 18), left + 10, jobY + 11);
    free = jobY + LEAST_STEP;
  }
  return free;
}

function paintBands(pen: Pen, scene: Scene, margin: number, header: number): void {
  const { layout, size, scale, colours } = scene;
  pen.save();
  pen.beginPath();
  pen.rect(margin, 0, size.width - margin, header);
  pen.clip();
  pen.fillStyle = colours.text;
  pen.font = `600 12px ${FONT}`;
  let free = margin;
  for (const band of layout.bands) {
    const left = toCanvas(scene, band.x, 0).x;
    const right = left + band.cols * scale;
    const x = Math.max(left, margin + 8);
    if (right < margin || left > size.width || x < free) continue;
    const name = band.templateId ?? text.map.noTemplate;
    // A name may extend beyond its band up to the next one.
    const next = layout.bands.find((each) => each.x > band.x);
    const until = next === undefined ? size.width : toCanvas(scene, next.x, 0).x;
    const room = Math.min(until, size.width) - x - 6;
    if (room < 24) continue;
    const label = truncateToWidth(pen, name, room);
    pen.fillText(label, x, header / 2 + 4);
    free = x + pen.measureText(label).width + 6;
  }
  pen.restore();
}

function nodesOf(section: Parameters<typeof nodeCountIn>[0] | undefined): number {
  return section === undefined ? 0 : nodeCountIn(section);
}

/** Truncates a text with an ellipsis to a width, CSS pixels. */
export function truncateToWidth(pen: Pen, said: string, width: number): string {
  if (pen.measureText(said).width <= width) return said;
  let low = 0;
  let high = said.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (pen.measureText(`${said.slice(0, middle)}…`).width <= width) low = middle;
    else high = middle;
  }
  return low === 0 ? '' : `${said.slice(0, low)}…`;
}
