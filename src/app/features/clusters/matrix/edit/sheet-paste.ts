import { countOrNull } from '../../../../drafts/parse-count.ts';
import { countCellsOf, LABELS, type SheetLayout, type SheetRange } from './sheet-range.ts';
import { parseTsv, writeTsv } from './tsv.ts';

/** The most cells that one paste fills. */
const MAX_CELLS = 100_000;

interface Pasted {
  readonly cells: readonly { readonly clusterId: string; readonly templateId: string; readonly count: number }[];
  /** What is no count, or stands beyond the grid. */
  readonly skipped: number;
}

/**
 * What a table from the clipboard would put into the cells that it covers, from the selection's first one on; a single count
 * fills the selection. Empty cells leave what is there. Names that were copied along (ids, templates) must be the ones that
 * stand there, so that counts never land at somebody else's.
 */
export function pastedInto(
  text: string,
  selected: SheetRange,
  layout: SheetLayout,
): Pasted | { readonly refused: 'other-names' | 'no-count-here' | 'too-large-paste' } {
  const table = parseTsv(text);
  const single = table.length === 1 && table[0]?.length === 1 ? countOrNull(table[0][0] ?? '') : null;
  if (single !== null) {
    const cells = countCellsOf(layout, selected).map((cell) => ({ ...cell, count: single }));
    return cells.length === 0 ? { refused: 'no-count-here' } : { cells, skipped: 0 };
  }
  if (table.reduce((sum, row) => sum + row.length, 0) > MAX_CELLS) return { refused: 'too-large-paste' };
  const cells: { clusterId: string; templateId: string; count: number }[] = [];
  let skipped = 0;
  for (const [down, row] of table.entries()) {
    for (const [along, value] of row.entries()) {
      const at = { row: selected.top + down, column: selected.left + along };
      const clusterId = layout.rows[at.row - 1];
      const templateId = layout.columns[at.column - LABELS];
      const typed = value.trim();
      if (at.row === 0 || at.column === 0) {
        const name = at.row === 0 ? templateId : clusterId;
        if (name !== undefined && typed !== name) return { refused: 'other-names' };
        continue;
      }
      // The totals.
      if (typed === '' || at.column < LABELS) continue;
      const count = countOrNull(typed);
      if (clusterId === undefined || templateId === undefined || count === null) skipped += 1;
      else cells.push({ clusterId, templateId, count });
    }
  }
  return cells.length === 0 && skipped === 0 ? { refused: 'no-count-here' } : { cells, skipped };
}

/** The selection as a table, with names where it holds them. `textAt`: what stands at a row and a column. */
export function copiedFrom(selected: SheetRange, textAt: (row: number, column: number) => string): string {
  const rows: string[][] = [];
  for (let row = selected.top; row <= selected.bottom; row += 1) {
    const cells: string[] = [];
    for (let column = selected.left; column <= selected.right; column += 1) cells.push(textAt(row, column));
    rows.push(cells);
  }
  return writeTsv(rows);
}
