import { readableClusterId, readableJob } from '../../../../../domain/cluster-id.ts';
import { nodeName } from '../../../../node-ui/node-id.tsx';
import { text } from '../../../../text/text.ts';
import { visiblePartOf } from '../layout/cell-lookup.ts';
import { codeOf, NO_NODE, type Section } from '../layout/map-model.ts';
import { shortened } from './card-label.ts';
import { FONT } from './paint-group-labels.ts';
import { toCanvas, visibleAreaOf, type Scene } from './scene.ts';
import { gapOf } from './sprites.ts';

type Pen = CanvasRenderingContext2D;

/** The smallest cells (CSS pixels) labelled with their node's name, with its host, and with its load, too. */
const NAMED_FROM = 52;
const HOST_FROM = 58;
const LOAD_FROM = 62;
/** The smallest cells (CSS pixels) whose blocks are labelled with their holder. */
const HOLDERS_FROM = 11;
/** The opacity of a dimmed node's name: found ones stand out, and it can still be read. */
const DIMMED = 0.5;

/** Labels each block with its holder when grouped by template, where cells are large enough. */
export function paintHolderLabels(pen: Pen, scene: Scene): void {
  const { layout, sections, colours, scale } = scene;
  if (layout.grouping !== 'template' || scale < HOLDERS_FROM) return;
  const seen = visibleAreaOf(scene);
  pen.fillStyle = colours.quiet;
  const font = Math.min(12, scale - 1);
  pen.font = `${String(font)}px ${FONT}`;
  for (const block of layout.blocks.values()) {
    const section = sections.get(block.section);
    if (section === undefined || visiblePartOf({ ...block, y: block.y - 1, rows: block.rows + 1 }, seen) === null)
      continue;
    const name = blockName(section);
    const { x, y } = toCanvas(scene, block.x, block.y);
    const measure = (label: string) => pen.measureText(label).width;
    pen.fillText(shortened(name, (block.cols + 0.6) * scale, measure), x, y - Math.max(2, scale * 0.2));
  }
}

function blockName({ clusterId, jobClusterId }: Section): string {
  if (jobClusterId !== null) return text.map.job(readableJob(jobClusterId));
  return clusterId === null ? text.map.pool : readableClusterId(clusterId);
}

/** Labels each cell with its node's id, host and load, where cells are large enough. */
export function paintNodeLabels(pen: Pen, scene: Scene): void {
  const { layout, sections, names, colours, scale, ratio, marks, isDim } = scene;
  if (scale < NAMED_FROM) return;
  const found = new Set(marks.hits?.map(({ section, slot }) => `${section}#${String(slot)}`));
  const seen = visibleAreaOf(scene);
  const inner = scale - gapOf(scale * ratio) / ratio;
  const grown = Math.max(1, Math.min(2.2, scale / 88));
  pen.textAlign = 'center';
  for (const block of layout.blocks.values()) {
    const part = visiblePartOf(block, seen);
    const section = sections.get(block.section);
    if (part === null || section === undefined) continue;
    for (let row = part.fromRow; row < part.toRow; row++) {
      for (let column = part.fromCol; column < part.toCol; column++) {
        const slot = row * block.cols + column;
        const code = slot < section.slots ? (section.cells[slot] ?? NO_NODE) : NO_NODE;
        if (code === NO_NODE) continue;
        const name = names.at({ section: block.section, slot });
        if (name === null) continue;
        const at = toCanvas(scene, block.x + column, block.y + row);
        const middle = at.x + inner / 2;
        const lines = [
          scale >= HOST_FROM && name.hostname !== null ? nodeName(name) : null,
          scale >= LOAD_FROM ? loadText(code, section.loads[slot] ?? 0) : null,
        ].filter((line) => line !== null);
        let y = at.y + inner / 2 + (6 - lines.length * 6) * grown;
        pen.globalAlpha = isDim(code) && !found.has(`${block.section}#${String(slot)}`) ? DIMMED : 1;
        pen.fillStyle = colours.text;
        pen.font = `600 ${String(11 * grown)}px ${FONT}`;
        pen.fillText(name.id.slice(0, scale >= 72 ? 8 : 6), middle, y);
        pen.font = `${String(10 * grown)}px ${FONT}`;
        for (const line of lines) pen.fillText(truncateFrontToWidth(pen, line, inner - 2), middle, (y += 13 * grown));
      }
    }
  }
  pen.globalAlpha = 1;
  pen.textAlign = 'left';
}

/** The load of an alive node; null for any other. */
function loadText(code: number, load: number): string | null {
  if (load > 0) return text.map.load(load - 1);
  return code <= codeOf('alive') ? text.map.loadUnknown : null;
}

/** Cuts off the front, since hostnames differ at their end. */
function truncateFrontToWidth(pen: Pen, label: string, width: number): string {
  if (pen.measureText(label).width <= width) return label;
  let from = 1;
  while (from < label.length && pen.measureText(`…${label.slice(from)}`).width > width) from++;
  return `…${label.slice(from)}`;
}
