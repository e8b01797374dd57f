import * as z from 'zod/mini';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import type { StateCluster, StateNode, ResourceUse } from '../../domain/sources.ts';
import { sameUsage } from '../../domain/usage-amounts.ts';
import { createUsagePool, readAmount, usageFrom, type UsagePool } from './amounts.ts';
import { boundedSink, MAX_NODES_KEPT } from '../stream/bounded-sink.ts';
import { sharedText } from '../stream/shared-text.ts';
import { createRepeatedMap, type RepeatedMap } from './repeated-map.ts';
import { createNodeLookup } from './node-lookup.ts';
import { pageRows, parseStatePage } from './state-page.ts';
import { validate, dictionary, failed, isObject, type ReplyReader } from './reply.ts';
import { tryParseJson } from '../exact-json.ts';

const counts = z.custom<ReplicaSets>(
  (value) =>
    isObject(value) &&
    Object.values(value).every((count) => typeof count === 'number' && Number.isInteger(count) && count >= 0),
  'not counts by template',
);

const NO_NODES: ReadonlyMap<string, StateNode> = new Map();

/** A node stands in its virtual cluster, in its job cluster, and among the undivided ones of either. */
const NODES_IN_STATE = 3 * MAX_NODES_KEPT;

const clusterRow = z.object({
  virtual_cluster_id: z.string(),
  divisible: z.boolean(),
  // Child id to "indivisible" or "divisble" (sic); only the ids are used.
  divided_clusters: dictionary,
  visible_node_instances: dictionary,
  undivided_nodes: dictionary,
  undivided_replica_sets: counts,
});

/**
 * `/api/v0/vclusters?detail=true`: the primary cluster, whose undivided nodes are the free pool (fact 15), the
 * virtual clusters and the job clusters. `node-full` while a node's CPUs are all used (fact 18), `truncated` past
 * 10,000 rows (fact 17). Each node is parsed by itself as it comes; of the undivided ones only the counts are read. A node that is as
 * in `before`, the reading before, stays the same object.
 */
export function stateReader(before: readonly StateCluster[] | null = null): ReplyReader<readonly StateCluster[]> {
  const known = createNodeLookup((before ?? []).map(({ nodes }) => nodes));
  const pool = createUsagePool();
  const nodesOf: RepeatedMap<StateNode>[] = [];
  let malformed: string | null = null;
  let kept = 0;
  return {
    sink: boundedSink(
      [
        {
          path: [...pageRows, 'visible_node_instances', '*'],
          onValue(nodeId, text, row) {
            kept += 1;
            // Ray's primary cluster comes first, and has the nodes of all others.
            const node = readNode(text, nodesOf[0]?.added(nodeId) ?? known(nodeId), pool);
            if (node === null) malformed ??= nodeId;
            else (nodesOf[row] ??= createRepeatedMap(before?.[row]?.nodes ?? NO_NODES)).set(nodeId, node);
          },
        },
        {
          path: [...pageRows, 'undivided_nodes', '*'],
          onValue: () => undefined,
          keysOnly: true,
        },
      ],
      () => kept,
      NODES_IN_STATE,
    ),
    read(reply) {
      const rows = parseStatePage(reply);
      if (!rows.ok) return rows;
      const clusters: StateCluster[] = [];
      for (const [at, row] of rows.value.entries()) {
        const checked = validate(clusterRow, row);
        if (!checked.ok) return checked;
        const {
          virtual_cluster_id: id,
          divisible,
          divided_clusters,
          undivided_replica_sets: undivided,
        } = checked.value;
        clusters.push({
          id,
          divisible,
          // Every virtual cluster is a child of the primary cluster; job clusters are the children named after their parent.
          jobClusterIds: Object.keys(divided_clusters).filter((childId) => childId.startsWith(`${id}##`)),
          nodes: nodesOf[at]?.build() ?? NO_NODES,
          undivided,
        });
      }
      if (malformed !== null) return failed('unreadable', `malformed node ${malformed.slice(0, 80)}`);
      return { ok: true, value: clusters };
    },
  };
}

/** Without a schema, for speed: it runs once per node of the whole fleet. `known`: returned if the text says the same. */
function readNode(text: string, known: StateNode | undefined, pool: UsagePool): StateNode | null {
  const json = tryParseJson(text);
  if (!isObject(json)) return null;
  const {
    hostname,
    template_id: templateId,
    is_dead: isDead,
    resources_total: totals,
    resources_available: used,
  } = json;
  if (typeof hostname !== 'string' || typeof templateId !== 'string' || typeof isDead !== 'boolean') return null;
  if (!isObject(totals) || !isObject(used)) return null;
  const usage = readUsage(totals, used);
  if (usage === null) return null;
  const isKnown =
    known !== undefined &&
    known.hostname === hostname &&
    known.templateId === templateId &&
    known.isDead === isDead &&
    sameUsage(known.usage, usage);
  return isKnown ? known : { hostname: sharedText(hostname), templateId, isDead, usage: pool.share(usage) };
}

/** `resources_available` is misnamed: it holds what is used (fact 16). */
function readUsage(
  totals: Readonly<Record<string, unknown>>,
  usedByResource: Readonly<Record<string, unknown>>,
): ResourceUse | null {
  return usageFrom((resource) => {
    if (!Object.hasOwn(totals, resource)) return 'none';
    const total = readAmount(totals[resource]);
    const used = readAmount(usedByResource[resource]);
    return total === null || used === null ? 'malformed' : { used, total };
  });
}
