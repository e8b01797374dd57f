import type { FleetUpdate } from '../../contract/fleet.ts';
import { perSource, unknown } from '../../domain/sourced.ts';
import type { FleetNode, VirtualCluster } from '../../domain/fleet.ts';
import { NO_REVISION, type Revision } from '../../domain/revision.ts';
import type { FleetSnapshot } from '../../backend/nodes/node-registry.ts';

/** A live node of the free pool, with `more` on top. */
export function nodeOf(id: string, more: Partial<FleetNode> = {}): FleetNode {
  return {
    id,
    hostname: `host-${id}`,
    templateId: '4c8g',
    clusterId: null,
    jobClusterId: null,
    state: 'alive',
    isHead: false,
    usage: unknown('failed', 'state'),
    use: unknown('failed', 'state'),
    ...more,
  };
}

/** The same nodes while the dead ones were alive: a dead node outside of every cluster counts only where its death was observed. */
export function beforeDeath(nodes: readonly FleetNode[]): readonly FleetNode[] {
  return nodes.map((node) => (node.state === 'dead' ? { ...node, state: 'alive' } : node));
}

export function clusterOf(id: string, revision: Revision = NO_REVISION): VirtualCluster {
  return { id, divisible: false, revision, templates: [], usedBy: unknown('not-read-yet', 'actors') };
}

type Sources = FleetUpdate['sources'];
const good = { readAt: 0, failure: null };
const failing = { readAt: 0, failure: { reason: 'failed' as const, since: 0 } };
const never = { readAt: null, failure: null };

/** The state of the sources: all are fine except those named in `fails` and `unread`. */
export function sourcesOf({
  fails = [],
  unread = [],
}: { readonly fails?: readonly (keyof Sources)[]; readonly unread?: readonly (keyof Sources)[] } = {}): Sources {
  return perSource((name) => (fails.includes(name) ? failing : unread.includes(name) ? never : good));
}

/** A snapshot of these nodes and of the clusters that hold them. */
export function snapshotOf(
  nodes: readonly FleetNode[],
  more: Partial<Omit<FleetSnapshot, 'fleet'>> & { readonly clusters?: readonly VirtualCluster[] } = {},
): FleetSnapshot {
  const { clusters, sources = sourcesOf(), at = 0 } = more;
  const holding = [...new Set(nodes.flatMap(({ clusterId }) => clusterId ?? []))].map((id) => clusterOf(id));
  return {
    fleet: {
      nodes: new Map(nodes.map((node) => [node.id, node])),
      clusters: new Map((clusters ?? holding).map((cluster) => [cluster.id, cluster])),
    },
    sources,
    at,
  };
}
