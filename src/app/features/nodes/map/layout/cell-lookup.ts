import type { Block, Group, Layout } from './layout.ts';
import type { Box } from './viewport.ts';

/** A slot of a section, which holds a node or is empty. */
export interface Cell {
  readonly section: string;
  readonly slot: number;
}

/** The slot at a position of the map (in cells); null outside all blocks. It may lie beyond the section's last slot. */
export function cellAt(layout: Layout, x: number, y: number): Cell | null {
  const group = groupAt(layout, x, y);
  if (group === null) return null;
  for (const block of group.blocks) {
    if (x < block.x || x >= block.x + block.cols || y < block.y || y >= block.y + block.rows) continue;
    return { section: block.section, slot: Math.floor(y - block.y) * block.cols + Math.floor(x - block.x) };
  }
  return null;
}

/** The group at a position of the map (in cells); null between two groups. */
export function groupAt({ groups }: Layout, x: number, y: number): Group | null {
  return (
    groups.find((group) => x >= group.x && x < group.x + group.width && y >= group.y && y < group.y + group.height) ??
    null
  );
}

/** The slot's cell on the map; null if the layout has no such section. */
export function boxOf(layout: Layout, { section, slot }: Cell): Box | null {
  const block = layout.blocks.get(section);
  if (block === undefined) return null;
  return { x: block.x + (slot % block.cols), y: block.y + Math.floor(slot / block.cols), width: 1, height: 1 };
}

/** The visible columns and rows of a block; null if it is out of view. */
export function visiblePartOf(
  block: Block,
  seen: Box,
): { readonly fromCol: number; readonly toCol: number; readonly fromRow: number; readonly toRow: number } | null {
  const fromCol = Math.max(0, Math.floor(seen.x - block.x));
  const toCol = Math.min(block.cols, Math.ceil(seen.x + seen.width - block.x));
  const fromRow = Math.max(0, Math.floor(seen.y - block.y));
  const toRow = Math.min(block.rows, Math.ceil(seen.y + seen.height - block.y));
  return fromCol < toCol && fromRow < toRow ? { fromCol, toCol, fromRow, toRow } : null;
}

export function sameCell(a: Cell | null, b: Cell | null): boolean {
  return a?.section === b?.section && a?.slot === b?.slot;
}
