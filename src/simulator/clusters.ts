import { camelCase } from './camel-case.ts';
import { planReplacements } from './fleet.ts';
import { failJobsOf, NODE_TAKEN, seekWork } from './jobs.ts';
import { NodeGroups } from './node-groups.ts';
import {
  attach,
  divide,
  nextRevision,
  PRIMARY,
  release,
  touch,
  type Cluster,
  type JobCluster,
  type SimNode,
  type World,
} from './world.ts';

/** A save as Ray's own core sees it, after Python has read the body. */
export interface SaveWish {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReadonlyMap<string, number>;
  readonly revision: bigint;
}

export type Saved =
  | { readonly ok: true; readonly cluster: Cluster }
  /** `recommended`: a delta by camel-cased template, only of a shortage (facts 8, 9). */
  | { readonly ok: false; readonly message: string; readonly recommended: ReadonlyMap<string, number> };

/**
 * Creates or updates a virtual cluster, with Ray's checks in Ray's order (fact 10). Costs what changes, not what the
 * cluster holds, unless it shrinks among busy nodes.
 */
export function saveCluster(world: World, wish: SaveWish): Saved {
  const refusal = checkRequest(wish);
  if (refusal !== null) return refused(refusal);
  const existing = world.clusters.get(wish.clusterId) ?? null;
  if (existing !== null) {
    const conflict = checkAgainst(existing, wish);
    if (conflict !== null) return refused(conflict);
  }
  const leaving = existing === null ? { ok: true as const, nodes: [] } : findLeaving(existing, wish.replicaSets);
  if (!leaving.ok) return refused(shortage('remove from'), leaving.found);
  const joining = findJoining(world, existing, wish.replicaSets);
  if (!joining.ok) return refused(shortage('add to'), joining.found);

  const cluster = existing ?? createCluster(world, wish);
  for (const node of leaving.nodes) {
    release(world, node);
    failJobsOf(world, node, NODE_TAKEN);
  }
  for (const node of joining.nodes) attach(world, node, cluster, null);
  cluster.revision = nextRevision(world);
  touch(world, cluster);
  if (joining.nodes.length > 0) seekWork(world, cluster);
  if (leaving.nodes.length > 0) planReplacements(world);
  return { ok: true, cluster };
}

function checkRequest({ clusterId, replicaSets }: SaveWish): string | null {
  if (clusterId === '') return 'Invalid request, the virtual cluster id is empty.';
  if (clusterId === PRIMARY) return `Invalid request, ${PRIMARY} can not be created or updated.`;
  for (const [templateId, count] of replicaSets) {
    if (count < 0) return `Invalid request, replicas(${String(count)}) must >= 0, virtual_cluster_id: ${clusterId}`;
    if (templateId === '') return `Invalid request, template_id is empty, virtual_cluster_id: ${clusterId}`;
  }
  return null;
}

function checkAgainst(cluster: Cluster, { clusterId, revision, divisible }: SaveWish): string | null {
  if (revision !== cluster.revision) {
    return `The revision (${String(revision)}) is expired, the latest revision of the virtual cluster ${clusterId} is ${String(cluster.revision)}`;
  }
  if (divisible !== cluster.divisible) {
    const bit = (value: boolean) => (value ? '1' : '0');
    return `The requested attributes are incompatible with virtual cluster ${clusterId}. expect: (${bit(cluster.divisible)}), actual: (${bit(divisible)}).`;
  }
  return null;
}

type Found =
  | { readonly ok: true; readonly nodes: readonly SimNode[] }
  | { readonly ok: false; readonly found: ReadonlyMap<string, number> };

/** The members that a smaller request gives up: only undivided ones whose CPUs nobody uses; dead ones count (fact 25). */
function findLeaving(cluster: Cluster, wanted: ReadonlyMap<string, number>): Found {
  const counts: (readonly [string, number])[] = [];
  for (const [templateId, held] of cluster.nodes.counts()) {
    const less = held - (wanted.get(templateId) ?? 0);
    if (less > 0) counts.push([templateId, less]);
  }
  return find(counts, cluster.undivided, (node) => node.usedCpus === 0);
}

