import type { PackedSlot } from './stable-packing.ts';

/** Blocks side by side, each of as many columns as it needs for these rows. */
export interface Shelf {
  readonly rows: number;
  readonly places: readonly PackedSlot[];
}

/** The room that a line's shelves have, in cells. */
export interface ShelfRoom {
  /** What it has beyond whole cells is room for gaps. */
  readonly width: number;
  /** Between two blocks of a shelf, and between two shelves. */
  readonly gap: number;
  /** Above each shelf, for the blocks' labels. */
  readonly label: number;
  /** The columns that a block has at least, so that its label can be read. */
  readonly least: number;
}

/** How many columns a block has on a shelf of so many rows. */
export function columnsOf(size: number, rows: number, { width, least }: ShelfRoom): number {
  return Math.min(Math.max(1, Math.floor(width)), Math.max(least, Math.ceil(size / rows)));
}

/** Divides a sequence of blocks among the shelves that are lowest together. */
export function shelvesFor(places: readonly PackedSlot[], room: ShelfRoom): readonly Shelf[] {
  /** For each number of first blocks: the least height of their shelves, and where the last one begins. */
  const best: { readonly height: number; readonly from: number; readonly rows: number }[] = [
    { height: 0, from: 0, rows: 0 },
  ];
  for (let to = 1; to <= places.length; to++) {
    let least = { height: Number.POSITIVE_INFINITY, from: to - 1, rows: 1 };
    for (let from = to - 1; from >= 0; from--) {
      const before = best[from]?.height ?? 0;
      const rows = rowsFor(places, from, to, room, least.height - before);
      if (rows === null) break;
      const height = before + (from > 0 ? room.gap : 0) + room.label + rows;
      if (height < least.height) least = { height, from, rows };
    }
    best.push(least);
  }
  const shelves: Shelf[] = [];
  for (let to = places.length; to > 0;) {
    const { from, rows } = best[to] ?? { from: to - 1, rows: 1 };
    shelves.unshift({ rows, places: places.slice(from, to) });
    to = from;
  }
  return shelves;
}

/** The least rows with which these blocks fit side by side; null if even columns of the least width do not. */
function rowsFor(
  places: readonly PackedSlot[],
  from: number,
  to: number,
  room: ShelfRoom,
  enough: number,
): number | null {
  // Blocks have whole columns.
  const width = Math.floor(room.width - (to - from - 1) * room.gap);
  let size = 0;
  for (let at = from; at < to; at++) size += places[at]?.size ?? 0;
  if (to - from > 1 && width < (to - from) * room.least) return null;
  for (let rows = Math.max(1, Math.ceil(size / Math.max(1, width))); ; rows++) {
    // Another one is lower already.
    if (rows > enough) return rows;
    let columns = 0;
    for (let at = from; at < to; at++) columns += Math.max(room.least, Math.ceil((places[at]?.size ?? 0) / rows));
    if (columns <= width || to - from === 1) return rows;
  }
}
