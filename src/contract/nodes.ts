import * as z from 'zod/mini';
import type { FleetNode } from '../domain/fleet.ts';
import { fleetNode } from './fleet.ts';

/** One page of nodes. `total`: how many match the query, over all pages. */
export const nodePage = z.object({
  version: z.string(),
  total: z.number(),
  offset: z.number(),
  nodes: z.array(fleetNode),
});
export type NodePage = Readonly<Omit<z.infer<typeof nodePage>, 'nodes'>> & { readonly nodes: readonly FleetNode[] };

/** The most nodes one page gives. */
export const MAX_NODE_PAGE = 500;

/** What a page of nodes can be asked for: `q` looks in id, host and template; all are optional. */
export interface NodeQuery {
  readonly q?: string;
  readonly template?: string;
  readonly state?: 'alive' | 'dead' | 'unknown' | 'idle' | 'busy';
  readonly offset?: number;
  readonly limit?: number;
}
