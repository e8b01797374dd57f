import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { navigate, useSearch } from 'wouter/use-browser-location';
import { shownNodesLastKnownAt } from '../../../../contract/nodes-last-known.ts';
import { useFleet } from '../../../api/console.tsx';
import { whyDeadNotCounted } from '../../../node-ui/dead-count.ts';
import { text } from '../../../text/text.ts';
import { asOfText } from '../../../ui/time-text.ts';
import { SegmentedControl } from '../../../ui/segmented-control.tsx';
import { NodeSearchBox } from './search/node-search-box.tsx';
import { Kiosk } from './kiosk/kiosk.tsx';
import { holderOf } from './layout/layout.ts';
import { Legend } from './legend/legend.tsx';
import { stateOfCode } from './layout/map-model.ts';
import classes from './map-screen.module.css';
import { MapSurface } from './surface/map-surface.tsx';
import type { MapView } from './surface/map-view-handle.ts';
import {
  COLOURINGS,
  formatHolder,
  readMapQuery,
  withMapQuery,
  type LinkHolder,
  type MapQuery,
} from '../../../routing/map-query.ts';
import { ClusterCard } from './side/cluster-card.tsx';
import { NodeCard } from './side/node-card.tsx';
import { useNodeSearch } from './search/use-node-search.ts';
import { useHighlightedNodes } from './search/use-highlighted-nodes.ts';
import { useJobNames } from './use-job-names.ts';
import { useMapUpdates } from './surface/use-map-updates.ts';
import { useSelectedCard } from './side/use-selected-card.ts';
import { useSelectedNode } from './side/use-selected-node.ts';
import { ZoomButtons } from './zoom-buttons.tsx';

/** How long panning and zooming must pause before the position is written to the URL, ms. */
const URL_DEBOUNCE_MS = 300;

interface MapScreenProps {
  readonly heading: ReactNode;
  readonly takesFocus: boolean;
  /** Stands beside the map. */
  readonly events: ReactNode;
}

/** The node map with its legend, its search, a node's card and what changed lately. Every choice is in the URL. */
export function MapScreen({ heading, takesFocus, events }: MapScreenProps) {
  const search = useSearch();
  const query = useMemo(() => readMapQuery(search), [search]);
  const feed = useMapUpdates();
  const { fleet } = useFleet();
  const lastKnownAt = fleet === null ? null : shownNodesLastKnownAt(fleet.sources);
  const [view, setView] = useState<MapView | null>(null);
  // Runs before the hooks that move the view: the URL must follow their moves.
  useLinkToView(query.isKiosk ? null : view);
  const found = useNodeSearch(query.q, view);
  const lit = useHighlightedNodes(query, view);
  const selected = useSelectedNode(query, view);
  const frame = useRef<HTMLDivElement>(null);

  const hits = query.q === '' ? lit : found.cells;
  useEffect(() => {
    view?.setMarks({ hits, current: query.q === '' ? null : found.cell, selected: selected.cell, card: query.card });
    view?.setDim((code) => {
      const state = stateOfCode(code);
      return hits !== null || (query.states.length > 0 && state !== null && !query.states.includes(state));
    });
  }, [view, hits, found.cell, selected.cell, query.q, query.card, query.states]);

  const jobNames = useJobNames();
  useEffect(() => view?.setJobNames(jobNames), [view, jobNames]);
  useSelectedCard(query, view);

  const select = useCallback((id: string | null) => change({ node: id, card: null }), []);
  const selectCard = useCallback((card: LinkHolder | null) => change({ node: null, card }), []);
  const clear = () => {
    change({ states: [], q: '', lit: [], holder: null });
    focusMap();
  };
  const focusMap = () => frame.current?.querySelector<HTMLElement>('[role="application"]')?.focus();

  return (
    <>
      <div className={classes['tools']}>
        {heading}
        <SegmentedControl
          name="grouping"
          label={text.map.grouping.label}
          isLabelShown
          keys={['cluster', 'template']}
          words={text.map.grouping}
          value={query.grouping}
          onChange={(grouping) => change({ grouping, place: null })}
        />
        <SegmentedControl
          name="colouring"
          label={text.map.colouring.label}
          isLabelShown
          keys={COLOURINGS}
          words={text.map.colouring}
          value={query.colouring}
          onChange={(colouring) => change({ colouring })}
        />
        <NodeSearchBox q={query.q} found={found} change={(q) => change({ q, lit: [], holder: null })} />
      </div>
      <div className={classes['tools']}>
        <Legend
          model={feed.model}
          whyDeadNotCounted={whyDeadNotCounted(fleet?.nodeCounts ?? null)}
          colouring={query.colouring}
          shown={query.states}
          change={(states) => change({ states })}
        />
        {lastKnownAt !== null && <span className="quiet">{asOfText(lastKnownAt)}</span>}
        {(query.lit.length > 0 || query.states.length > 0 || query.q !== '') && (
          <button type="button" className={`link-button ${classes['clear'] ?? ''}`} onClick={clear}>
            {text.map.clear}
          </button>
        )}
        <ZoomButtons view={view} />
      </div>
      <div className={classes['body']} data-kiosk={query.isKiosk}>
        <div ref={frame} className={classes['frame']} data-last-known={lastKnownAt !== null}>
          <MapSurface
            feed={feed}
            grouping={query.grouping}
            colouring={query.colouring}
            place={query.place}
            takesFocus={takesFocus}
            ready={setView}
            select={select}
            selectCard={selectCard}
          />
          {query.isKiosk && lastKnownAt !== null && (
            <p role="status" className={classes['asOf']}>
              {asOfText(lastKnownAt)}
            </p>
          )}
        </div>
        <div className={classes['side']}>
          {query.node !== null && (
            <div className={classes['detail']}>
              <NodeCard
                key={query.node}
                id={query.node}
                detail={selected}
                show={
                  selected.cell === null ? null : () => selected.cell !== null && view?.showCell(selected.cell, 'large')
                }
                close={() => {
                  select(null);
                  focusMap();
                }}
              />
            </div>
          )}
          {query.node === null && query.card !== null && (
            <div className={classes['detail']}>
              <ClusterCard
                key={formatHolder(query.card.clusterId)}
                card={query.card}
                model={feed.model}
                show={query.grouping === 'cluster' ? () => showCard(view, query.card) : null}
                close={() => {
                  selectCard(null);
                  focusMap();
                }}
              />
            </div>
          )}
          {events}
        </div>
      </div>
      {query.isKiosk && <Kiosk model={feed.model} view={view} leave={() => change({ isKiosk: false })} />}
    </>
  );
}

function showCard(view: MapView | null, card: LinkHolder | null): void {
  const group = view?.layout()?.groups.find((each) => card !== null && holderOf(each)?.clusterId === card.clusterId);
  if (group !== undefined) view?.showGroup(group);
}

function change(to: Partial<MapQuery>): void {
  navigate(window.location.pathname + withMapQuery(window.location.search, to), { replace: true });
}

/** Writes the map's position to the URL once panning and zooming pause. */
function useLinkToView(view: MapView | null): void {
  const writePosition = useDebouncedCallback(() => {
    if (view === null) return;
    const next = withMapQuery(window.location.search, { place: view.place() });
    if (next !== window.location.search) navigate(window.location.pathname + next, { replace: true });
  }, URL_DEBOUNCE_MS);
  useEffect(() => view?.onViewChange(writePosition), [view, writePosition]);
}
