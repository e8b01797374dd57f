import { parseCount } from '../../../../drafts/parse-count.ts';
import { fill, fillOnward, fillTo } from './sheet-fill.ts';
import { pastedInto } from './sheet-paste.ts';
import { countCellsOf, findPlace, placeAt, type SheetLayout } from './sheet-range.ts';
import { stageMany, withStaged } from './sheet-staging.ts';
import { selectionOf, type SheetAction, type SheetContext, type SheetState } from './sheet-state.ts';
import { changesOf, heldIn, NOTHING_STAGED, withCells, type Staged } from './staged-cells.ts';

export function openSheet(staged: Staged, layout: SheetLayout): SheetState {
  const place = placeAt(layout, { row: 1, column: 0 });
  return { active: place, anchor: place, editing: null, filling: null, staged, past: [], future: [], note: null };
}

export function reduceSheet(state: SheetState, action: SheetAction, context: SheetContext): SheetState {
  switch (action.kind) {
    case 'move': {
      const left = commit(state, context);
      const active = placeAt(context, action.to);
      // What was said of the last action does not stand beside the next one.
      const note = left.note === state.note ? null : left.note;
      return { ...left, editing: null, filling: null, active, anchor: action.extend ? left.anchor : active, note };
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
    case 'fill-right':
      return fillOnward(state, action.kind === 'fill-down', context);
    case 'fill-begin':
      return { ...state, filling: { active: state.active, anchor: state.anchor } };
    case 'fill-to':
      return fillTo(state, action.to, context);
    case 'fill-end':
    case 'fill-cancel': {
      const { filling } = state;
      if (filling === null) return state;
      if (action.kind === 'fill-cancel') return { ...state, ...filling, filling: null };
      return fill({ ...state, filling: null }, selectionOf({ ...state, ...filling }, context), context);
    }
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
