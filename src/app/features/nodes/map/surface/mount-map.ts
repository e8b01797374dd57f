import type { MapNodes } from '../../../../../contract/map.ts';
import type { Colouring, Grouping, LinkHolder, MapPosition } from '../../../../routing/map-query.ts';
import { sameCell, type Cell } from '../layout/cell-lookup.ts';
import { createMapView } from './create-map-view.ts';
import { listenToGestures } from './gestures.ts';
import { holderOf } from '../layout/layout.ts';
import type { MapUpdates } from './map-updates.ts';
import type { Point } from '../layout/viewport.ts';
import type { MapView } from './map-view-handle.ts';
import { createNodeNames, type NodeNames } from '../paint/node-names.ts';

/** What the pointer is at. */
export interface Hover {
  readonly cell: Cell;
  readonly at: Point;
}

/** The map on its canvases. */
export interface MountedMap {
  readonly view: MapView;
  readonly names: NodeNames;
  /** Selects a cell's node, once its id has loaded. */
  openNode(cell: Cell): void;
  stop(): void;
}

interface MountedMapParts {
  readonly host: HTMLElement;
  readonly cells: HTMLCanvasElement;
  readonly over: HTMLCanvasElement;
  readonly feed: MapUpdates;
  readonly start: { readonly grouping: Grouping; readonly colouring: Colouring; readonly place: MapPosition | null };
  readonly fetchNames: (section: string, from: number, to: number, signal: AbortSignal) => Promise<MapNodes>;
  /** Called with what the pointer is at; null for nothing, also once the map has moved below it. */
  readonly hovered: (hover: Hover | null) => void;
  /** Called for each press; null: not on a node. */
  readonly pressed: (cell: Cell | null) => void;
  readonly selectNode: (id: string) => void;
  readonly selectCard: (card: LinkHolder) => void;
  readonly namesLoaded: () => void;
}

/** Draws the map into its elements, keeps it current, and passes on what the pointer does there. */
export function mountMap(parts: MountedMapParts): MountedMap {
  const { host, cells, over, feed, hovered, start } = parts;
  const { grouping, colouring, place } = start;
  /** A chosen cell whose node is selected once its id has loaded. */
  let picked: Cell | null = null;
  /** The node that was pressed, while the pointer stays at it. */
  let pressedCell: Cell | null = null;

  const names = createNodeNames({
    fetchNames: parts.fetchNames,
    onLoaded() {
      view.namesChanged();
      parts.namesLoaded();
      openPicked();
    },
  });
  const view = createMapView({ host, cells, over, model: feed.model, names, grouping, colouring, place });

  function openPicked(): void {
    const name = picked === null ? null : names.at(picked);
    if (name === null) return;
    picked = null;
    parts.selectNode(name.id);
  }

  function openNode(cell: Cell): void {
    picked = cell;
    openPicked();
  }

  const stopGestures = listenToGestures(host, {
    zoomBy: view.zoomBy,
    panBy: view.panBy,
    hover(at) {
      const under = at === null ? null : view.cellAt(at);
      // The node that was just pressed is described beside the map, so it gets no tip until the pointer has been elsewhere.
      if (!sameCell(under, pressedCell)) pressedCell = null;
      host.dataset['over'] = under !== null ? 'cell' : at !== null && view.groupAt(at) !== null ? 'name' : '';
      hovered(pressedCell !== null || under === null || at === null ? null : { cell: under, at });
    },
    pick(at) {
      const cell = view.cellAt(at);
      const group = view.groupAt(at);
      hovered(null);
      pressedCell = cell;
      parts.pressed(cell);
      if (cell !== null) openNode(cell);
      else if (group !== null) {
        const card = holderOf(group);
        if (card === null) view.showGroup(group);
        else parts.selectCard(card);
      }
    },
  });
  const stopView = view.onViewChange(() => hovered(null));
  const stopFeed = feed.subscribe((move) => move !== null && view.applyMove(move));
  const resizing = new ResizeObserver(() => view.resized());
  resizing.observe(host);
  const theming = new MutationObserver(() => view.themed());
  theming.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });

  return {
    view,
    names,
    openNode,
    stop() {
      stopGestures();
      stopView();
      stopFeed();
      resizing.disconnect();
      theming.disconnect();
      view.stop();
      names.stop();
    },
  };
}
