import { memo, Suspense, useId, useMemo, useRef, type KeyboardEvent } from 'react';
import type { FreePool, VirtualCluster } from '../../../../domain/fleet.ts';
import { useDenialReason } from '../../../api/console.tsx';
import { navigateTo } from '../../../routing/navigate.ts';
import { pathTo } from '../../../routing/routes.ts';
import { matrixEditText } from '../../../text/matrix-edit-text.ts';
import { text } from '../../../text/text.ts';
import { optionalPart } from '../../../ui/optional-part.ts';
import { SegmentedControl } from '../../../ui/segmented-control.tsx';
import { measures, type ListQuery } from '../list-query.ts';
import { templateTotals } from '../overview/template-totals.ts';
import { EditBar } from './edit/edit-bar.tsx';
import { noteText } from './edit/note-text.ts';
import { gridKey } from './edit/sheet-keys.ts';
import { copiedFrom } from './edit/sheet-paste.ts';
import { countCellsOf, findPlace, isOneCell, LABELS, rangeOf } from './edit/sheet-range.ts';
import type { Clusters, StagedChange } from './edit/staged-cells.ts';
import { useGridMouse } from './edit/use-grid-mouse.ts';
import { useSheet, useSheetEffect } from './edit/use-sheet.ts';
import { useSheetClipboard } from './edit/use-sheet-clipboard.ts';
import type { GridCell } from './grid-keys.ts';
import { MatrixHead, MatrixTotals, nextQuery } from './matrix-head.tsx';
import { sortRows, totalOf } from './matrix-model.ts';
import { MatrixRow } from './matrix-row.tsx';
import { shownTextAt } from './shown-text.ts';
import { COLUMN, fixedWidth, HEAD, isNarrow, mostWidth, ROW } from './sizes.ts';
import { useGridFocus } from './use-grid-focus.ts';
import { scrollToCell, useScrollWindow } from './use-scroll-window.ts';
import { visibleRange } from './visible-range.ts';
import classes from './matrix.module.css';

const words = text.matrix;
/** The drawn rows and columns move in steps of so many. */
const STEP = 4;
/** So many columns are drawn whether in sight or not: another column renders every row, and a scrolled frame has no time for it. */
const FEW_COLUMNS = 24;
// Memoised: a scrolled frame renders none of them.
const Head = memo(MatrixHead);
const Totals = memo(MatrixTotals);
const Bar = memo(EditBar);
/** From here, so that it never stands where the matrix will. */
const NodeSquares = optionalPart(() => import('../overview/node-squares.tsx'), 'NodeSquares');
const NO_CHANGES: ReadonlyMap<string, StagedChange> = new Map();

interface MatrixProps {
  /** As filtered and sorted for the list. */
  readonly rows: readonly VirtualCluster[];
  /** Every virtual cluster, shown or not. */
  readonly clusters: Clusters;
  readonly pool: FreePool;
  readonly query: ListQuery;
  /** What was chosen to be counted; `query` may follow a moment later. */
  readonly chosen: ListQuery['measure'];
  readonly change: (to: Partial<ListQuery>) => void;
  readonly selectedId: string | null;
  /** Whether the page has room below it for the nodes themselves. */
  readonly hasSquares: boolean;
}

