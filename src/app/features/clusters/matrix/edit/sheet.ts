import { parseCount, type CountProblem } from '../../../../drafts/parse-count.ts';
import type { GridCell } from '../grid-keys.ts';
import { pastedInto } from './sheet-paste.ts';
import {
  countCellsOf,
  findPlace,
  placeAt,
  rangeOf,
  type SheetLayout,
  type SheetPlace,
  type SheetRange,
} from './sheet-range.ts';
import {
  changesOf,
  heldIn,
  NOTHING_STAGED,
  withCells,
  type CellEdit,
  type Clusters,
  type Staged,
} from './staged-cells.ts';

/** What the sheet stands on; it changes while somebody edits. */
export interface SheetContext extends SheetLayout {
  readonly clusters: Clusters;
  /** Why nothing can be typed here at all; null: it can. */
  readonly locked: string | null;
  /** Why this virtual cluster may not be changed; null: it may. */
  readonly denialOf: (clusterId: string) => string | null;
}

/** What an action did, for those who can't see it. */
export type SheetNote =
  | { readonly kind: 'staged'; readonly clusterId: string; readonly templateId: string; readonly count: number }
  | { readonly kind: 'changed'; readonly cells: number; readonly skipped: number }
  | { readonly kind: 'taken-back'; readonly cells: number }
  | { readonly kind: 'copied'; readonly cells: number }
  | { readonly kind: 'undone' | 'redone' | 'nothing-to-undo' | 'no-count-here' | 'other-names' | 'too-large-paste' }
  | { readonly kind: 'no-count'; readonly problem: CountProblem }
  | { readonly kind: 'denied'; readonly reason: string };

export interface SheetState {
  readonly active: SheetPlace;
  /** The other end of the selection. */
  readonly anchor: SheetPlace;
  readonly editing: {
    readonly clusterId: string;
    readonly templateId: string;
    readonly typed: string;
    /** Whether the first key replaces all of it. */
    readonly isSelected: boolean;
  } | null;
  readonly staged: Staged;
  readonly past: readonly Staged[];
  readonly future: readonly Staged[];
  /** A new object for each action that says something. */
  readonly note: SheetNote | null;
}

export type SheetAction =
  | { readonly kind: 'move'; readonly to: GridCell; readonly extend: boolean }
  | { readonly kind: 'select-all' | 'collapse' | 'cancel' | 'take-back' | 'fill-down' | 'undo' | 'redo' | 'discard' }
  /** `typed` null: what stands there. */
  | { readonly kind: 'edit'; readonly typed: string | null }
  | { readonly kind: 'type'; readonly typed: string }
  | { readonly kind: 'commit'; readonly down: number; readonly right: number }
  | { readonly kind: 'paste'; readonly text: string }
  /** What moved meanwhile: what was typed holds on top of it, or what is there does. */
  | { readonly kind: 'keep-mine' | 'take-theirs' }
  /** All of it stands in a plan now. */
  | { readonly kind: 'planned' }
  | { readonly kind: 'say'; readonly note: SheetNote };

/** The most steps that can be undone. */
const MOST_UNDO = 100;

export function openSheet(staged: Staged, layout: SheetLayout): SheetState {
  const place = placeAt(layout, { row: 1, column: 0 });
  return { active: place, anchor: place, editing: null, staged, past: [], future: [], note: null };
}

/** The selection as it stands now. */
function selectionOf(state: SheetState, layout: SheetLayout): SheetRange {
  return rangeOf(findPlace(layout, state.anchor), findPlace(layout, state.active));
}

export function reduceSheet(state: SheetState, action: SheetAction, context: SheetContext): SheetState {
  switch (action.kind) {
    case 'move': {
      const left = commit(state, context);
      const active = placeAt(context, action.to);
      return { ...left, editing: null, active, anchor: action.extend ? left.anchor : active };
    }
    case 'select-all': {
      const anchor = placeAt(context, { row: 0, column: 0 });
      return { ...state, anchor, active: placeAt(context, { row: Infinity, column: Infinity }) };
    }
    case 'collapse':
      return { ...state, anchor: state.active };
    case 'edit':
      return edit(state, action.typed, context);
    case 'type':
      return state.editing === null ? state : { ...state, editing: { ...state.editing, typed: action.typed } };
    case 'commit': {
      const done = commit(state, context);
      if (done.editing !== null || state.editing === null) return done;
      const { row, column } = findPlace(context, state.active);
      const active = placeAt(context, { row: Math.max(1, row + action.down), column: column + action.right });
      return { ...done, active, anchor: active };
    }
    case 'cancel':
      return { ...state, editing: null };
    case 'take-back': {
      if (context.locked !== null) return { ...state, note: { kind: 'denied', reason: context.locked } };
      const edits = countCellsOf(context, selectionOf(state, context))
        .filter(({ clusterId, templateId }) => state.staged.get(clusterId)?.has(templateId) === true)
        .map(({ clusterId, templateId }) => ({ clusterId, templateId, cell: null }));
      return withStaged(state, withCells(state.staged, edits), { kind: 'taken-back', cells: edits.length });
    }
    case 'fill-down':
      return fillDown(state, context);
    case 'paste': {
      const pasted = pastedInto(action.text, selectionOf(state, context), context);
      if (!('cells' in pasted)) return { ...state, note: { kind: pasted.refused } };
      return stageMany(state, pasted.cells, context, pasted.skipped);
    }
    case 'undo':
      return travel(state, state.past, 'undone');
    case 'redo':
      return travel(state, state.future, 'redone');
    case 'discard':
      return withStaged({ ...state, editing: null }, NOTHING_STAGED, {
        kind: 'taken-back',
        cells: sizeOf(state.staged),
      });
    case 'keep-mine':
    case 'take-theirs':
      return settleMoved(state, action.kind === 'keep-mine', context);
    case 'planned':
      return { ...state, editing: null, staged: NOTHING_STAGED, past: [], future: [] };
    case 'say':
      return { ...state, note: action.note };
  }
}

