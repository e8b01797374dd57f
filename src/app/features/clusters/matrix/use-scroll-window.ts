import { useLayoutEffect, useState, type RefObject } from 'react';
import { COLUMN, fixedWidth, HEAD, ROW } from './sizes.ts';
import type { GridCell } from './grid-keys.ts';

/** Where a scrolled element is and how large, px. */
export function useScrollWindow(element: RefObject<HTMLElement | null>) {
  const [seen, setSeen] = useState({ top: 0, left: 0, width: 1_200, height: 800 });
  const read = () => {
    const now = element.current;
    if (now === null || now.clientHeight === 0) return;
    const { scrollTop: top, scrollLeft: left, clientWidth: width, clientHeight: height } = now;
    // Rounded down to whole cells: a scroll within one renders nothing.
    const next = { top: top - (top % ROW), left: left - (left % COLUMN), width: width + COLUMN, height: height + ROW };
    setSeen((held) =>
      held.top === next.top && held.left === next.left && held.width === next.width && held.height === next.height
        ? held
        : next,
    );
  };
  useLayoutEffect(() => {
    read();
    if (typeof ResizeObserver === 'undefined' || element.current === null) return undefined;
    const observer = new ResizeObserver(read);
    observer.observe(element.current);
    return () => observer.disconnect();
    // oxlint-disable-next-line react/exhaustive-deps -- It only reads the element.
  }, [element]);
  return { window: seen, onScroll: read };
}

/** Scrolls no more than it takes to bring a cell into sight, clear of what is sticky. */
export function scrollToCell(grid: HTMLElement | null, { row, column }: GridCell): void {
  if (grid === null) return;
  const top = (row - 1) * ROW;
  const bottom = top + HEAD + 2 * ROW - grid.clientHeight;
  if (row > 0) grid.scrollTop = Math.max(bottom, Math.min(grid.scrollTop, top));
  const left = (column - 2) * COLUMN;
  if (column > 1)
    grid.scrollLeft = Math.max(
      left + fixedWidth(grid.clientWidth) + COLUMN - grid.clientWidth,
      Math.min(grid.scrollLeft, left),
    );
}
