import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useConsole } from '../../../../api/console.tsx';
import { text } from '../../../../text/text.ts';
import { cardAnnouncement, CellDescription, cellAnnouncement } from './cell-description.tsx';
import { sameCell, type Cell } from '../layout/cell-lookup.ts';
import { holderOf, type Group } from '../layout/layout.ts';
import { keyAction } from './map-keyboard.ts';
import type { Colouring, Grouping, LinkHolder, MapPosition } from '../../../../routing/map-query.ts';
import classes from './map-surface.module.css';
import { MapTip } from './map-tip.tsx';
import type { MapUpdates } from './map-updates.ts';
import type { MapView } from './map-view-handle.ts';
import { mountMap, type Hover, type MountedMap } from './mount-map.ts';

interface MapSurfaceProps {
  readonly feed: MapUpdates;
  readonly grouping: Grouping;
  readonly colouring: Colouring;
  /** The initial position. */
  readonly place: MapPosition | null;
  readonly takesFocus: boolean;
  readonly ready: (view: MapView | null) => void;
  /** Called when a node is chosen by a click or Enter. */
  readonly select: (id: string) => void;
  /** Called when a card is chosen by a click or Space. */
  readonly selectCard: (card: LinkHolder) => void;
}

/** The drawn map with its pointer and keyboard controls. */
export function MapSurface({
  feed,
  grouping,
  colouring,
  place,
  takesFocus,
  ready,
  select,
  selectCard,
}: MapSurfaceProps) {
  const { api } = useConsole();
  const host = useRef<HTMLDivElement>(null);
  const cells = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const [parts, setParts] = useState<MountedMap | null>(null);
  const [cursor, setCursor] = useState<Cell | null>(null);
  /** The card that the keyboard is at, instead of a node. */
  const [cardCursor, setCardCursor] = useState<Group | null>(null);
  const [hover, setHover] = useState<Hover | null>(null);
  const [, setNamed] = useState(0);
  const helpId = useId();
  const first = useRef({ grouping, colouring, place, ready, select, selectCard });
  useEffect(() => {
    first.current = { grouping, colouring, place, ready, select, selectCard };
  });
  const hasPicture = feed.model.version !== null;

  useEffect(() => {
    if (!hasPicture || host.current === null || cells.current === null || over.current === null) return undefined;
    const mounted = mountMap({
      host: host.current,
      cells: cells.current,
      over: over.current,
      feed,
      start: first.current,
      fetchNames: (section, from, to, signal) => api.mapNodes(section, from, to, signal),
      hovered: (now) =>
        setHover((before) => (before !== null && now !== null && sameCell(before.cell, now.cell) ? before : now)),
      pressed(cell) {
        setCardCursor(null);
        if (cell !== null) setCursor(cell);
      },
      selectNode: (id) => first.current.select(id),
      selectCard: (card) => first.current.selectCard(card),
      namesLoaded: () => setNamed((times) => times + 1),
    });
    setParts(mounted);
    first.current.ready(mounted.view);
    return () => {
      mounted.stop();
      first.current.ready(null);
    };
  }, [api, feed, hasPicture]);

  useEffect(() => parts?.view.setGrouping(grouping), [parts, grouping]);
  useEffect(() => parts?.view.setColouring(colouring), [parts, colouring]);
  useEffect(
    () => parts?.view.setMarks({ cardCursor: cardCursor === null ? null : holderOf(cardCursor) }),
    [parts, cardCursor],
  );
  useEffect(
    () => parts?.view.setMarks({ cursor: cardCursor === null ? cursor : null, hovered: hover?.cell ?? null }),
    [parts, cursor, cardCursor, hover],
  );
  useEffect(() => {
    if (takesFocus) host.current?.focus();
  }, [takesFocus]);

  function pressed(event: KeyboardEvent): void {
    if (parts === null || event.ctrlKey || event.metaKey || event.altKey) return;
    setHover(null);
    const { view } = parts;
    const action = keyAction(event.key, { cell: cursor, card: cardCursor }, view.layout(), feed.model.sections);
    if (action === null) return;
    event.preventDefault();
    switch (action.kind) {
      case 'zoom':
        view.zoomBy(action.factor);
        return;
      case 'fit':
        view.resetView();
        return;
      case 'go':
        setCursor(action.to.cell);
        setCardCursor(action.to.card);
        if (action.to.card !== null) view.revealGroup(action.to.card);
        else if (action.to.cell !== null) view.showCell(action.to.cell, 'reveal');
        return;
      case 'open-node':
        parts.openNode(action.cell);
        return;
      case 'open-card':
        selectCard(action.card);
        return;
    }
  }

  const failure = feed.failure();
  const words = text.map;
  return (
    <>
      {/* Up to a hundred thousand cells can't be elements. Arrow keys move between them, and the status line announces each. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <div
        ref={host}
        className={classes['host']}
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- The arrow keys go from node to node here.
        tabIndex={0}
        aria-label={words.name}
        aria-describedby={helpId}
        onKeyDown={pressed}
      >
        <canvas ref={cells} className={classes['cells']} aria-hidden="true" />
        <canvas ref={over} className={classes['over']} aria-hidden="true" />
        {!hasPicture && (
          <p className={classes['message']}>{failure === null ? words.loading : words.neverCame(failure.message)}</p>
        )}
        {hasPicture && feed.model.sections.size === 0 && <p className={classes['message']}>{words.empty}</p>}
      </div>
      <p id={helpId} className="visually-hidden">
        {words.help}
      </p>
      <p role="status" className="visually-hidden">
        {cardCursor !== null
          ? cardAnnouncement(cardCursor, feed.model)
          : cursor !== null && parts !== null && cellAnnouncement(cursor, feed.model, parts.names)}
      </p>
      {hasPicture && failure !== null && (
        <p role="alert" className={classes['stale']}>
          {words.failed(failure.message)}
        </p>
      )}
      {hover !== null && parts !== null && (
        <MapTip at={hover.at} size={parts.view.size()}>
          <CellDescription cell={hover.cell} model={feed.model} names={parts.names} />
        </MapTip>
      )}
    </>
  );
}
