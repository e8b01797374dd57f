import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useState, type RefObject } from 'react';

/** The height of a row where the list is a table, px; a nested one, or one shown whole, is measured. */
const ROW = 48;

/** A row to render, and the empty height before it, px. */
interface VirtualRow {
  readonly index: number;
  readonly spaceBefore: number;
}

interface VirtualRows {
  readonly rows: readonly VirtualRow[];
  /** The empty height after the last, px. */
  readonly spaceAfter: number;
  /** Each row's `ref`, to measure it; undefined while all rows are rendered. */
  readonly measure: ((row: HTMLTableRowElement | null) => void) | undefined;
}

/** Rows rendered beyond the visible ones in each direction. */
const OVERSCAN = 5;

/** Which rows of a long table are drawn: those in sight, and `keptIndex` (-1 for none) wherever it is; of a short one all. */
export function useVirtualRows(parts: {
  /** Each row's, in order. */
  readonly keys: readonly string[];
  readonly isLong: boolean;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly body: RefObject<HTMLElement | null>;
  readonly keptIndex: number;
}): VirtualRows {
  const { keys, isLong, scroller, body, keptIndex } = parts;
  // A new function identity makes the virtualizer measure all rows again.
  const getItemKey = useCallback((index: number) => keys[index] ?? index, [keys]);
  const scrollMargin = useOffset(body, scroller, isLong);
  // oxlint-disable-next-line react/incompatible-library -- Nothing here is memoised by a compiler.
  const virtualizer = useVirtualizer({
    count: keys.length,
    enabled: isLong,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey,
    overscan: OVERSCAN,
    scrollMargin,
    rangeExtractor(range) {
      const indexes = defaultRangeExtractor(range);
      if (keptIndex < 0 || keptIndex >= keys.length || indexes.includes(keptIndex)) return indexes;
      return [...indexes, keptIndex].sort((a, b) => a - b);
    },
  });
  if (!isLong) return { rows: keys.map((_, index) => ({ index, spaceBefore: 0 })), spaceAfter: 0, measure: undefined };
  const items = virtualizer.getVirtualItems();
  const rows = items.map(({ index, start }, at) => ({
    index,
    spaceBefore: start - (items[at - 1]?.end ?? scrollMargin),
  }));
  const end = items.at(-1)?.end ?? scrollMargin;
  return { rows, spaceAfter: virtualizer.getTotalSize() + scrollMargin - end, measure: virtualizer.measureElement };
}

/** How far below its scroller's top an element begins, px; what stands above it may grow or go at any time. */
function useOffset(
  element: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  isWanted: boolean,
): number {
  const [offset, setOffset] = useState(0);
  useEffect(() => {
    const [below, above] = [element.current, scroller.current];
    const content = above?.firstElementChild;
    if (!isWanted || below === null || above === null || content === null || content === undefined) return undefined;
    const observer = new ResizeObserver(() => {
      setOffset(Math.round(below.getBoundingClientRect().top - above.getBoundingClientRect().top + above.scrollTop));
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, [element, scroller, isWanted]);
  return offset;
}
