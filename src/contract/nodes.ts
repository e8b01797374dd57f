import * as z from 'zod/mini';
import type { Sourced } from '../domain/sourced.ts';
import type { ClusterJob, FleetNode } from '../domain/fleet.ts';
import { clusterJob, sourced, fleetNode } from './fleet.ts';
import { time } from './values.ts';
import { cellCode, nodePlace, type CellCode, type NodePlace } from './map.ts';

/** A node in the table: as known, with what it is and where it is on the map. Null: it isn't on the map. */
const nodeRow = z.extend(fleetNode, { cell: cellCode, place: z.nullable(nodePlace) });
export type NodeRow = FleetNode & { readonly cell: CellCode; readonly place: NodePlace | null };

/**
 * `GET /api/nodes`: one page of nodes. `total`: how many match the query, over all pages. `version`: the fleet's. `lastKnownAt`:
 * present while Ray is away: when the nodes were read, as they are given here.
 */
export const nodePage = z.object({
  version: z.string(),
  total: z.number(),
  offset: z.number(),
  lastKnownAt: z.optional(time),
  nodes: z.array(nodeRow),
});
export type NodePage = Readonly<Omit<z.infer<typeof nodePage>, 'nodes'>> & { readonly nodes: readonly NodeRow[] };

/** Most nodes in one page. */
export const MAX_NODE_PAGE = 500;

/** Filters by state. `alive` includes used, reserved, idle and arriving nodes. */
export const nodeStates = ['alive', 'used', 'reserved', 'idle', 'arriving', 'dead', 'unknown'] as const;

/** The state with this name, or with the name that older links have for it; undefined for any other text. */
export function parseNodeState(name: string): (typeof nodeStates)[number] | undefined {
  return nodeStates.find((state) => state === (name === 'busy' ? 'used' : name));
}

/**
 * What nodes can be sorted by. Usage: by the share of it that is in use. What isn't known comes last either way.
 * `cluster`: the free pool first, then by id.
 */
export const nodeSorts = ['template', 'id', 'host', 'cluster', 'state', 'cpu', 'gpu', 'memory', 'objectStore'] as const;
export type NodeSort = (typeof nodeSorts)[number];

/** Filters, order and range of a page of nodes; all optional. */
export interface NodeQuery {
  /**
   * Looked for in id, host, template, virtual cluster and job cluster, whatever the case. Where no `sort` is given, nodes
   * of which one of these is all of it come first, then those where one begins with it.
   */
  readonly q?: string;
  /** Exactly this template; empty for nodes whose template isn't known. */
  readonly template?: string;
  readonly state?: (typeof nodeStates)[number];
  /** Exactly this virtual cluster. */
  readonly cluster?: string;
  /** `true`: nodes of the free pool only, those of no cluster and of no job. */
  readonly free?: boolean;
  /** Else by template, then host, then id. */
  readonly sort?: NodeSort;
  readonly order?: 'asc' | 'desc';
  readonly offset?: number;
  readonly limit?: number;
}

/** A job whose supervisor runs on the node. `clusterId` null: in no virtual cluster that Ray reports. */
const nodeJob = z.extend(clusterJob, { clusterId: z.nullable(z.string()) });
export type NodeJob = ClusterJob & { readonly clusterId: string | null };

/** `GET /api/nodes/{id}` */
export const nodeDetail = z.object({
  version: z.string(),
  lastKnownAt: z.optional(time),
  node: nodeRow,
  jobs: sourced(z.array(nodeJob)),
});
export type NodeDetail = Readonly<Omit<z.infer<typeof nodeDetail>, 'node' | 'jobs'>> & {
  readonly node: NodeRow;
  readonly jobs: Sourced<readonly NodeJob[]>;
};
