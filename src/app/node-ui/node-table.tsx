import { Button } from '@mantine/core';
import { shownNodesLastKnownAt } from '../../contract/nodes-last-known.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useFleet } from '../api/console.tsx';
import { text } from '../text/text.ts';
import { asOfText } from '../ui/time-text.ts';
import { usePrint, usePrintWhenLoaded } from '../ui/use-print.ts';
import { isFiltering } from './node-filter.ts';
import { NodeRow } from './node-row.tsx';
import { NodeSortSelect } from './node-sort-select.tsx';
import classes from './node-table.module.css';
import { nodeColumns, NodeTableHead } from './node-table-head.tsx';
import { useNodeShape } from './use-node-shape.ts';
import { useNodeRows, type NodeFilter, type NodeRows } from './use-node-rows.ts';

/** How many nodes are printed at most. */
const MAX_PRINTED_NODES = 5_000;

interface NodeTableProps {
  /** Null: the nodes of the whole fleet, each with its virtual cluster. */
  readonly clusterId: string | null;
  readonly filter: NodeFilter;
  /** A CSS length; beyond it the table scrolls. */
  readonly maxHeight: string;
  /** Called with the filter to apply after a click on a heading; null where the order is fixed. */
  readonly sort: ((filter: NodeFilter) => void) | null;
  /** How many nodes there are likely to be, so that their room is kept while they load; null: all that fit. */
  readonly expected: number | null;
  /** Whether it was opened by a key and so takes the focus. */
  readonly takesFocus?: boolean;
  /** Why there may be more nodes than are found; null where all are. */
  readonly whyIncomplete?: string | null;
  /** Filters, shown above the table beside the count. */
  readonly children: ReactNode;
}

/** A table of any number of nodes: only the rows in view are rendered, and only their pages are requested. */
export function NodeTable({
  clusterId,
  filter,
  maxHeight,
  sort,
  expected,
  takesFocus = false,
  whyIncomplete = null,
  children,
}: NodeTableProps) {
  const { fleet } = useFleet();
  const lastKnownAt = fleet === null ? null : shownNodesLastKnownAt(fleet.sources);
  const words = text.nodes;
  const scroller = useRef<HTMLDivElement>(null);
  const { ref, shape, height, isBlock, look } = useNodeShape();
  const [range, setRange] = useState({ first: 0, last: 0 });
  const printing = usePrint();
  const [known, setKnown] = useState(0);
  const wanted = printing.needsAll ? { first: 0, last: Math.min(known, MAX_PRINTED_NODES) - 1 } : range;
  const rows = useNodeRows(clusterId, filter, wanted.first, Math.max(0, wanted.last));
  const total = rows.total ?? 0;
  if (total !== known) setKnown(total);
  usePrintWhenLoaded(printing, rows.isLoaded && total === known, rows.error !== null);
  // Nothing of the virtualizer is passed to memoised components.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, height]);
  const isShown = rows.total !== null && rows.total > 0;
  useEffect(() => {
    if (takesFocus && isShown) scroller.current?.focus();
  }, [takesFocus, isShown]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  if (first !== range.first || last !== range.last) setRange({ first, last });
  const above = printing.isPrinting ? 0 : (items[0]?.start ?? 0);
  const below = printing.isPrinting ? 0 : Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0));
  const drawn = printing.isPrinting ? loadedIndexes(rows, total) : items.map(({ index }) => index);
  const isFiltered = isFiltering(filter);
  const shownColumns = nodeColumns(clusterId === null, !isBlock);

  return (
    <div ref={ref} className={classes['nodes']}>
      <div className={`actions-row ${classes['filters'] ?? ''}`}>
        <div className={isFiltered ? classes['controls'] : `screen-only ${classes['controls'] ?? ''}`}>{children}</div>
        {sort !== null && isBlock && (
          <div className="screen-only">
            <NodeSortSelect filter={filter} isOfFleet={clusterId === null} change={sort} />
          </div>
        )}
        <span role="status" className={classes['total']}>
          {rows.total !== null &&
            (whyIncomplete !== null
              ? words.totalAtLeast(rows.total)
              : isFiltered
                ? words.totalMatching(rows.total)
                : words.total(rows.total))}
          {rows.total !== null && lastKnownAt !== null && ` · ${asOfText(lastKnownAt)}`}
          {printing.isPrinting && drawn.length < total && ` ${words.printed(drawn.length)}`}
          {printing.needsAll && !printing.isPrinting && !rows.isLoaded && ` ${words.loadingToPrint}`}
        </span>
      </div>
      {rows.error !== null ? (
        <div role="alert" className={classes['message']}>
          <p>{words.failed(rows.error.message)}</p>
          <Button size="xs" variant="default" onClick={() => rows.refetch()}>
            {words.again}
          </Button>
        </div>
      ) : rows.total === null ? (
        <p className={classes['loading']} style={{ ...roomFor(expected), maxHeight }}>
          {words.loading}
        </p>
      ) : total === 0 ? (
        <p className={classes['message']}>
          {whyIncomplete ?? (isFiltered ? words.noMatch : clusterId === null ? words.none : words.noneHere)}
        </p>
      ) : (
        <div
          ref={scroller}
          className={`print-flow ${classes['scroller'] ?? ''}`}
          style={{ maxHeight }}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- It scrolls, so the keyboard must reach it.
          tabIndex={0}
          role="region"
          aria-label={words.table(clusterId)}
        >
          <table
            className={`${classes['table'] ?? ''} ${look ?? ''}`}
            data-shape={shape}
            aria-label={words.table(clusterId)}
            aria-rowcount={total + 1}
          >
            <NodeTableHead columns={shownColumns} filter={filter} sort={isBlock ? null : sort} />
            <tbody>
              <Space height={above} columns={shownColumns.length} />
              {drawn.map((index) => (
                <NodeRow
                  key={index}
                  index={index}
                  height={height}
                  node={rows.at(index)}
                  isOfFleet={clusterId === null}
                  isBlock={isBlock}
                />
              ))}
              <Space height={below} columns={shownColumns.length} />
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

/** For the styles: how many rows to keep room for. */
function roomFor(expected: number | null): Readonly<Record<string, number>> {
  return { '--rows': expected ?? MAX_PRINTED_NODES };
}

/** What can be printed: the rows whose pages have come. */
function loadedIndexes(rows: Pick<NodeRows, 'at'>, total: number): readonly number[] {
  return Array.from({ length: Math.min(total, MAX_PRINTED_NODES) }, (_, index) => index).filter(
    (index) => rows.at(index) !== null,
  );
}

/** Takes the height of the rows that are not rendered. */
function Space({ height, columns }: { readonly height: number; readonly columns: number }) {
  if (height === 0) return null;
  return (
    <tr aria-hidden="true" data-space style={{ height }}>
      <td colSpan={columns}>{'\u00a0'}</td>
    </tr>
  );
}
