import { parentIdOf } from '../engine/clusters.ts';
import { inHashOrder, sortedByRank } from '../engine/hash-order.ts';
import { countByTemplate } from '../engine/node-groups.ts';
import { pythonCounts, pythonFloat, pythonObject, pythonRepr, pythonString } from './python-text.ts';
import { hashOf } from '../engine/random.ts';
import { crashReply, shuffledObject, statePage, type SimReply } from './reply.ts';
import { stateSize } from './byte-sizes.ts';
import { keyOrderOf, usedBytes } from '../engine/resource-usage.ts';
import { matchesFilters, MAX_ROWS, type StateQuery } from './state-query.ts';
import { nodeFullTraceback, missingParentTraceback } from './tracebacks.ts';
import { jobClustersOf, PRIMARY_CLUSTER_ID, type SimNode, type SimNodes, type World } from '../engine/world.ts';

/** A row before it is serialized. */
interface Entry {
  readonly id: string;
  readonly divisible: boolean;
  readonly visible: readonly Iterable<SimNode>[];
  readonly undivided: SimNodes;
  /** Whether each child is divisible, by id. */
  readonly children: Map<string, boolean>;
}

/**
 * `GET /api/v0/vclusters` (facts 15 to 18, 20): the primary cluster, virtual clusters and job clusters, never cached.
 * Fails while any node is full (fact 18) or any id has `##` without naming a job cluster (fact 12).
 */
export function stateClustersReply(world: World, options: StateQuery): SimReply {
  const entries = buildEntries(world);
  for (const entry of entries.values()) {
    if (entry.id === PRIMARY_CLUSTER_ID) continue;
    const parentId = entry.id.includes('##') ? parentIdOf(entry.id) : PRIMARY_CLUSTER_ID;
    const parent = entries.get(parentId);
    if (parent === undefined) return crashReply(missingParentTraceback(pythonRepr(parentId)));
    parent.children.set(entry.id, entry.divisible);
  }
  if (world.fullNodeCount > 0) return crashReply(nodeFullTraceback());
  const inOrder = inHashOrder(entries.values(), world.seed);
  const wanted = inOrder.filter((entry) =>
    matchesFilters(options, { virtual_cluster_id: entry.id, divisible: entry.divisible }),
  );
  const rows = wanted.slice(0, options.limit).map((entry) => rowOf(world, entry, options.detail));
  return statePage(
    { total: inOrder.length, afterTruncation: Math.min(inOrder.length, MAX_ROWS), filtered: wanted.length },
    rows,
  );
}

function buildEntries(world: World): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (id: string, divisible: boolean, visible: readonly Iterable<SimNode>[], undivided: SimNodes) => {
    entries.set(id, { id, divisible, visible, undivided, children: new Map() });
  };
  // The primary cluster's visible nodes are those in no virtual cluster.
  const ofJobs = [...world.primaryJobClusters.values()].map(({ nodes }) => nodes);
  add(PRIMARY_CLUSTER_ID, true, [world.freePool, ...ofJobs], world.freePool);
  for (const { id, divisible, nodes, undivided } of world.clusters.values()) add(id, divisible, [nodes], undivided);
  for (const { id, nodes } of jobClustersOf(world)) add(id, false, [nodes], nodes);
  return entries;
}

function rowOf(world: World, entry: Entry, detail: boolean): string {
  const isPrimary = entry.id === PRIMARY_CLUSTER_ID;
  const visible = aliveOf(entry.visible);
  const undivided = aliveOf([entry.undivided]);
  const alive = isPrimary ? [...world.nodes.values()].filter((node) => node.state !== 'dead') : visible;
  const members: (readonly [string, string])[] = [
    ['replica_sets', pythonCounts(countByTemplate(alive))],
    ['virtual_cluster_id', pythonString(entry.id)],
    // "divisble" is Ray's spelling.
    [
      'divided_clusters',
      pythonObject([...entry.children].map(([id, isDivisible]) => [id, isDivisible ? '"divisble"' : '"indivisible"'])),
    ],
    ['divisible', String(entry.divisible)],
    ['undivided_replica_sets', pythonCounts(countByTemplate(undivided))],
    ['resources_usage', isPrimary ? totalUsage(alive) : '{}'],
  ];
  if (detail) {
    const texts = new Map(visible.map((node) => [node, nodeJson(world, node)]));
    const objectOf = (nodes: readonly SimNode[]) =>
      `{${nodes.map((node) => `"${node.id}": ${texts.get(node) ?? nodeJson(world, node)}`).join(', ')}}`;
    members.push(['visible_node_instances', objectOf(visible)], ['undivided_nodes', objectOf(undivided)]);
  }
  return shuffledObject(members, hashOf(entry.id, world.seed));
}

