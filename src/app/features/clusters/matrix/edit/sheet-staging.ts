import type { SheetContext, SheetNote, SheetState } from './sheet-state.ts';
import { heldIn, withCells, type CellEdit, type Staged } from './staged-cells.ts';

/** The most steps that can be undone. */
const MAX_UNDO = 100;

interface Wanted {
  readonly clusterId: string;
  readonly templateId: string;
  readonly count: number;
}

/** Stages counts, each on what is held now; what may not be changed is left out and counted. */
export function stageMany(
  state: SheetState,
  cells: readonly Wanted[],
  { clusters, denialOf, locked }: SheetContext,
  skippedBefore: number,
): SheetState {
  if (locked !== null) return { ...state, note: { kind: 'denied', reason: locked } };
  const edits: CellEdit[] = [];
  let skipped = skippedBefore;
  for (const { clusterId, templateId, count } of cells) {
    const base = heldIn(clusters, clusterId, templateId);
    if (base === null || denialOf(clusterId) !== null) {
      skipped += 1;
      continue;
    }
    const before = state.staged.get(clusterId)?.get(templateId);
    // Typed once more, it rests on what is there now.
    const cell = count === base ? null : { base, count };
    if (before?.count !== cell?.count || before?.base !== cell?.base) edits.push({ clusterId, templateId, cell });
  }
  const staged = withCells(state.staged, edits);
  const [only] = cells;
  return withStaged(
    state,
    staged,
    cells.length === 1 && only !== undefined && skipped === 0
      ? { kind: 'staged', ...only }
      : { kind: 'changed', cells: cells.length + skippedBefore - skipped, skipped },
  );
}

/** One step further, which undo takes back. */
export function withStaged(state: SheetState, staged: Staged, note: SheetNote): SheetState {
  if (staged === state.staged || (staged.size === 0 && state.staged.size === 0)) return { ...state, note };
  return { ...state, staged, past: [...state.past, state.staged].slice(-MAX_UNDO), future: [], note };
}
