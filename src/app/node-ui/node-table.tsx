import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { shownNodesLastKnownAt } from '../../contract/nodes-last-known.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import type { NodeSort } from '../../contract/nodes.ts';
import { useFleet } from '../api/console.tsx';
import { text } from '../text/text.ts';
import { asOfText } from '../ui/time-text.ts';
import { usePrint, usePrintWhenLoaded } from '../ui/use-print.ts';
import { isFiltering, toggleSort } from './node-filter.ts';
import { NodeRow } from './node-row.tsx';
import { NodeSortSelect } from './node-sort-select.tsx';
import classes from './node-table.module.css';
import blocks from './node-blocks.module.css';
import lines from './node-lines.module.css';
import { useNodeRows, type NodeFilter, type NodeRows } from './use-node-rows.ts';

/**
 * A node's layout by the table's width in CSS pixels: a row of one line or of two with headings, or a block of three or four
 * short lines.
 */
const shapes = [
  { shape: 'row', from: 1_200, height: 40, isBlock: false, look: '' },
  { shape: 'lines', from: 680, height: 56, isBlock: false, look: lines['lines'] },
  { shape: 'block', from: 480, height: 84, isBlock: true, look: blocks['blocks'] },
  { shape: 'tall', from: 0, height: 106, isBlock: true, look: blocks['blocks'] },
] as const;

/** How many nodes are printed at most. */
const MOST_PRINTED_NODES = 5_000;

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
  const { ref: sizeRef, width: observedWidth } = useElementSize();
  const [firstWidth, setFirstWidth] = useState(0);
  // The first width is read before anything is painted: the shape must not change before the eyes.
  const measured = useCallback(
    (element: HTMLDivElement | null) => {
      sizeRef(element);
      if (element !== null) setFirstWidth(element.clientWidth);
    },
    [sizeRef],
  );
  const width = observedWidth === 0 ? firstWidth : observedWidth;
  const { shape, height, isBlock, look } = shapes.find(({ from }) => width === 0 || width >= from) ?? shapes[0];
  const [range, setRange] = useState({ first: 0, last: 0 });
  const printing = usePrint();
  const [known, setKnown] = useState(0);
  const wanted = printing.needsAll ? { first: 0, last: Math.min(known, MOST_PRINTED_NODES) - 1 } : range;
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
  const shownColumns = columns(clusterId === null, !isBlock);

  return (
    <div ref={measured} className={classes['nodes']}>
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
            <thead>
              <tr aria-rowindex={1}>
                {/* Where rows are blocks, the headings are visually hidden, so nothing in them may take the focus. */}
                {shownColumns.map(({ name, by }) => (
                  <Heading key={name} name={name} by={by} filter={filter} sort={isBlock ? null : sort} />
                ))}
              </tr>
            </thead>
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
  return { '--rows': expected ?? MOST_PRINTED_NODES };
}

/** What can be printed: the rows whose pages have come. */
function loadedIndexes(rows: Pick<NodeRows, 'at'>, total: number): readonly number[] {
  return Array.from({ length: Math.min(total, MOST_PRINTED_NODES) }, (_, index) => index).filter(
    (index) => rows.at(index) !== null,
  );
}

/** The columns, and the order that each heading sorts by. In a block, GPUs stand with CPUs and jobs with what they are in. */
function columns(
  isOfFleet: boolean,
  hasAll: boolean,
): readonly { readonly name: keyof typeof text.nodes.head; readonly by: NodeSort | null }[] {
  return [
    { name: 'node', by: 'id' },
    { name: 'host', by: 'host' },
    { name: 'template', by: 'template' },
    { name: 'state', by: 'state' },
    { name: 'cpu', by: 'cpu' },
    ...(hasAll ? [{ name: 'gpu', by: 'gpu' } as const] : []),
    { name: 'memory', by: 'memory' },
    { name: 'objectStore', by: 'objectStore' },
    ...(isOfFleet ? [{ name: 'cluster', by: 'cluster' } as const] : []),
    ...(hasAll || !isOfFleet ? [{ name: 'jobCluster', by: null } as const] : []),
  ];
}

interface HeadingProps extends Pick<NodeTableProps, 'filter' | 'sort'> {
  readonly name: keyof typeof text.nodes.head;
  readonly by: NodeSort | null;
}

function Heading({ name, by, filter, sort }: HeadingProps) {
  const isSorted = by !== null && filter.sort === by;
  const direction = filter.order === 'desc' ? 'descending' : 'ascending';
  const label = text.nodes.head[name];
  return (
    <th scope="col" data-column={name} aria-sort={isSorted ? direction : undefined}>
      {sort === null || by === null ? (
        label
      ) : (
        <button
          type="button"
          className={classes['sort']}
          data-sorted={isSorted}
          onClick={() => sort(toggleSort(filter, by))}
        >
          {label}
          <span aria-hidden="true" className={classes['arrow']}>
            {isSorted ? (direction === 'ascending' ? '▲' : '▼') : ''}
          </span>
        </button>
      )}
    </th>
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
