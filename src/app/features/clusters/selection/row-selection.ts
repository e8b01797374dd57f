/** The virtual clusters that are chosen, by id: they stay so while rows are filtered, sorted and read again. */
export interface RowSelection {
  readonly ids: ReadonlySet<string>;
  /** The one that was chosen or left out last; a range begins there. */
  readonly last: string | null;
}

export const NONE_SELECTED: RowSelection = { ids: new Set(), last: null };

export type SelectionAction =
  /** `rows`: the ids in the order in which they stand. A range makes all of its rows what its first one is. */
  | { readonly kind: 'toggle'; readonly id: string; readonly isRange: boolean; readonly rows: readonly string[] }
  /** All that are shown, or none of them where all are chosen already. */
  | { readonly kind: 'toggle-all'; readonly rows: readonly string[] }
  | { readonly kind: 'clear' };

export function reduceSelection({ ids, last }: RowSelection, action: SelectionAction): RowSelection {
  switch (action.kind) {
    case 'toggle': {
      const [from, to] = [last === null ? -1 : action.rows.indexOf(last), action.rows.indexOf(action.id)];
      if (action.isRange && last !== null && from >= 0 && to >= 0) {
        const range = action.rows.slice(Math.min(from, to), Math.max(from, to) + 1);
        return { ids: changed(ids, range, ids.has(last)), last: action.id };
      }
      return { ids: changed(ids, [action.id], !ids.has(action.id)), last: action.id };
    }
    case 'toggle-all':
      return { ids: changed(ids, action.rows, !action.rows.every((id) => ids.has(id))), last };
    case 'clear':
      return NONE_SELECTED;
  }
}

function changed(ids: ReadonlySet<string>, some: readonly string[], isChosen: boolean): ReadonlySet<string> {
  const next = new Set(ids);
  for (const id of some)
    if (isChosen) next.add(id);
    else next.delete(id);
  return next;
}
