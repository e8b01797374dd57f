import { camelCase } from './camel-case.ts';
import { scheduleReplacements } from './node-lifecycle.ts';
import { NODE_REMOVED_MESSAGE } from './job-messages.ts';
import { failJobsOn, resumeWaitingJobs } from './jobs.ts';
import { NodeGroups } from './node-groups.ts';
import { assignNode, moveToJobCluster, releaseNode } from './membership.ts';
import {
  nextRevision,
  PRIMARY_CLUSTER_ID,
  markChanged,
  type Cluster,
  type JobCluster,
  type SimNode,
  type SimNodes,
  type World,
} from './world.ts';

/** A save as Ray's core receives it, after Python has decoded the body. */
export interface SaveRequest {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly replicaSets: ReadonlyMap<string, number>;
  readonly revision: bigint;
}

export type SaveResult =
  | { readonly ok: true; readonly cluster: Cluster }
  /** Nothing has changed (fact 28). `recommended`: for a shortage, a delta by camel-cased template (facts 8, 9). */
  | { readonly ok: false; readonly message: string; readonly recommended: ReadonlyMap<string, number> };

/**
 * Creates or updates a virtual cluster, with Ray's checks in Ray's order (fact 10). All checks come before any change,
 * since a rejected write changes nothing (fact 28). Any non-empty text is an id (fact 29). The cost depends on the size
 * of the change, not of the cluster, unless it shrinks among busy nodes.
 */
export function saveCluster(world: World, request: SaveRequest): SaveResult {
  const refusal = checkRequest(request);
  if (refusal !== null) return refused(refusal);
  const existing = world.clusters.get(request.clusterId) ?? null;
  if (existing !== null) {
    const conflict = checkExisting(existing, request);
    if (conflict !== null) return refused(conflict);
  }
  const leaving =
    existing === null ? { ok: true as const, nodes: [] } : selectNodesToRelease(existing, request.replicaSets);
  if (!leaving.ok) return refused(shortageMessage('remove from'), leaving.found);
  const joining = selectNodesToAdd(world, existing, request.replicaSets);
  if (!joining.ok) return refused(shortageMessage('add to'), joining.found);

  const cluster = existing ?? createCluster(world, request);
  for (const node of leaving.nodes) {
    releaseNode(world, node);
    failJobsOn(world, node, NODE_REMOVED_MESSAGE);
  }
  for (const node of joining.nodes) assignNode(world, node, cluster, null);
  cluster.revision = nextRevision(world);
  markChanged(world, cluster);
  if (joining.nodes.length > 0) resumeWaitingJobs(world, cluster);
  if (leaving.nodes.length > 0) scheduleReplacements(world);
  return { ok: true, cluster };
}

function checkRequest({ clusterId, replicaSets }: SaveRequest): string | null {
  if (clusterId === '') return 'Invalid request, the virtual cluster id is empty.';
  if (clusterId === PRIMARY_CLUSTER_ID) return `Invalid request, ${PRIMARY_CLUSTER_ID} can not be created or updated.`;
  for (const [templateId, count] of replicaSets) {
    if (count < 0) return `Invalid request, replicas(${String(count)}) must >= 0, virtual_cluster_id: ${clusterId}`;
    if (templateId === '') return `Invalid request, template_id is empty, virtual_cluster_id: ${clusterId}`;
  }
  return null;
}

function checkExisting(cluster: Cluster, { clusterId, revision, divisible }: SaveRequest): string | null {
  if (revision !== cluster.revision) {
    return `The revision (${String(revision)}) is expired, the latest revision of the virtual cluster ${clusterId} is ${String(cluster.revision)}`;
  }
  if (divisible !== cluster.divisible) {
    const bit = (value: boolean) => (value ? '1' : '0');
    return `The requested attributes are incompatible with virtual cluster ${clusterId}. expect: (${bit(cluster.divisible)}), actual: (${bit(divisible)}).`;
  }
  return null;
}

type NodeSelection =
  | { readonly ok: true; readonly nodes: readonly SimNode[] }
  | { readonly ok: false; readonly found: ReadonlyMap<string, number> };

/** The members that a smaller request releases: undivided ones without used CPUs, including dead ones (facts 20, 25). */
function selectNodesToRelease(cluster: Cluster, wanted: ReadonlyMap<string, number>): NodeSelection {
  const counts: (readonly [string, number])[] = [];
  for (const [templateId, held] of cluster.nodes.counts()) {
    const less = held - (wanted.get(templateId) ?? 0);
    if (less > 0) counts.push([templateId, less]);
  }
  return selectNodes(counts, cluster.undivided, (node) => node.usedCpus === 0);
}