/** Virtual clusters by templates, typed into like a spreadsheet; only the cells in sight are in the document. */
export function Matrix({ rows: filtered, clusters, pool, query, chosen, change, selectedId, hasSquares }: MatrixProps) {
  const { measure, by } = query;
  const { descending } = query.sort;
  const denialOf = useDenialReason();
  const rows = useMemo(() => sortRows(filtered, by, measure, descending), [filtered, by, measure, descending]);
  const totals = useMemo(
    () =>
      templateTotals(filtered, pool).map((each) => ({ ...each, column: totalOf(filtered, each.templateId, measure) })),
    [filtered, pool, measure],
  );
  const grid = useRef<HTMLDivElement>(null);
  const { window: seen, onScroll } = useScrollWindow(grid);
  const [rowFrom, rowTo] = visibleRange(seen.top, seen.height - HEAD - ROW, ROW, rows.length, STEP);
  // What is seen is counted with one column more.
  const width = seen.width - COLUMN;
  const fixed = fixedWidth(width);
  const [columnFrom, columnTo] =
    totals.length <= FEW_COLUMNS
      ? [0, totals.length]
      : visibleRange(seen.left, seen.width - fixed, COLUMN, totals.length, STEP);
  const columns = useMemo(() => totals.slice(columnFrom, columnTo), [totals, columnFrom, columnTo]);
  const id = useId();

  const locked = isNarrow(width) ? matrixEditText.onlyWide : measure === 'held' ? null : matrixEditText.onlyHeld;
  const layout = useMemo(
    () => ({ rows: rows.map((row) => row.id), columns: totals.map(({ templateId }) => templateId) }),
    [rows, totals],
  );
  const { state, dispatch, onPlanned } = useSheet({ ...layout, clusters, denialOf, locked });
  const effect = useSheetEffect(state, clusters, pool);
  const active = findPlace(layout, state.active);
  const selected = rangeOf(findPlace(layout, state.anchor), active);
  const isRange = !isOneCell(selected);
  const { editing } = state;
  const lackingKey = [...effect.short.keys()].join('\n');
  const lacking = useMemo(() => new Set(lackingKey === '' ? [] : lackingKey.split('\n')), [lackingKey]);

  const focus = useGridFocus({
    grid,
    cellId: `${id}-${String(active.row)}-${String(active.column)}`,
    isEditing: editing !== null,
    selectedId,
  });
  useSheetClipboard(grid, {
    copy() {
      dispatch({ kind: 'say', note: { kind: 'copied', cells: countCellsOf(layout, selected).length } });
      return copiedFrom(selected, (row, column) =>
        shownTextAt({ row, column }, { rows, layout, measure, staged: effect.byCluster }),
      );
    },
    paste: (pasted) => dispatch({ kind: 'paste', text: pasted }),
  });

  function open({ row, column }: GridCell) {
    const cluster = rows[row - 1];
    if (cluster !== undefined) navigateTo(pathTo.cluster(cluster.id), { keepQuery: true });
    else change(nextQuery(query, column, layout.columns[column - LABELS] ?? null));
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    const page = Math.max(1, Math.floor((seen.height - HEAD - ROW) / ROW) - 1);
    const size = { rows: rows.length + 1, columns: totals.length + LABELS, page };
    const isCount = active.row > 0 && active.column >= LABELS;
    const isEditable = isCount && locked === null && denialOf(active.clusterId ?? '') === null;
    const action = gridKey(event, {
      active,
      size,
      hasRange: isRange,
      hasColumns: selected.left < selected.right,
      isEditable,
    });
    if (action === null) return;
    event.preventDefault();
    if (action === 'open') return open(active);
    dispatch(action);
    if (action.kind === 'move') scrollToCell(grid.current, action.to);
  }

  const mouse = useGridMouse({ grid, active, isFilling: state.filling !== null, dispatch });
  const canFill = locked === null && editing === null && selected.top > 0 && selected.left >= LABELS;

  const place = { id, columnFrom, columns };
  const isActiveDrawn =
    active.row === 0 || (active.row > rowFrom && active.row <= rowTo)
      ? active.column < LABELS || (active.column - LABELS >= columnFrom && active.column - LABELS < columnTo)
      : false;

  return (
    <div className={classes['matrix']}>
      <div className={classes['tools']}>
        <SegmentedControl
          name="matrix-count"
          label={words.measure}
          isLabelShown
          keys={measures}
          words={words.measures}
          value={chosen}
          onChange={(to) => change({ measure: to })}
        />
        <Bar
          effect={effect}
          clusters={clusters}
          rows={layout.rows}
          canUndo={state.past.length > 0}
          locked={locked}
          note={state.note}
          dispatch={dispatch}
          onPlanned={onPlanned}
        />
      </div>
      {/* The head counts as a row, and the totals do not: no key leads to them. */}
      <div
        ref={grid}
        role="grid"
        className={classes['grid']}
        tabIndex={isActiveDrawn ? -1 : 0}
        aria-label={words.title}
        aria-rowcount={rows.length + 1}
        aria-colcount={totals.length + LABELS}
        aria-multiselectable="true"
        aria-readonly={locked !== null}
        data-measure={measure}
        data-narrow={isNarrow(width)}
        // Those in sight of many fill nothing: the others have their room.
        data-whole={columns.length === totals.length}
        style={{ maxWidth: mostWidth(totals.length) }}
        onScroll={() => {
          focus.keep();
          onScroll();
        }}
        onFocus={({ target }) => {
          if (target === grid.current && editing === null) focus.focusCell();
        }}
        onKeyDown={onKeyDown}
        {...mouse}
      >
        <div
          role="rowgroup"
          className={classes['content']}
          style={{ minWidth: fixed + totals.length * COLUMN, height: HEAD + ROW * (rows.length + 1) }}
        >
          <Head
            {...place}
            activeColumn={active.row === 0 ? active.column : null}
            query={query}
            change={change}
            effect={effect}
          />
          <Totals {...place} rows={filtered} measure={measure} changes={effect.changes} />
          {rows.slice(rowFrom, rowTo).map((cluster, at) => {
            const row = rowFrom + at + 1;
            const isInRange = isRange && row >= selected.top && row <= selected.bottom;
            return (
              <MatrixRow
                key={cluster.id}
                {...place}
                cluster={cluster}
                row={row}
                measure={measure}
                isSelected={cluster.id === selectedId}
                activeColumn={active.row === row ? active.column : null}
                rangeFrom={isInRange ? selected.left : null}
                rangeTo={isInRange ? selected.right : null}
                fillColumn={canFill && row === selected.bottom ? selected.right : null}
                changes={measure === 'held' ? (effect.byCluster.get(cluster.id) ?? NO_CHANGES) : NO_CHANGES}
                lacking={effect.byCluster.has(cluster.id) ? lacking : NOTHING_LACKING}
                editing={editing?.clusterId === cluster.id ? editing : null}
                denial={denialOf(cluster.id)}
                dispatch={dispatch}
              />
            );
          })}
        </div>
      </div>
      {hasSquares && (
        <Suspense fallback={null}>
          <NodeSquares clusters={filtered} pool={pool} />
        </Suspense>
      )}
      <p role="status" className="visually-hidden">
        {state.note === null ? '' : noteText(state.note)}
      </p>
    </div>
  );
}

const NOTHING_LACKING: ReadonlySet<string> = new Set();
