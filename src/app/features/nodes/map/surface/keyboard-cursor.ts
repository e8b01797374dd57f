import { boxOf, type Cell } from '../layout/cell-lookup.ts';
import type { Block, Layout } from '../layout/layout.ts';
import { NO_NODE, type Section } from '../layout/map-model.ts';

/** The direction of each arrow key, in cells. */
const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The cursor after a key press. Arrows move to the next node in that direction, if need be in another section; Home and End
 * to the section's first and last node; Page Up and Page Down to the section before and after. The same cell if there is
 * nowhere to go; null for any other key.
 */
export function moveCursor(
  layout: Layout,
  sections: ReadonlyMap<string, Section>,
  cursor: Cell | null,
  key: string,
): Cell | null {
  const step = steps[key];
  if (step === undefined && key !== 'Home' && key !== 'End' && key !== 'PageUp' && key !== 'PageDown') return null;
  const block = cursor === null ? undefined : layout.blocks.get(cursor.section);
  if (cursor === null || block === undefined) return firstCell(layout, sections);
  if (step !== undefined) return stepFrom(layout, sections, { cell: cursor, block }, step) ?? cursor;
  if (key === 'Home' || key === 'End') return edgeOf(block, sections, key) ?? cursor;
  const order = layout.groups.flatMap(({ blocks }) => blocks).filter((each) => edgeOf(each, sections, 'Home') !== null);
  const next = order[order.indexOf(block) + (key === 'PageUp' ? -1 : 1)];
  return next === undefined ? cursor : (edgeOf(next, sections, 'Home') ?? cursor);
}

/** The map's first node; null when it has none. */
function firstCell(layout: Layout, sections: ReadonlyMap<string, Section>): Cell | null {
  for (const { blocks } of layout.groups) {
    for (const block of blocks) {
      const cell = edgeOf(block, sections, 'Home');
      if (cell !== null) return cell;
    }
  }
  return null;
}

function edgeOf(block: Block, sections: ReadonlyMap<string, Section>, which: 'Home' | 'End'): Cell | null {
  const section = sections.get(block.section);
  if (section === undefined) return null;
  const { cells, slots } = section;
  for (let at = 0; at < slots; at++) {
    const slot = which === 'Home' ? at : slots - 1 - at;
    if (cells[slot] !== NO_NODE) return { section: block.section, slot };
  }
  return null;
}

function stepFrom(
  layout: Layout,
  sections: ReadonlyMap<string, Section>,
  from: { readonly cell: Cell; readonly block: Block },
  [dx, dy]: readonly [number, number],
): Cell | null {
  const box = boxOf(layout, from.cell);
  const section = sections.get(from.cell.section);
  if (box === null || section === undefined) return null;
  const { block } = from;
  for (
    let x = box.x + dx, y = box.y + dy;
    x >= block.x && x < block.x + block.cols && y >= block.y && y < block.y + block.rows;
    x += dx, y += dy
  ) {
    const slot = (y - block.y) * block.cols + x - block.x;
    if (slot < section.slots && section.cells[slot] !== NO_NODE) return { section: block.section, slot };
  }
  // Prefers sections that are near in the direction, with a penalty for those off to the side.
  const candidates = [...layout.blocks.values()]
    .flatMap((each) => {
      const ahead =
        dx === 0
          ? dy > 0
            ? each.y - box.y
            : box.y - (each.y + each.rows - 1)
          : dx > 0
            ? each.x - box.x
            : box.x - (each.x + each.cols - 1);
      const aside = dx === 0 ? asideOf(box.x, each.x, each.cols) : asideOf(box.y, each.y, each.rows);
      return ahead > 0 && each !== block ? [{ each, cost: ahead + 3 * aside }] : [];
    })
    .sort((a, b) => a.cost - b.cost);
  for (const { each } of candidates) {
    const nearest = nearestIn(each, sections, box);
    if (nearest !== null) return nearest;
  }
  return null;
}

/** The distance of a coordinate from a range; 0 within it. */
function asideOf(at: number, from: number, length: number): number {
  return at < from ? from - at : Math.max(0, at - (from + length - 1));
}

function nearestIn(
  block: Block,
  sections: ReadonlyMap<string, Section>,
  to: { readonly x: number; readonly y: number },
): Cell | null {
  const section = sections.get(block.section);
  let best: Cell | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (let slot = 0; slot < (section?.slots ?? 0); slot++) {
    if (section?.cells[slot] === NO_NODE) continue;
    const far =
      Math.abs(block.x + (slot % block.cols) - to.x) + Math.abs(block.y + Math.floor(slot / block.cols) - to.y);
    if (far < least) {
      least = far;
      best = { section: block.section, slot };
    }
  }
  return best;
}
