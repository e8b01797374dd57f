import { useCallback, useEffect, useReducer, useRef } from 'react';
import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { NONE_SELECTED, reduceSelection } from './row-selection.ts';

/** The selected rows of the list. The functions keep their identity, so that none makes a row render again. */
export function useRowSelection(rows: readonly VirtualCluster[]) {
  const [selection, select] = useReducer(reduceSelection, NONE_SELECTED);
  const order = useRef<readonly string[]>([]);
  useEffect(() => {
    order.current = rows.map(({ id }) => id);
  }, [rows]);
  const onChoose = useCallback(
    (id: string, isRange: boolean) => select({ kind: 'toggle', id, isRange, rows: order.current }),
    [],
  );
  const onChooseAll = useCallback(() => select({ kind: 'toggle-all', rows: order.current }), []);
  const clearSelection = useCallback(() => select({ kind: 'clear' }), []);
  return { selectedIds: selection.ids, onChoose, onChooseAll, clearSelection };
}
