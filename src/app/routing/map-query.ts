import type { ShownState } from '../../contract/map.ts';

/** The states of a node, in the order of the legend and of the URL. */
export const SHOWN_STATES = [
  'used',
  'reserved',
  'idle',
  'free',
  'alive',
  'arriving',
  'dead',
  'unknown',
] as const satisfies readonly ShownState[];

/** How the map groups its nodes. */
export type Grouping = 'cluster' | 'template';

/** What the colour of a node stands for. */
export const COLOURINGS = ['cluster', 'state', 'use'] as const;
export type Colouring = (typeof COLOURINGS)[number];

/** The view of the map that a URL describes. */
export interface MapQuery {
  readonly grouping: Grouping;
  readonly colouring: Colouring;
  /** A wall screen: without controls, on an endless tour of what needs attention. */
  readonly isKiosk: boolean;
  /** The highlighted states; none: all. */
  readonly states: readonly ShownState[];
  readonly q: string;
  /** The virtual cluster, or the free pool, that is selected: its card is ringed, and its details are open. */
  readonly card: LinkHolder | null;
  /** The node whose details are open. */
  readonly node: string | null;
  /** Highlighted nodes, and their holder: set by the links of events. */
  readonly lit: readonly string[];
  readonly holder: LinkHolder | null;
  /** Null: the whole fleet. */
  readonly place: MapPosition | null;
}

/** A virtual cluster (null: the free pool) to bring into view. */
export interface LinkHolder {
  readonly clusterId: string | null;
}

/** CSS pixels a cell, and what is in the middle as a share of the map's width and height: so it means the same in any window. */
export interface MapPosition {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Reads a URL's query; invalid parts are ignored. */
export function readMapQuery(search: string): MapQuery {
  const params = new URLSearchParams(search);
  // Older links name used nodes busy.
  const asked = new Set(
    params
      .get('states')
      ?.split(',')
      .map((name) => (name === 'busy' ? 'used' : name)),
  );
  const [zoom, x, y] = ['z', 'x', 'y'].map((name) => numberOf(params.get(name)));
  const isPlace =
    zoom !== undefined && zoom !== null && zoom > 0 && x !== undefined && x !== null && y !== undefined && y !== null;
  return {
    grouping: params.get('group') === 'template' ? 'template' : 'cluster',
    colouring: COLOURINGS.find((each) => each === params.get('colour')) ?? 'cluster',
    isKiosk: params.get('kiosk') === '1',
    states: SHOWN_STATES.filter((state) => asked.has(state)),
    q: params.get('q')?.trim() ?? '',
    card: cardOf(params),
    node: params.get('node'),
    lit: (params.get('lit') ?? '').split(',').filter((id) => id !== ''),
    holder: parseHolder(params.get('in')),
    place: isPlace ? { zoom, x, y } : null,
  };
}

/** A URL's query with some of the map's parameters changed; others are kept. */
export function withMapQuery(search: string, to: Partial<MapQuery>): string {
  const query = { ...readMapQuery(search), ...to };
  const params = new URLSearchParams(search);
  const put = (name: string, value: string | null) =>
    value === null || value === '' ? params.delete(name) : params.set(name, value);
  put('group', query.grouping === 'template' ? 'template' : null);
  put('colour', query.colouring === 'cluster' ? null : query.colouring);
  put('kiosk', query.isKiosk ? '1' : null);
  put('cluster', query.card?.clusterId ?? null);
  put('pool', query.card !== null && query.card.clusterId === null ? 'selected' : null);
  put('states', query.states.join(','));
  put('q', query.q);
  put('node', query.node);
  put('lit', query.lit.join(','));
  put('in', query.holder === null ? null : formatHolder(query.holder.clusterId));
  put('z', query.place === null ? null : String(rounded(query.place.zoom, 2)));
  put('x', query.place === null ? null : String(rounded(query.place.x, 4)));
  put('y', query.place === null ? null : String(rounded(query.place.y, 4)));
  const written = params.toString();
  return written === '' ? '' : `?${written}`;
}

function cardOf(params: URLSearchParams): LinkHolder | null {
  const clusterId = params.get('cluster');
  if (clusterId !== null && clusterId !== '') return { clusterId };
  return params.has('pool') ? { clusterId: null } : null;
}

/** Prefixed, because a cluster may be named `free`. */
const FREE = 'free';
const CLUSTER_PREFIX = 'cluster:';

/** A virtual cluster, or (null) the free pool, as one word for a URL or an option. */
export function formatHolder(clusterId: string | null): string {
  return clusterId === null ? FREE : CLUSTER_PREFIX + clusterId;
}

/** What `formatHolder` wrote; null for any other text. */
export function parseHolder(value: string | null): LinkHolder | null {
  if (value === FREE) return { clusterId: null };
  return value?.startsWith(CLUSTER_PREFIX) === true ? { clusterId: value.slice(CLUSTER_PREFIX.length) } : null;
}

function numberOf(text: string | null): number | null {
  if (text === null || text.trim() === '') return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
