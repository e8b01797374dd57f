import type { KeyboardEvent } from 'react';

/** A cell of the grid; row 0 is the head, column 0 the ids. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from a cell; null for keys that lead nowhere. `page`: rows of a page. */
export function nextCell(
  from: GridCell,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
): GridCell | null {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const to = (row: number, column: number): GridCell => ({
    row: Math.max(0, Math.min(row, last.row)),
    column: Math.max(0, Math.min(column, last.column)),
  });
  switch (event.key) {
    case 'ArrowUp':
      return to(from.row - 1, from.column);
    case 'ArrowDown':
      return to(from.row + 1, from.column);
    case 'ArrowLeft':
      return to(from.row, from.column - 1);
    case 'ArrowRight':
      return to(from.row, from.column + 1);
    case 'PageUp':
      return to(from.row - size.page, from.column);
    case 'PageDown':
      return to(from.row + size.page, from.column);
    case 'Home':
      return to(event.ctrlKey ? 0 : from.row, 0);
    case 'End':
      return to(event.ctrlKey ? last.row : from.row, last.column);
    default:
      return null;
  }
}
