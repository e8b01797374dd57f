import type { GridCell } from '../grid-keys.ts';
import { countCellsOf, LABELS, placeAt, type SheetLayout, type SheetRange } from './sheet-range.ts';
import { stageMany } from './sheet-staging.ts';
import { selectionOf, type SheetContext, type SheetState } from './sheet-state.ts';
import { heldIn } from './staged-cells.ts';

/** The range that a fill dragged to a cell covers: it grows one way, down or up or sideways, whichever leads farther. */
function grownTo(from: SheetRange, { row, column }: GridCell): SheetRange {
  const down = row > from.bottom ? row - from.bottom : Math.min(0, row - from.top);
  const right = column > from.right ? column - from.right : Math.min(0, column - from.left);
  if (down === 0 && right === 0) return from;
  return Math.abs(down) >= Math.abs(right)
    ? { ...from, top: Math.min(from.top, from.top + down), bottom: Math.max(from.bottom, from.bottom + down) }
    : { ...from, left: Math.min(from.left, from.left + right), right: Math.max(from.right, from.right + right) };
}

/** The cells of `into` beside `from`, each with the count that it gets: what `from` holds, over and over. */
function filledCells(
  layout: SheetLayout,
  from: SheetRange,
  into: SheetRange,
  countAt: (clusterId: string, templateId: string) => number,
): readonly { readonly clusterId: string; readonly templateId: string; readonly count: number }[] {
  const source = new Map(
    countCellsOf(layout, from).map((cell) => [`${String(cell.row)} ${String(cell.column)}`, cell]),
  );
  const within = (at: number, first: number, last: number) => {
    const length = last - first + 1;
    return first + ((((at - first) % length) + length) % length);
  };
  return countCellsOf(layout, into).flatMap((cell) => {
    const row = within(cell.row, from.top, from.bottom);
    const column = within(cell.column, from.left, from.right);
    const like = source.get(`${String(row)} ${String(column)}`);
    if (like === undefined || (row === cell.row && column === cell.column)) return [];
    const { clusterId, templateId } = cell;
    return [{ clusterId, templateId, count: countAt(like.clusterId, like.templateId) }];
  });
}

/** The selection's first row in its other ones; of a single row, the row above it in that one. To the right: columns likewise. */
export function fillOnward(state: SheetState, isDown: boolean, context: SheetContext): SheetState {
  const selected = selectionOf(state, context);
  const { top, bottom, left, right } = selected;
  if (isDown) {
    const from = top === bottom ? top - 1 : Math.max(1, top);
    if (context.rows[from - 1] === undefined) return { ...state, note: { kind: 'no-count-here' } };
    return fill(state, { ...selected, top: from, bottom: from }, context);
  }
  const from = left === right ? left - 1 : Math.max(LABELS, left);
  if (context.columns[from - LABELS] === undefined) return { ...state, note: { kind: 'no-count-here' } };
  return fill(state, { ...selected, left: from, right: from }, context);
}

/** The selection reaches to where its corner is dragged; the active cell stays on the side that it comes from. */
export function fillTo(state: SheetState, to: GridCell, context: SheetContext): SheetState {
  if (state.filling === null) return state;
  const from = selectionOf({ ...state, ...state.filling }, context);
  const grown = grownTo(from, { row: Math.max(1, to.row), column: Math.max(LABELS, to.column) });
  const isBack = grown.top < from.top || grown.left < from.left;
  const [first, last] = [
    placeAt(context, { row: grown.top, column: grown.left }),
    placeAt(context, { row: grown.bottom, column: grown.right }),
  ];
  return { ...state, active: isBack ? last : first, anchor: isBack ? first : last };
}

/** Puts what is in a range into the rest of the selection, over and over. */
export function fill(state: SheetState, from: SheetRange, context: SheetContext): SheetState {
  const cells = filledCells(
    context,
    from,
    selectionOf(state, context),
    (clusterId, templateId) =>
      state.staged.get(clusterId)?.get(templateId)?.count ?? heldIn(context.clusters, clusterId, templateId) ?? 0,
  );
  return cells.length === 0 ? state : stageMany(state, cells, context, 0);
}
