import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the focus of the grid on its active cell. Cells come and go while it is scrolled, and with what Ray says: while the active
 * one is not drawn, the grid itself has the focus, so that its keys still work. `cellId`: of the active cell's element.
 */
export function useGridFocus(parts: {
  readonly grid: RefObject<HTMLElement | null>;
  readonly cellId: string;
  /** A field in the cell has the focus now. */
  readonly isEditing: boolean;
  readonly selectedId: string | null;
}) {
  const { grid, cellId, isEditing, selectedId } = parts;
  const isInside = useRef(false);

  useEffect(() => {
    const follow = ({ target }: Event) => {
      isInside.current = target instanceof Node && grid.current?.contains(target) === true;
    };
    // Not by `blur`: a cell that is taken away loses the focus without anybody's doing.
    document.addEventListener('focusin', follow);
    document.addEventListener('pointerdown', follow);
    return () => {
      document.removeEventListener('focusin', follow);
      document.removeEventListener('pointerdown', follow);
    };
  }, [grid]);

  const focusCell = () => {
    const { activeElement } = document;
    const own = document.getElementById(cellId) ?? grid.current;
    const isElsewhere = activeElement !== document.body && grid.current?.contains(activeElement) !== true;
    if (own !== activeElement && !isElsewhere) own?.focus({ preventScroll: true });
  };
  useLayoutEffect(() => {
    if (isInside.current && !isEditing) focusCell();
  });

  /** When what was open beside the matrix closes, the matrix has the focus again. */
  const before = useRef(selectedId);
  useEffect(() => {
    const hasClosed = before.current !== null && selectedId === null;
    before.current = selectedId;
    if (hasClosed) focusCell();
    // oxlint-disable-next-line react/exhaustive-deps -- Only when what is open changes.
  }, [selectedId]);

  /** Before what has the focus is scrolled out of the document. */
  const keep = () => {
    const { activeElement } = document;
    const around = grid.current;
    if (around === null || activeElement === around || !around.contains(activeElement)) return;
    const [own, box] = [activeElement?.getBoundingClientRect(), around.getBoundingClientRect()];
    const isNear =
      own !== undefined && own.bottom > box.top && own.top < box.bottom && own.right > box.left && own.left < box.right;
    if (!isNear) around.focus({ preventScroll: true });
  };
  return { focusCell, keep };
}