function aliveOf(groups: readonly Iterable<SimNode>[]): readonly SimNode[] {
  return sortedByRank(groups.flatMap((group) => [...group].filter((node) => node.state !== 'dead')));
}

const ZERO_BYTES = '0.000 B';

/** A node with `resources_available`, which holds what is used (fact 16). */
function nodeJson(world: World, node: SimNode): string {
  const { cpus, gpus, memory, objectStore } = node.capacity;
  const total: (readonly [string, string])[] = [[`node:${node.ip}`, '1.0']];
  const used: (readonly [string, string])[] = [[`node:${node.ip}`, '0.0']];
  const usage: (readonly [string, string])[] = [];
  const add = (name: string, totalJson: string, usedJson: string, usageText: string) => {
    total.push([name, totalJson]);
    used.push([name, usedJson]);
    usage.push([name, `"${usageText}"`]);
  };
  if (node.isHead) {
    total.push(['node:__internal_head__', '1.0']);
    used.push(['node:__internal_head__', '0.0']);
  }
  if (cpus !== null) {
    const [all, some] = [pythonFloat(cpus), pythonFloat(node.usedCpus)];
    add('CPU', all, some, `${some} / ${all}`);
  }
  if (gpus !== null) add('GPU', pythonFloat(gpus), '0.0', `0.0 / ${pythonFloat(gpus)}`);
  const bytes = (name: string, amount: number, usedAmount: number) => {
    const [all, some] = [stateSize(amount), stateSize(usedAmount)];
    add(name, `"${all}"`, `"${some}"`, `${some} / ${all}`);
  };
  const held = usedBytes(world, node);
  const order = keyOrderOf(world, node);
  bytes('memory', memory, held.memory);
  bytes('object_store_memory', objectStore, held.objectStore);
  const members: (readonly [string, string])[] = [
    ['hostname', pythonString(node.hostname)],
    ['template_id', pythonString(node.templateId)],
    ['resources_total', shuffledObject(total, order)],
    ['resources_available', shuffledObject(used, order >>> 3)],
    ['is_dead', 'false'],
    ['resources_usage', shuffledObject(usage, order >>> 6)],
  ];
  return world.isLively ? shuffledObject(members, order >>> 9) : pythonObject(members);
}

function totalUsage(nodes: readonly SimNode[]): string {
  const all = { CPU: 0, GPU: 0, memory: 0, object_store_memory: 0 };
  const used = { CPU: 0, GPU: 0 };
  for (const node of nodes) {
    all.CPU += node.capacity.cpus ?? 0;
    all.GPU += node.capacity.gpus ?? 0;
    all.memory += node.capacity.memory;
    all.object_store_memory += node.capacity.objectStore;
    used.CPU += node.usedCpus;
  }
  const members: (readonly [string, string])[] = [];
  if (all.CPU > 0) members.push(['CPU', `"${pythonFloat(used.CPU)} / ${pythonFloat(all.CPU)}"`]);
  if (all.GPU > 0) members.push(['GPU', `"${pythonFloat(used.GPU)} / ${pythonFloat(all.GPU)}"`]);
  members.push(['memory', `"${ZERO_BYTES} / ${stateSize(all.memory)}"`]);
  members.push(['object_store_memory', `"${ZERO_BYTES} / ${stateSize(all.object_store_memory)}"`]);
  return pythonObject(members);
}