function edit(state: SheetState, typed: string | null, context: SheetContext): SheetState {
  const { clusterId, templateId, ...active } = findPlace(context, state.active);
  if (clusterId === null || templateId === null) return { ...state, note: { kind: 'no-count-here' } };
  const reason = context.locked ?? context.denialOf(clusterId);
  if (reason !== null) return { ...state, note: { kind: 'denied', reason } };
  const there = state.staged.get(clusterId)?.get(templateId)?.count ?? heldIn(context.clusters, clusterId, templateId);
  const place = { ...active, clusterId, templateId };
  return {
    ...state,
    active: place,
    anchor: place,
    editing: { clusterId, templateId, typed: typed ?? String(there ?? ''), isSelected: typed === null },
  };
}

/** Ends the edit. What is no count stays in its field, with a note. An emptied field takes back what was typed; it never means 0. */
function commit(state: SheetState, context: SheetContext): SheetState {
  const { editing } = state;
  if (editing === null) return state;
  const { clusterId, templateId } = editing;
  const parsed = parseCount(editing.typed);
  if (parsed.kind === 'problem' && parsed.problem !== 'empty')
    return { ...state, note: { kind: 'no-count', problem: parsed.problem } };
  const ended = { ...state, editing: null };
  if (parsed.kind === 'problem') {
    if (state.staged.get(clusterId)?.has(templateId) !== true) return ended;
    const staged = withCells(state.staged, [{ clusterId, templateId, cell: null }]);
    return withStaged(ended, staged, { kind: 'taken-back', cells: 1 });
  }
  const { count } = parsed;
  return stageMany(ended, [{ clusterId, templateId, count }], context, 0);
}

interface Wanted {
  readonly clusterId: string;
  readonly templateId: string;
  readonly count: number;
}

function stageMany(
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

/** The selection's first row in its other ones; of a single row, the row above it in that one. */
function fillDown(state: SheetState, context: SheetContext): SheetState {
  const selected = selectionOf(state, context);
  const from = selected.top === selected.bottom ? selected.top - 1 : Math.max(1, selected.top);
  const source = context.rows[from - 1];
  if (source === undefined) return { ...state, note: { kind: 'no-count-here' } };
  const cells = countCellsOf(context, { ...selected, top: from + 1 }).map(({ clusterId, templateId }) => ({
    clusterId,
    templateId,
    count: state.staged.get(source)?.get(templateId)?.count ?? heldIn(context.clusters, source, templateId) ?? 0,
  }));
  return stageMany(state, cells, context, 0);
}

function settleMoved(state: SheetState, isMine: boolean, { clusters }: SheetContext): SheetState {
  const moved = changesOf(state.staged, clusters).filter(({ isMoved }) => isMoved);
  const edits = moved.map(({ clusterId, templateId, count, held }) => ({
    clusterId,
    templateId,
    cell: isMine && held !== null ? { base: held, count } : null,
  }));
  const staged = withCells(state.staged, edits);
  return withStaged(state, staged, { kind: 'changed', cells: moved.length, skipped: 0 });
}

function withStaged(state: SheetState, staged: Staged, note: SheetNote): SheetState {
  if (staged === state.staged || (staged.size === 0 && state.staged.size === 0)) return { ...state, note };
  return { ...state, staged, past: [...state.past, state.staged].slice(-MOST_UNDO), future: [], note };
}

function travel(state: SheetState, from: readonly Staged[], kind: 'undone' | 'redone'): SheetState {
  const staged = from.at(-1);
  if (staged === undefined) return { ...state, note: { kind: 'nothing-to-undo' } };
  const rest = from.slice(0, -1);
  const [past, future] =
    kind === 'undone' ? [rest, [...state.future, state.staged]] : [[...state.past, state.staged], rest];
  return { ...state, editing: null, staged, past, future, note: { kind } };
}

function sizeOf(staged: Staged): number {
  return [...staged.values()].reduce((sum, cells) => sum + cells.size, 0);
}
