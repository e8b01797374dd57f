import type { GridCell } from '../grid-keys.ts';

/** The first two columns: the ids and the totals. */
export const LABELS = 2;

/** What the rows and the columns of the grid are, in their order; the head and the labels left out. */
export interface SheetLayout {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/**
 * A cell by what it is, so that a refresh that moves rows does not put another one in its place. The numbers are where it was
 * last: for when it is gone. Null: the head, or a label.
 */
export interface SheetPlace extends GridCell {
  readonly clusterId: string | null;
  readonly templateId: string | null;
}

export function placeAt(layout: SheetLayout, { row, column }: GridCell): SheetPlace {
  const at = {
    row: Math.max(0, Math.min(row, layout.rows.length)),
    column: Math.max(0, Math.min(column, layout.columns.length + LABELS - 1)),
  };
  return {
    ...at,
    clusterId: layout.rows[at.row - 1] ?? null,
    templateId: layout.columns[at.column - LABELS] ?? null,
  };
}

/** Where the cell is now. */
export function findPlace(layout: SheetLayout, place: SheetPlace): SheetPlace {
  const { clusterId, templateId } = place;
  if (
    (place.row === 0 || layout.rows[place.row - 1] === clusterId) &&
    (place.column < LABELS || layout.columns[place.column - LABELS] === templateId)
  )
    return place;
  const row = clusterId === null ? 0 : layout.rows.indexOf(clusterId) + 1;
  const column = templateId === null ? -1 : layout.columns.indexOf(templateId);
  return placeAt(layout, {
    row: clusterId === null || row > 0 ? row : Math.max(1, place.row),
    column: templateId === null || column < 0 ? place.column : column + LABELS,
  });
}

/** A rectangle of cells, both ends included. */
export interface SheetRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export function rangeOf(a: GridCell, b: GridCell): SheetRange {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

export function isOneCell({ top, bottom, left, right }: SheetRange): boolean {
  return top === bottom && left === right;
}

/** The counts of a range, row by row: no head, no labels. */
export function countCellsOf(
  layout: SheetLayout,
  { top, bottom, left, right }: SheetRange,
): readonly {
  readonly row: number;
  readonly column: number;
  readonly clusterId: string;
  readonly templateId: string;
}[] {
  return layout.rows.slice(Math.max(0, top - 1), bottom).flatMap((clusterId, down) =>
    layout.columns.slice(Math.max(0, left - LABELS), Math.max(0, right - LABELS + 1)).map((templateId, along) => ({
      row: Math.max(1, top) + down,
      column: Math.max(LABELS, left) + along,
      clusterId,
      templateId,
    })),
  );
}
