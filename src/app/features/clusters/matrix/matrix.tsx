import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { FreePool, VirtualCluster } from '../../../../domain/fleet.ts';
import { navigateTo } from '../../../routing/navigate.ts';
import { pathTo } from '../../../routing/routes.ts';
import { text } from '../../../text/text.ts';
import { SegmentedControl } from '../../../ui/segmented-control.tsx';
import { measures, type ListQuery } from '../list-query.ts';
import { templateTotals } from '../overview/template-totals.ts';
import { MatrixHead, MatrixTotals, nextQuery } from './matrix-head.tsx';
import { sortRows, totalOf } from './matrix-model.ts';
import { MatrixRow } from './matrix-row.tsx';
import { COLUMN, FIXED, HEAD, ROW } from './sizes.ts';
import { useGridKeys, type GridCell } from './use-grid-keys.ts';
import { visibleRange } from './visible-range.ts';
import classes from './matrix.module.css';

const words = text.matrix;

interface MatrixProps {
  /** As filtered and sorted for the list. */
  readonly rows: readonly VirtualCluster[];
  readonly pool: FreePool;
  readonly query: ListQuery;
  readonly change: (to: Partial<ListQuery>) => void;
  readonly selectedId: string | null;
}

/** Virtual clusters by templates; only the cells in sight are in the document. */
export function Matrix({ rows: filtered, pool, query, change, selectedId }: MatrixProps) {
  const { measure, by } = query;
  const { descending } = query.sort;
  const rows = useMemo(() => sortRows(filtered, by, measure, descending), [filtered, by, measure, descending]);
  const totals = useMemo(
    () =>
      templateTotals(filtered, pool).map((each) => ({ ...each, column: totalOf(filtered, each.templateId, measure) })),
    [filtered, pool, measure],
  );
  const grid = useRef<HTMLDivElement>(null);
  const { window: seen, onScroll } = useScrollWindow(grid);
  const [rowFrom, rowTo] = visibleRange(seen.top, seen.height - HEAD - ROW, ROW, rows.length);
  const [columnFrom, columnTo] = visibleRange(seen.left, seen.width - FIXED, COLUMN, totals.length);
  const id = useId();
  const page = Math.max(1, Math.floor((seen.height - HEAD - ROW) / ROW) - 1);
  const { active, setActive, onKeyDown } = useGridKeys({
    size: { rows: rows.length + 1, columns: totals.length + 2, page },
    onEnter({ row, column }) {
      const cluster = rows[row - 1];
      if (cluster !== undefined) navigateTo(pathTo.cluster(cluster.id), { keepQuery: true });
      else change(nextQuery(query, column, totals[column - 2]?.templateId ?? null));
    },
    onMove: (cell) => scrollTo(grid.current, cell),
  });
  useReturnOfFocus(grid, selectedId);
  const shownColumns = totals.slice(columnFrom, columnTo);
  const place = { id, active, columnFrom, columns: shownColumns };

  return (
    <div className={classes['matrix']}>
      <SegmentedControl
        name="matrix-count"
        label={words.measure}
        isLabelShown
        keys={measures}
        words={words.measures}
        value={measure}
        onChange={(to) => change({ measure: to })}
      />
      {/* The head counts as a row, and the totals do not: no key leads to them. */}
      <div
        ref={grid}
        role="grid"
        className={classes['grid']}
        tabIndex={0}
        aria-label={words.title}
        aria-rowcount={rows.length + 1}
        aria-colcount={totals.length + 2}
        aria-activedescendant={`${id}-${String(active.row)}-${String(active.column)}`}
        data-measure={measure}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div
          role="rowgroup"
          className={classes['content']}
          style={{ width: FIXED + totals.length * COLUMN, height: HEAD + ROW * (rows.length + 1) }}
        >
          <MatrixHead {...place} query={query} change={change} />
          <MatrixTotals {...place} rows={filtered} measure={measure} />
          {rows.slice(rowFrom, rowTo).map((cluster, at) => (
            <MatrixRow
              key={cluster.id}
              {...place}
              cluster={cluster}
              row={rowFrom + at + 1}
              measure={measure}
              isSelected={cluster.id === selectedId}
              onPress={setActive}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Where a scrolled element is and how large, px. */
function useScrollWindow(element: RefObject<HTMLElement | null>) {
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
function scrollTo(grid: HTMLElement | null, { row, column }: GridCell): void {
  if (grid === null) return;
  const top = (row - 1) * ROW;
  const bottom = top + HEAD + 2 * ROW - grid.clientHeight;
  if (row > 0) grid.scrollTop = Math.max(bottom, Math.min(grid.scrollTop, top));
  const left = (column - 2) * COLUMN;
  if (column > 1) grid.scrollLeft = Math.max(left + FIXED + COLUMN - grid.clientWidth, Math.min(grid.scrollLeft, left));
}

/** When what was open beside the matrix closes, the matrix has the focus again. */
function useReturnOfFocus(grid: RefObject<HTMLElement | null>, selectedId: string | null): void {
  const before = useRef(selectedId);
  useEffect(() => {
    const hasClosed = before.current !== null && selectedId === null;
    before.current = selectedId;
    if (hasClosed && document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, [grid, selectedId]);
}
