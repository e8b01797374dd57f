import type { NodeQuery } from '../../contract/nodes.ts';
import type { TimelineQuery } from '../../contract/timeline.ts';

/** Every key of the query cache. A shorter key also stands for all longer ones that begin with it, as in `invalidateQueries`. */
export const queryKeys = {
  fleet: ['fleet'],
  session: ['session'],
  rays: ['rays'],
  changes: {
    all: ['changes'],
    uncertain: ['changes', 'open'],
    newest: (clusterId: string | null) => ['changes', 'newest', clusterId],
    marks: (clusterId: string, span: number) => ['changes', 'marks', clusterId, span],
    /** The timeline, which has the changes: page by page, what is newer than them, and what is older. */
    timeline: (query: TimelineQuery) => ['changes', 'timeline', query],
    timelineOf: (clusterId: string) => ['changes', 'timeline-of', clusterId],
    newer: (query: TimelineQuery, after: number) => ['changes', 'newer', query, after],
  },
  /** Not with the changes: what is old is read once. */
  olderTimeline: (query: TimelineQuery, before: string | null, most: number) => ['older', query, before, most],
  nodePages: {
    /** All pages of one cluster's nodes; null: of the whole fleet's. */
    of: (clusterId: string | null) => ['node-pages', clusterId],
    page: (clusterId: string | null, query: Omit<NodeQuery, 'offset' | 'limit'>, page: number) => [
      'node-pages',
      clusterId,
      query,
      page,
    ],
  },
  node: {
    all: ['node'],
    one: (id: string) => ['node', id],
  },
  wholeMap: (version: string) => ['map', version],
  nodeSearch: {
    /** The results for one text, whichever version of the map they are of. */
    of: (q: string) => ['find-nodes', q],
    onMap: (q: string, mapVersion: number) => ['find-nodes', q, mapVersion],
  },
  /** Nodes for the palette. */
  namedNodes: (q: string) => ['named-nodes', q],
  fleetEvents: {
    /** All readings of one epoch. */
    of: (epoch: string | null) => ['lately', epoch],
    upTo: (epoch: string | null, last: number) => ['lately', epoch, last],
  },
  clusterProfile: (clusterId: string, version: number | null) => ['profile', clusterId, version],
  usage: {
    all: ['usage'],
    series: (query: object) => ['usage', 'series', query],
    summary: (query: object) => ['usage', 'summary', query],
    trends: ['usage', 'trends'],
  },
  plans: {
    list: (version: string | null) => ['plans', 'list', version],
    one: (id: string, version: string | null) => ['plans', 'one', id, version],
  },
  rawCluster: (clusterId: string) => ['raw', clusterId],
  simulator: ['simulator'],
} as const;
