import {
  memo,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react';
import type { WaitingDeletion } from '../../../contract/fleet.ts';
import { useFleet, useSession } from '../../api/console.tsx';
import { denialReason, readOnlyReason } from '../../api/denial-reason.ts';
import type { FreePool, VirtualCluster } from '../../../domain/fleet.ts';
import { shownValue } from '../../../domain/sourced.ts';
import { useHasNewDraft, useDraftIds } from '../../drafts/drafts-context.tsx';
import { text } from '../../text/text.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import { useIsPrinting } from '../../ui/use-is-printing.ts';
import { hasWaitingReplacement, knownDead, nodeCount } from './cluster-summary.ts';
import { ClusterTable, loadNestedRow } from './cluster-table.tsx';
import { CreateButton } from './create-button.tsx';
import type { Trends } from './list-columns.ts';
import { listViews, noFilter, type Sort } from './list-query.ts';
import { listBody } from './list-state.ts';
import { ListToolbar } from './list-toolbar.tsx';
import { ReadOnlyNote } from './read-only-note.tsx';
import { useRowSelection } from './selection/use-row-selection.ts';
import { filterAndSortClusters } from './select-rows.ts';
import { useListFailing } from './use-list-failing.ts';
import { useListQuery } from './use-list-query.ts';
import { useTrendColumn } from './use-trend-column.ts';
import classes from './cluster-list.module.css';
import { latePart } from '../../ui/late-part.tsx';
import { optionalPart } from '../../ui/optional-part.ts';

// Memoised: a key typed in the filter does not render it.
const Table = memo(ClusterTable);

/** Late: the list is what most look at. */
const { Part: Matrix } = latePart(
  async () => ({ Matrix: memo((await import('./matrix/matrix.tsx')).Matrix) }),
  'Matrix',
);

/** Late: it comes with the first row that is selected. */
const { Part: SelectionBar } = latePart(() => import('./selection/selection-bar.tsx'), 'SelectionBar');

/** Late: most lists have rows. */
const { Part: EmptyList, load: loadEmptyList } = latePart(() => import('./empty-list.tsx'), 'EmptyList');

/** What a filter and an opened row need must be there although the console is away by then. */
export async function loadListAhead(): Promise<void> {
  await loadEmptyList();
  await loadNestedRow();
}

/** Lazy: it stands below the list, where a wide page has room. */
const NodeSquares = optionalPart(() => import('./overview/node-squares.tsx'), 'NodeSquares');

/** Lazy: the list does not wait for it. */
const TrendsReader = optionalPart(() => import('./trend/trends-reader.tsx'), 'TrendsReader');

const NO_TRENDS: Trends = new Map();
const NO_WAITING_DELETIONS: readonly WaitingDeletion[] = [];

interface ClusterListProps {
  /** The virtual cluster that is open beside the list, or in its place. */
  readonly selectedId: string | null;
  /** The element that scrolls the list. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The overview of the fleet, where it stands above the list; null where a wide page has it beside. */
  readonly overview: ReactNode;
}

/** Every virtual cluster, below the overview of the fleet where that stands above. */
export function ClusterList({ selectedId, scroller, overview }: ClusterListProps) {
  const { fleet } = useFleet();
  const session = useSession();
  const unsavedIds = useDraftIds();
  const hasNewDraft = useHasNewDraft();
  const { query, change } = useListQuery();
  const isPrinting = useIsPrinting();
  const heading = useRef<HTMLHeadingElement>(null);
  const filter = useRef<HTMLInputElement>(null);
  const screen = useRef<HTMLDivElement>(null);

  // Typing has priority: with a thousand rows the list may follow a moment later.
  const deferredQuery = useDeferredValue(query);
  const clusters = fleet?.clusters;
  const [trends, setTrends] = useState(NO_TRENDS);
  const hasTrendColumn = useTrendColumn();
  const isLimited = session !== null && session.mayWrite && session.clusters !== null;
  // Null where everything is shown, so that a read of the session moves no row.
  const rights = isLimited && deferredQuery.mine ? session : null;
  const rows = useMemo(
    () =>
      clusters === undefined
        ? []
        : filterAndSortClusters(changeableBy(rights, clusters.values()), deferredQuery, trends),
    [clusters, deferredQuery, trends, rights],
  );
  const pool = fleet?.pool;
  const isSomeWaiting = useMemo(
    () => clusters !== undefined && pool !== undefined && hasWaitingReplacement(clusters.values(), pool),
    [clusters, pool],
  );
  const dead = useMemo(() => knownDead(clusters?.values() ?? []), [clusters]);
  const body = listBody(fleet, rows.length, useListFailing());
  const mayNotWrite = session === null ? null : readOnlyReason(session);
  const hasSquares = overview === null && body.kind === 'rows' && pool !== undefined && isSmall(rows, pool);

  useEffect(() => {
    if (body.kind === 'loading' || selectedId === null) return;
    document.querySelector('tr[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
    // Only once: later the list stays where the reader has scrolled it.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [body.kind === 'loading']);

  const { selectedIds, onChoose, onChooseAll, clearSelection } = useRowSelection(rows);
  const chosen = [...selectedIds].flatMap((id) => clusters?.get(id) ?? []);
  useEscape(screen, clearSelection, chosen.length > 0 && selectedId === null);

  const { column, descending } = query.sort;
  const sort = useMemo(() => ({ column, descending }), [column, descending]);
  const onSort = useCallback((to: Sort) => change({ sort: to }), [change]);

  function clear() {
    change(noFilter);
    filter.current?.focus();
  }

  return (
    <div ref={screen} className={classes['screen']}>
      <header className={classes['head']}>
        <h1 ref={heading} tabIndex={-1}>
          {text.clusters.title}
        </h1>
        {/* Without any virtual cluster it stands where the rows would be. */}
        {body.kind !== 'no-clusters' && (
          <span className={classes['view']}>
            <SegmentedControl
              name="view"
              label={text.matrix.view}
              keys={listViews}
              words={text.matrix.views}
              value={query.view}
              onChange={(view) => change({ view })}
            />
          </span>
        )}
        {body.kind !== 'no-clusters' && <CreateButton mayNotWrite={mayNotWrite} hasDraft={hasNewDraft} />}
      </header>
      {/* A list that can't be read at all says so on every screen. */}
      {session !== null && fleet?.readOnly !== 'list-unreadable' && <ReadOnlyNote session={session} />}
      {overview}
      {body.kind === 'rows' && (hasTrendColumn || query.sort.column === 'trend') && (
        <Suspense fallback={null}>
          <TrendsReader onRead={setTrends} />
        </Suspense>
      )}
      <ListToolbar
        query={query}
        change={change}
        input={filter}
        shown={rows.length}
        all={fleet !== null && fleet.sources.list.readAt !== null ? fleet.clusters.size : null}
        nodeCounts={fleet?.nodeCounts ?? null}
        knownDead={dead}
        hasMine={isLimited}
        deadHelp={isSomeWaiting ? null : text.clusters.deadHelp}
      />
      {body.kind === 'rows' && fleet !== null && deferredQuery.view === 'matrix' && !isPrinting ? (
        <Matrix
          rows={rows}
          clusters={fleet.clusters}
          pool={fleet.pool}
          query={deferredQuery}
          chosen={query.measure}
          change={change}
          selectedId={selectedId}
          hasSquares={hasSquares}
        />
      ) : body.kind === 'rows' || body.kind === 'loading' ? (
        <Table
          rows={body.kind === 'loading' ? null : rows}
          pool={fleet?.pool ?? null}
          trends={trends}
          waiting={fleet?.waiting ?? NO_WAITING_DELETIONS}
          selectedId={selectedId}
          chosenIds={selectedIds}
          onChoose={onChoose}
          onChooseAll={onChooseAll}
          unsavedIds={unsavedIds}
          sort={sort}
          onSort={onSort}
          stateFailure={fleet?.sources.state.failure?.reason ?? null}
          mayNotWrite={mayNotWrite}
          scroller={scroller}
          heading={heading}
        />
      ) : (
        <EmptyList body={body} query={deferredQuery} onClear={clear}>
          <CreateButton mayNotWrite={mayNotWrite} hasDraft={hasNewDraft} />
        </EmptyList>
      )}
      {hasSquares && fleet !== null && query.view === 'list' && (
        <Suspense fallback={null}>
          <NodeSquares clusters={rows} pool={fleet.pool} />
        </Suspense>
      )}
      {chosen.length > 0 && fleet !== null && deferredQuery.view === 'list' && (
        <SelectionBar
          clusters={chosen}
          hidden={chosen.length - rows.filter(({ id }) => selectedIds.has(id)).length}
          pool={fleet.pool}
          clear={clearSelection}
        />
      )}
    </div>
  );
}

/** A list that leaves much of a wide page, and nodes that can be counted at a glance. */
const FEW = { clusters: 12, nodes: 400 } as const;

function isSmall(rows: readonly VirtualCluster[], { templates }: FreePool): boolean {
  const held = rows.reduce((sum, cluster) => sum + nodeCount(cluster), 0);
  const free = templates.reduce((sum, each) => sum + (shownValue(each.free)?.value.count ?? 0), 0);
  return rows.length <= FEW.clusters && held + free <= FEW.nodes;
}

/** Those that somebody with these rights may change; null: all of them. */
function changeableBy(
  rights: Parameters<typeof denialReason>[0] | null,
  clusters: Iterable<VirtualCluster>,
): Iterable<VirtualCluster> {
  return rights === null ? clusters : [...clusters].filter(({ id }) => denialReason(rights, id) === null);
}
