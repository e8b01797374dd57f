import * as z from 'zod/mini';
import type { ReplicaSets } from '../domain/replica-sets.ts';
import type { StateCluster, StateNode, Usage } from '../domain/sources.ts';
import { readAmount, usageFrom } from './amounts.ts';
import { dictionary, failed, readPage, type Parsed, type Reply } from './reply.ts';

const counts = z.custom<ReplicaSets>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((count) => Number.isInteger(count) && count >= 0),
  'not counts by template',
);

const clusterRow = z.object({
  virtual_cluster_id: z.string(),
  divisible: z.boolean(),
  // Child id to "indivisible" or "divisble", misspelt so: only the ids are used.
  divided_clusters: dictionary,
  visible_node_instances: dictionary,
  undivided_nodes: dictionary,
  undivided_replica_sets: counts,
});

const nodeRow = z.object({
  hostname: z.string(),
  template_id: z.string(),
  is_dead: z.boolean(),
  resources_total: dictionary,
  resources_available: dictionary,
});

/**
 * `/api/v0/vclusters?detail=true`: the primary cluster, whose undivided nodes are the free pool (fact 15), the
 * virtual clusters and the job clusters. `node-full` while a node's CPUs are all used (fact 18), `truncated` past
 * 10,000 rows (fact 17).
 */
export function readState(reply: Reply): Parsed<readonly StateCluster[]> {
  const rows = readPage(clusterRow, reply);
  if (!rows.ok) return rows;
  const clusters: StateCluster[] = [];
  for (const row of rows.value) {
    const nodes = new Map<string, StateNode>();
    for (const [nodeId, each] of Object.entries(row.visible_node_instances)) {
      const node = readNode(each);
      if (node === null) return failed('unreadable', `malformed node ${nodeId.slice(0, 80)}`);
      nodes.set(nodeId, node);
    }
    clusters.push({
      id: row.virtual_cluster_id,
      divisible: row.divisible,
      // Of the primary cluster every virtual cluster is a child; job clusters are those named after their parent.
      jobClusterIds: Object.keys(row.divided_clusters).filter((id) => id.startsWith(`${row.virtual_cluster_id}##`)),
      nodes,
      undividedNodeIds: Object.keys(row.undivided_nodes),
      undivided: row.undivided_replica_sets,
    });
  }
  return { ok: true, value: clusters };
}

function readNode(value: unknown): StateNode | null {
  const node = nodeRow.safeParse(value);
  if (!node.success) return null;
  const usage = readUsage(node.data.resources_total, node.data.resources_available);
  if (usage === null) return null;
  return { hostname: node.data.hostname, templateId: node.data.template_id, isDead: node.data.is_dead, usage };
}

/** `resources_available` is misnamed: it holds what is used (fact 16). */
function readUsage(totals: Readonly<Record<string, unknown>>, useds: Readonly<Record<string, unknown>>): Usage | null {
  return usageFrom((resource) => {
    if (!Object.hasOwn(totals, resource)) return 'none';
    const total = readAmount(totals[resource]);
    const used = readAmount(useds[resource]);
    return total === null || used === null ? 'malformed' : { used, total };
  });
}