/** The free nodes that a larger request takes. A template that the cluster lacks counts as growing, even by 0 (fact 8). */
function selectNodesToAdd(world: World, cluster: Cluster | null, wanted: ReadonlyMap<string, number>): NodeSelection {
  const counts: (readonly [string, number])[] = [];
  for (const [templateId, count] of wanted) {
    const held = cluster?.nodes.count(templateId) ?? 0;
    if (held === 0 || count > held) counts.push([templateId, count - held]);
  }
  return selectNodes(counts, world.freePool, () => true);
}

function selectNodes(
  counts: readonly (readonly [string, number])[],
  among: SimNodes,
  canTake: (node: SimNode) => boolean,
): NodeSelection {
  const nodes: SimNode[] = [];
  const found = new Map<string, number>();
  let isShort = false;
  for (const [templateId, count] of counts) {
    const candidates = among.find(templateId, count, canTake);
    nodes.push(...candidates);
    found.set(camelCase(templateId), candidates.length);
    isShort ||= candidates.length < count;
  }
  return isShort ? { ok: false, found } : { ok: true, nodes };
}

function shortageMessage(direction: 'add to' | 'remove from'): string {
  const verb = direction === 'add to' ? 'add' : 'remove';
  return `No enough nodes to ${direction} the virtual cluster. The replica sets that gcs can ${verb} at most are shown below. Use it as a suggestion to adjust your request or cluster.`;
}

function refused(message: string, recommended: ReadonlyMap<string, number> = new Map()): SaveResult {
  return { ok: false, message, recommended };
}

function createCluster(world: World, { clusterId, divisible }: SaveRequest): Cluster {
  const nodes = new NodeGroups<SimNode>();
  const cluster: Cluster = {
    id: clusterId,
    divisible,
    revision: 0n,
    nodes,
    undivided: new NodeGroups(),
    jobClusters: new Map(),
    activeJobs: new Set(),
    cachedRow: null,
  };
  world.clusters.set(clusterId, cluster);
  return cluster;
}

/** Removes a virtual cluster or releases a job cluster (fact 23). Returns Ray's reason for a rejection, or null. */
export function removeCluster(world: World, clusterId: string): string | null {
  if (clusterId === PRIMARY_CLUSTER_ID) return `Invalid request, ${PRIMARY_CLUSTER_ID} can not be removed.`;
  if (clusterId.includes('##')) return releaseJobCluster(world, clusterId);
  const cluster = world.clusters.get(clusterId);
  if (cluster === undefined) return `The logical cluster ${clusterId} does not exist.`;
  if (cluster.jobClusters.size > 0 || cluster.activeJobs.size > 0) {
    // The trailing space is Ray's (fact 10).
    return `The virtual cluster ${clusterId} can not be removed as it is still in use. `;
  }
  world.clusters.delete(clusterId);
  for (const node of [...cluster.nodes]) releaseNode(world, node);
  markChanged(world);
  scheduleReplacements(world);
  return null;
}

/** Any id with `##` is treated as a job cluster, so a virtual cluster with such an id can't be removed (fact 12). */
function releaseJobCluster(world: World, id: string): string | null {
  const parentId = parentIdOf(id);
  const parent = world.clusters.get(parentId) ?? null;
  const failed = (reason: string) => `Failed to remove virtual cluster, ${reason}, virtual cluster id: ${id}`;
  if (parent === null && parentId !== PRIMARY_CLUSTER_ID) return failed('parent cluster not exists');
  if (parent !== null && !parent.divisible) return failed('parent cluster is not divisible');
  const siblings = parent === null ? world.primaryJobClusters : parent.jobClusters;
  const jobCluster = siblings.get(id);
  if (jobCluster === undefined) return `The job cluster ${id} does not exist.`;
  if (jobCluster.activeJobs.size > 0) return failed('job cluster is in use');
  siblings.delete(id);
  releaseNodesOf(world, jobCluster);
  if (parent !== null) {
    parent.revision = nextRevision(world);
    markChanged(world, parent);
  }
  scheduleReplacements(world);
  return null;
}

function releaseNodesOf(world: World, jobCluster: JobCluster): void {
  for (const node of [...jobCluster.nodes]) {
    if (jobCluster.parent === null) releaseNode(world, node);
    else moveToJobCluster(world, node, null);
  }
}

/** `team` of `team##raysubmit_X`. */
export function parentIdOf(id: string): string {
  return id.slice(0, id.indexOf('##'));
}
