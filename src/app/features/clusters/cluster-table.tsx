/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role --
   A table that is drawn as blocks, as these rows are on a narrow screen, loses its own roles in some browsers. */
import { Fragment, useCallback, useMemo, useRef, useState, type RefObject } from 'react';
import type { WaitingDeletion } from '../../../contract/fleet.ts';
import type { UnknownReason } from '../../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../../domain/fleet.ts';
import { useDenialReason } from '../../api/console.tsx';
import { text } from '../../text/text.ts';
import { latePart } from '../../ui/late-part.tsx';
import { useIsPrinting } from '../../ui/use-is-printing.ts';
import { replacementOf } from '../../../domain/node-replacement.ts';
import { ClusterRow } from './cluster-row.tsx';
import { shouldVirtualize, listItems } from './list-items.ts';
import type { Trends } from './list-columns.ts';
import { sortColumns } from './list-query.ts';
import { replacementText } from './row-text.ts';
import { TableHead, type TableHeadProps } from './table-head.tsx';
import { MAX_VISIBLE_TEMPLATES } from './visible-templates.ts';
import { useVirtualRows } from './use-virtual-rows.ts';
import { useRowFocus } from './use-row-focus.ts';
import classes from './cluster-table.module.css';
import columns from './list-columns.module.css';
// Last: its rules win where both are as specific.
import blocks from './list-blocks.module.css';

/** Late: a row shows its job clusters when it is asked to. */
const { Part: NestedRow, load: loadNestedRow } = latePart(() => import('./job-cluster-row.tsx'), 'NestedRow');
export { loadNestedRow };

const table = [classes['table'], columns['table'], blocks['table']].join(' ');

interface ClusterTableProps extends Omit<TableHeadProps, 'ids'> {
  /** Null while loading: placeholder rows are shown. */
  readonly rows: readonly VirtualCluster[] | null;
  readonly pool: FreePool | null;
  /** The last 7 days; empty until they are read. */
  readonly trends: Trends;
  readonly waiting: readonly WaitingDeletion[];
  readonly selectedId: string | null;
  readonly onChoose: (id: string, isRange: boolean) => void;
  readonly unsavedIds: ReadonlySet<string>;
  /** Why Ray's state API fails; null while it does not. */
  readonly stateFailure: UnknownReason | null;
  readonly mayNotWrite: string | null;
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Receives the focus when no row is left. */
  readonly heading: RefObject<HTMLElement | null>;
}

/** The virtual clusters as a table; below 640 px each row is a block. Roles are explicit: a table drawn as blocks loses its implicit ones. */
export function ClusterTable(props: ClusterTableProps) {
  const {
    rows,
    pool,
    trends,
    waiting,
    selectedId,
    chosenIds,
    onChoose,
    onChooseAll,
    unsavedIds,
    sort,
    onSort,
    stateFailure,
    mayNotWrite,
    scroller,
    heading,
  } = props;
  const denialReason = useDenialReason();
  const body = useRef<HTMLTableSectionElement>(null);
  const ids = useMemo(() => (rows ?? []).map(({ id }) => id), [rows]);
  const { openedIds, onOpen } = useOpened();
  const items = useMemo(() => listItems(rows ?? [], openedIds), [rows, openedIds]);
  const keys = useMemo(() => items.map(({ key }) => key), [items]);
  const isPrinting = useIsPrinting();
  const mayBeLong = useMemo(() => shouldVirtualize(items, MAX_VISIBLE_TEMPLATES), [items]);
  const isLong = mayBeLong && !isPrinting;
  const { focusedId, onFocus, onBlur, onKeyDown } = useRowFocus({
    body,
    ids,
    selectedId,
    fallback: heading,
    onOpen,
    onChoose,
  });
  const keptIndex =
    focusedId === null ? -1 : items.findIndex(({ kind, cluster }) => kind === 'cluster' && cluster.id === focusedId);
  const drawn = useVirtualRows({ keys, isLong, scroller, body, keptIndex });

  return (
    <table
      className={table}
      data-sorted-by={sort.column}
      role="table"
      aria-label={text.clusters.title}
      aria-rowcount={items.length + 1}
      aria-busy={rows === null}
    >
      <TableHead ids={ids} chosenIds={chosenIds} onChooseAll={onChooseAll} sort={sort} onSort={onSort} />
      {/* The keys only move the focus between the links of the rows. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <tbody
        role="rowgroup"
        ref={body}
        className={classes['body']}
        onFocus={onFocus}
        onBlur={onBlur}
        onKeyDown={onKeyDown}
      >
        {rows === null ? (
          <LoadingRows />
        ) : (
          drawn.rows.map(({ index, spaceBefore }) => {
            const item = items[index];
            if (item === undefined) return null;
            const { cluster } = item;
            const place = { index, measure: drawn.measure };
            return (
              <Fragment key={item.key}>
                <Gap height={spaceBefore} />
                {item.kind === 'cluster' ? (
                  <ClusterRow
                    {...place}
                    cluster={cluster}
                    isOpened={openedIds.has(cluster.id)}
                    onOpen={onOpen}
                    isSelected={cluster.id === selectedId}
                    isChosen={chosenIds.has(cluster.id)}
                    onChoose={onChoose}
                    isUnsaved={unsavedIds.has(cluster.id)}
                    replacement={pool === null ? null : replacementText(replacementOf(cluster, pool))}
                    trend={trends.get(cluster.id) ?? null}
                    waiting={waiting.find((each) => each.clusterId === cluster.id) ?? null}
                    stateFailure={stateFailure}
                    mayNotWrite={mayNotWrite ?? denialReason(cluster.id)}
                    isPrinting={isPrinting}
                  />
                ) : (
                  <NestedRow {...place} item={item} />
                )}
              </Fragment>
            );
          })
        )}
        <Gap height={drawn.spaceAfter} />
      </tbody>
    </table>
  );
}

/** The virtual clusters whose job clusters are shown, and a function to toggle one. */
function useOpened() {
  const [openedIds, setOpenedIds] = useState<ReadonlySet<string>>(new Set());
  const onOpen = useCallback((id: string, isOpened: boolean) => {
    setOpenedIds((held) => {
      if (held.has(id) === isOpened) return held;
      const next = new Set(held);
      if (isOpened) next.add(id);
      else next.delete(id);
      return next;
    });
  }, []);
  return { openedIds, onOpen };
}

/** Takes the height of rows that are not rendered. */
function Gap({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" data-row="gap">
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- It is hidden, and holds nothing. */}
      <td style={{ height }} />
    </tr>
  );
}

const LOADING = [0.6, 0.8, 0.5, 0.7, 0.55, 0.65];

function LoadingRows() {
  return (
    <>
      {LOADING.map((width) => (
        <tr role="row" key={width} data-row="loading">
          {[...sortColumns, 'menu' as const].map((column) => (
            <td role="cell" key={column} data-column={column}>
              {column === 'id' && <span className="visually-hidden">{text.clusters.loading}</span>}
              {column !== 'menu' && (
                <span className={classes['blank']} style={{ width: `${String(width * 100)}%` }} aria-hidden="true" />
              )}
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}
