import type { FleetSources } from './fleet-sources.ts';
import type { LiveNode, StateCluster, StateNode, SummaryNodes } from './sources.ts';

/** Each source's last reading by node id, also of a source that fails now (see `current`). */
export interface NodeIndex {
  readonly liveness: ReadonlyMap<string, LiveNode>;
  readonly summary: SummaryNodes;
  /** `clusters`: what was indexed, so that an unchanged reading is not indexed again. */
  readonly state: { readonly clusters: readonly StateCluster[]; readonly byId: ReadonlyMap<string, StateNode> };
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

export function emptyIndex(): NodeIndex {
  return { liveness: NONE, summary: NONE, state: { clusters: [], byId: NONE } };
}

/** Indexes the last readings, reusing the parts of `before` whose reading has not changed. */
export function indexNodes(sources: FleetSources, before: NodeIndex): NodeIndex {
  const clusters = sources.state.last?.value ?? [];
  return {
    liveness: sources.liveness.last?.value ?? NONE,
    summary: sources.summary.last?.value ?? NONE,
    state: clusters === before.state.clusters ? before.state : { clusters, byId: nodesOfAll(clusters) },
  };
}

/** Those of the cluster that has all of them, as Ray's primary cluster does (fact 15): one map less in memory. */
function nodesOfAll(clusters: readonly StateCluster[]): ReadonlyMap<string, StateNode> {
  const largest = clusters.reduce<StateCluster['nodes']>(
    (most, { nodes }) => (nodes.size > most.size ? nodes : most),
    NONE,
  );
  if (clusters.every(({ nodes }) => isWithin(nodes, largest))) return largest;
  const byId = new Map<string, StateNode>();
  for (const { nodes } of clusters) for (const [id, node] of nodes) byId.set(id, node);
  return byId;
}

function isWithin(nodes: StateCluster['nodes'], all: StateCluster['nodes']): boolean {
  if (nodes === all) return true;
  for (const [id, node] of nodes) if (all.get(id) !== node) return false;
  return true;
}
