import { useEffect, type MouseEvent, type RefObject } from 'react';
import type { GridCell } from '../grid-keys.ts';
import { scrollToCell } from '../use-scroll-window.ts';
import type { SheetAction } from './sheet-state.ts';

/** What the mouse does in the grid: a press selects, a drag selects a range, a drag of the range's corner fills, and a second press edits. */
export function useGridMouse(parts: {
  readonly grid: RefObject<HTMLElement | null>;
  readonly active: GridCell;
  readonly isFilling: boolean;
  readonly dispatch: (action: SheetAction) => void;
}) {
  const { grid, active, isFilling, dispatch } = parts;

  useEffect(() => {
    if (!isFilling) return undefined;
    // Wherever the button is let go.
    const end = () => dispatch({ kind: 'fill-end' });
    const cancel = () => dispatch({ kind: 'fill-cancel' });
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      cancel();
    };
    window.addEventListener('mouseup', end);
    window.addEventListener('blur', cancel);
    window.addEventListener('keydown', onKey, true);
    return () => {
      window.removeEventListener('mouseup', end);
      window.removeEventListener('blur', cancel);
      window.removeEventListener('keydown', onKey, true);
    };
  }, [isFilling, dispatch]);

  return {
    onMouseDown(event: MouseEvent) {
      const to = cellOfTarget(event.target);
      if (to === null || event.button !== 0) return;
      if (!isFillHandle(event.target)) return dispatch({ kind: 'move', to, extend: event.shiftKey });
      // The focus stays in the grid.
      event.preventDefault();
      dispatch({ kind: 'fill-begin' });
    },
    onMouseMove(event: MouseEvent) {
      const to = event.buttons === 1 ? cellOfTarget(event.target) : null;
      if (to === null) return;
      if (isFilling) {
        dispatch({ kind: 'fill-to', to });
        scrollToCell(grid.current, to);
      } else if (to.row !== active.row || to.column !== active.column) dispatch({ kind: 'move', to, extend: true });
    },
    onDoubleClick({ target }: MouseEvent) {
      if (cellOfTarget(target) !== null && !isFillHandle(target)) dispatch({ kind: 'edit', typed: null });
    },
  };
}

function isFillHandle(target: EventTarget): boolean {
  return target instanceof Element && target.closest('[data-fill]') !== null;
}

/** The cell of the grid that was pressed; null for the head, whose press sorts, and for links and fields. */
function cellOfTarget(target: EventTarget): GridCell | null {
  if (!(target instanceof Element) || target.closest('a, input') !== null) return null;
  const [row, column] = target.closest<HTMLElement>('[data-at]')?.dataset['at']?.split(' ').map(Number) ?? [];
  return row === undefined || column === undefined ? null : { row, column };
}
