import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useConsole } from '../../../api/console.tsx';
import { text } from '../../../text/text.ts';
import { cardAnnouncement, CellDescription, cellAnnouncement } from './cell-description.tsx';
import { moveCard } from './card-cursor.ts';
import { holderOf, type Group, type Layout } from './layout.ts';
import { moveCursor } from './keyboard-cursor.ts';
import type { Cell } from './cell-lookup.ts';
import { listenToGestures } from './gestures.ts';
import { ZOOM_STEP } from './zoom-buttons.tsx';
import type { Colouring, Grouping, LinkHolder } from '../../../routing/map-query.ts';
import type { MapUpdates } from './map-updates.ts';
import classes from './map-surface.module.css';
import type { MapPosition } from '../../../routing/map-query.ts';
import type { MapView, Point } from './map-view-handle.ts';
import { createMapView } from './create-map-view.ts';
import { createNodeNames, type NodeNames } from './node-names.ts';
import { MapTip } from './map-tip.tsx';

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
  const [parts, setParts] = useState<{ readonly view: MapView; readonly names: NodeNames } | null>(null);
  const [cursor, setCursor] = useState<Cell | null>(null);
  /** The card that the keyboard is at, instead of a node. */
  const [cardCursor, setCardCursor] = useState<Group | null>(null);
  const [hover, setHover] = useState<{ readonly cell: Cell; readonly at: Point } | null>(null);
  const [, setNamed] = useState(0);
  /** A chosen cell whose node is selected once its id has loaded. */
  const picked = useRef<Cell | null>(null);
  /** The node that was pressed, while the pointer stays at it. */
  const pressedCell = useRef<Cell | null>(null);
  const helpId = useId();
  const first = useRef({ grouping, colouring, place, ready, select, selectCard });
  useEffect(() => {
    first.current = { grouping, colouring, place, ready, select, selectCard };
  });
  const hasPicture = feed.model.version !== null;

  useEffect(() => {
    if (!hasPicture || host.current === null || cells.current === null || over.current === null) return undefined;
    const element = host.current;
    const open = () => {
      const name = picked.current === null ? null : names.at(picked.current);
      if (name === null) return;
      picked.current = null;
      first.current.select(name.id);
    };
    const names = createNodeNames({
      fetchNames: (section, from, to, signal) => api.mapNodes(section, from, to, signal),
      onLoaded() {
        view.namesChanged();
        setNamed((times) => times + 1);
        open();
      },
    });
    const view = createMapView({
      host: element,
      cells: cells.current,
      over: over.current,
      model: feed.model,
      names,
      grouping: first.current.grouping,
      colouring: first.current.colouring,
      place: first.current.place,
    });
    const stopGestures = listenToGestures(element, {
      zoomBy: view.zoomBy,
      panBy: view.panBy,
      hover(at) {
        const under = at === null ? null : view.cellAt(at);
        // Whoever has just pressed a node reads of it beside the map, until the pointer goes to another one.
        if (!sameCell(under, pressedCell.current)) pressedCell.current = null;
        const cell = pressedCell.current === null ? under : null;
        element.dataset['over'] = under !== null ? 'cell' : at !== null && view.groupAt(at) !== null ? 'name' : '';
        setHover((before) =>
          cell === null || at === null
            ? null
            : before?.cell.section === cell.section && before.cell.slot === cell.slot
              ? before
              : { cell, at },
        );
      },
      pick(at) {
        const cell = view.cellAt(at);
        const group = view.groupAt(at);
        setHover(null);
        pressedCell.current = cell;
        setCardCursor(null);
        if (cell !== null) {
          setCursor(cell);
          picked.current = cell;
          open();
        } else if (group !== null) {
          const card = holderOf(group);
          if (card === null) view.showGroup(group);
          else first.current.selectCard(card);
        }
      },
    });
    const stopView = view.onViewChange(() => setHover(null));
    const stopFeed = feed.subscribe((move) => move !== null && view.applyMove(move));
    const resizing = new ResizeObserver(() => view.resized());
    resizing.observe(element);
    const theming = new MutationObserver(() => view.themed());
    theming.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
    setParts({ view, names });
    first.current.ready(view);
    return () => {
      stopGestures();
      stopView();
      stopFeed();
      resizing.disconnect();
      theming.disconnect();
      view.stop();
      names.stop();
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
    const { view } = parts;
    const layout = view.layout();
    setHover(null);
    if (event.key === '+' || event.key === '=') view.zoomBy(ZOOM_STEP);
    else if (event.key === '-') view.zoomBy(1 / ZOOM_STEP);
    else if (event.key === '0') view.fitAll();
    else if (cardCursor !== null && layout !== null) {
      if (!pressedAtCard(event.key, view, layout, cardCursor)) return;
    } else if (event.key === 'Escape' && cursor !== null && layout?.grouping === 'cluster') {
      setCardCursor(
        layout.groups.find(({ blocks }) => blocks.some(({ section }) => section === cursor.section)) ?? null,
      );
    } else if (event.key === 'Enter' && cursor !== null) {
      const name = parts.names.at(cursor);
      if (name === null) picked.current = cursor;
      else select(name.id);
    } else if (layout !== null) {
      const next = moveCursor(layout, feed.model.sections, cursor, event.key);
      if (next === null) return;
      setCursor(next);
      view.showCell(next, 'reveal');
    } else return;
    event.preventDefault();
  }

  /** Whether the key means something at a card. */
  function pressedAtCard(key: string, view: MapView, layout: Layout, at: Group): boolean {
    const card = holderOf(at);
    if (key === 'Enter') {
      const first = at.blocks[0];
      setCardCursor(null);
      if (first !== undefined)
        setCursor(moveCursor(layout, feed.model.sections, { section: first.section, slot: 0 }, 'Home'));
      return true;
    }
    if (key === ' ' && card !== null) {
      selectCard(card);
      return true;
    }
    if (key === 'Escape') {
      setCardCursor(null);
      setCursor(null);
      return true;
    }
    const next = moveCard(layout, at, key);
    if (next === null) return false;
    setCardCursor(next);
    view.revealGroup(next);
    return true;
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

function sameCell(a: Cell | null, b: Cell | null): boolean {
  return a?.section === b?.section && a?.slot === b?.slot;
}