/** The free nodes that a larger request takes. A template that it names and the cluster has not counts, with 0 too. */
function findJoining(world: World, cluster: Cluster | null, wanted: ReadonlyMap<string, number>): Found {
  const counts: (readonly [string, number])[] = [];
  for (const [templateId, count] of wanted) {
    const held = cluster?.nodes.count(templateId) ?? 0;
    if (held === 0 || count > held) counts.push([templateId, count - held]);
  }
  return find(counts, world.free, () => true);
}

function find(
  counts: readonly (readonly [string, number])[],
  among: NodeGroups,
  isWanted: (node: SimNode) => boolean,
): Found {
  const nodes: SimNode[] = [];
  const found = new Map<string, number>();
  let isShort = false;
  for (const [templateId, count] of counts) {
    const some = among.find(templateId, count, isWanted);
    nodes.push(...some);
    found.set(camelCase(templateId), some.length);
    isShort ||= some.length < count;
  }
  return isShort ? { ok: false, found } : { ok: true, nodes };
}

function shortage(direction: 'add to' | 'remove from'): string {
  const verb = direction === 'add to' ? 'add' : 'remove';
  return `No enough nodes to ${direction} the virtual cluster. The replica sets that gcs can ${verb} at most are shown below. Use it as a suggestion to adjust your request or cluster.`;
}

function refused(message: string, recommended: ReadonlyMap<string, number> = new Map()): Saved {
  return { ok: false, message, recommended };
}

function createCluster(world: World, { clusterId, divisible }: SaveWish): Cluster {
  const nodes = new NodeGroups();
  const cluster: Cluster = {
    id: clusterId,
    divisible,
    revision: 0n,
    nodes,
    undivided: new NodeGroups(),
    jobClusters: new Map(),
    users: new Set(),
    row: null,
  };
  world.clusters.set(clusterId, cluster);
  return cluster;
}

/** Removes a virtual cluster, or releases a job's cluster (fact 23): null when done, else Ray's reason. */
export function removeCluster(world: World, clusterId: string): string | null {
  if (clusterId === PRIMARY) return `Invalid request, ${PRIMARY} can not be removed.`;
  if (clusterId.includes('##')) return releaseJobCluster(world, clusterId);
  const cluster = world.clusters.get(clusterId);
  if (cluster === undefined) return `The logical cluster ${clusterId} does not exist.`;
  if (cluster.jobClusters.size > 0 || cluster.users.size > 0) {
    // The blank at the end is Ray's.
    return `The virtual cluster ${clusterId} can not be removed as it is still in use. `;
  }
  world.clusters.delete(clusterId);
  for (const node of [...cluster.nodes]) release(world, node);
  touch(world);
  planReplacements(world);
  return null;
}

/** Whatever has `##` in its id is taken for a job's cluster: a virtual cluster of such a name stays for good (fact 12). */
function releaseJobCluster(world: World, id: string): string | null {
  const parentId = parentIdOf(id);
  const parent = world.clusters.get(parentId) ?? null;
  const failed = (why: string) => `Failed to remove virtual cluster, ${why}, virtual cluster id: ${id}`;
  if (parent === null && parentId !== PRIMARY) return failed('parent cluster not exists');
  if (parent !== null && !parent.divisible) return failed('parent cluster is not divisible');
  const siblings = parent === null ? world.primaryJobClusters : parent.jobClusters;
  const jobCluster = siblings.get(id);
  if (jobCluster === undefined) return `The job cluster ${id} does not exist.`;
  if (jobCluster.users.size > 0) return failed('job cluster is in use');
  siblings.delete(id);
  giveBack(world, jobCluster);
  if (parent !== null) {
    parent.revision = nextRevision(world);
    touch(world, parent);
  }
  planReplacements(world);
  return null;
}

function giveBack(world: World, jobCluster: JobCluster): void {
  for (const node of [...jobCluster.nodes]) {
    if (jobCluster.parent === null) release(world, node);
    else divide(world, node, null);
  }
}

/** `team` of `team##raysubmit_X`. */
export function parentIdOf(id: string): string {
  return id.slice(0, id.indexOf('##'));
}
