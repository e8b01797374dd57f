import type { Random } from './random.ts';
import { hashOf } from './random.ts';
import { EventQueue } from './event-queue.ts';
import { NodeGroups } from './node-groups.ts';

/** What a node has to give; memory and object store in bytes. */
export interface Capacity {
  /** Null where Ray counts no CPUs: on a head node that takes no work. */
  readonly cpus: number | null;
  readonly gpus: number | null;
  readonly memory: number;
  readonly objectStore: number;
}

export interface SimNode {
  readonly id: string;
  readonly hostname: string;
  readonly ip: string;
  readonly templateId: string;
  readonly isHead: boolean;
  readonly capacity: Capacity;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Where it stands in what Ray gives in the order of a hash. */
  readonly hashRank: number;
  /** `killed`: dead, and Ray has not noticed yet; it passes for alive (fact 20). */
  state: 'alive' | 'killed' | 'dead';
  diedAt: number | null;
  usedCpus: number;
  /** Null: no virtual cluster's. */
  cluster: Cluster | null;
  /** The job cluster that it is in, the parent's member all the same; the primary cluster's job clusters too. */
  jobCluster: JobCluster | null;
  /** Jobs whose supervisor it hosts. */
  readonly supervisedJobs: Set<Job>;
  /** Jobs that use CPUs of it. */
  readonly jobsUsingCpus: Set<Job>;
}

/** Where jobs run: an indivisible virtual cluster or a job cluster. */
export interface Workplace {
  readonly id: string;
  readonly nodes: NodeGroups;
  /** Jobs that are not over, and those whose supervisor still lives: they keep it from being removed. */
  readonly activeJobs: Set<Job>;
}

export interface Cluster extends Workplace {
  readonly divisible: boolean;
  revision: bigint;
  /** Members in no job cluster; of an indivisible cluster these are all. */
  readonly undivided: NodeGroups;
  readonly jobClusters: Map<string, JobCluster>;
  /** Its row of the list, until it changes. */
  cachedRow: string | null;
}

export interface JobCluster extends Workplace {
  /** Null: the primary cluster. */
  readonly parent: Cluster | null;
}

type JobStatus = 'PENDING' | 'RUNNING' | 'STOPPED' | 'SUCCEEDED' | 'FAILED';

export interface Supervisor {
  readonly actorId: string;
  readonly pid: number;
  readonly node: SimNode;
  /** Why it is dead; null while it lives. */
  death: string | null;
}

export interface Job {
  readonly submissionId: string;
  readonly entrypoint: string;
  /** `batch`, or `team##raysubmit_X` for a job with a cluster of its own. */
  readonly clusterId: string;
  /** CPUs that one task of it keeps taken; `all`: one task a node, each keeping whatever is free there. */
  cpus: number | 'all';
  readonly workplace: Workplace | null;
  readonly startedAt: number;
  readonly agentPort: number;
  status: JobStatus;
  message: string;
  endedAt: number | null;
  exitCode: number | null;
  supervisor: Supervisor | null;
  /** Ray's number for the driver that the job started, and its process: only where a job uses Ray itself. */
  driver: { readonly number: number; readonly pid: number } | null;
  /** The CPUs that its tasks keep, by node. */
  readonly tasks: Map<SimNode, number>;
}

/** All of one simulated Ray. `version` grows with every change that a reply could show. */
export interface World {
  readonly seed: number;
  readonly random: Random;
  readonly events: EventQueue;
  readonly sessionName: string;
  readonly nodes: Map<string, SimNode>;
  /** The free pool: nodes in no virtual cluster and no job cluster that pass for alive. */
  readonly freePool: NodeGroups;
  readonly clusters: Map<string, Cluster>;
  /** Job clusters of the primary cluster. */
  readonly primaryJobClusters: Map<string, JobCluster>;
  readonly jobs: Map<string, Job>;
  /** Dead nodes that a virtual cluster or a job cluster still holds. */
  readonly deadMembers: NodeGroups;
  /** How many alive nodes have all of their CPUs used: one is enough to break the state API (fact 18). */
  fullNodeCount: number;
  version: number;
  /** Milliseconds since 1970. */
  now: number;
  lastRevision: bigint;
  driverCount: number;
  hostCount: number;
  isReplacementScheduled: boolean;
  /** Whether what tasks hold of memory and object stores moves from second to second, and keys come in other orders. */
  isLively: boolean;
}

export const PRIMARY_CLUSTER_ID = 'kPrimaryClusterID';

export function createWorld(seed: number, random: Random, now: number): World {
  const started = new Date(now).toISOString().replace('T', '_').replaceAll(':', '-').replace('Z', '').replace('.', '_');
  return {
    seed,
    random,
    events: new EventQueue(),
    sessionName: `session_${started}${String(random.below(1000)).padStart(3, '0')}_${String(1000 + random.below(60_000))}`,
    nodes: new Map(),
    freePool: new NodeGroups(),
    clusters: new Map(),
    primaryJobClusters: new Map(),
    jobs: new Map(),
    deadMembers: new NodeGroups(),
    fullNodeCount: 0,
    version: 0,
    now,
    lastRevision: 0n,
    driverCount: 1,
    hostCount: 0,
    isReplacementScheduled: false,
    isLively: false,
  };
}

/** Lets everything happen that is due by `now`, each at its own time. */
export function advanceTo(world: World, now: number): void {
  for (;;) {
    const at = world.events.nextAt();
    if (at === null || at > now) break;
    world.now = Math.max(world.now, at);
    world.events.takeNext()?.();
  }
  world.now = Math.max(world.now, now);
}

/** A new revision: the time in nanoseconds, and always beyond the last (fact 3). */
export function nextRevision(world: World): bigint {
  const time = BigInt(Math.floor(world.now)) * 1_000_000n + BigInt(world.random.below(1_000_000));
  world.lastRevision = time > world.lastRevision ? time : world.lastRevision + 1n;
  return world.lastRevision;
}

/** Something that a reply shows has changed, in this virtual cluster's row too. */
export function markChanged(world: World, cluster: Cluster | null = null): void {
  world.version += 1;
  if (cluster !== null) cluster.cachedRow = null;
}

/** Puts a free node into a virtual cluster, a job cluster, or both. */
export function assignNode(world: World, node: SimNode, cluster: Cluster | null, jobCluster: JobCluster | null): void {
  world.freePool.delete(node);
  node.cluster = cluster;
  node.jobCluster = jobCluster;
  cluster?.nodes.add(node);
  if (jobCluster === null) cluster?.undivided.add(node);
  jobCluster?.nodes.add(node);
  markChanged(world, cluster);
}

/** Takes a node out of wherever it is. Back in the pool unless it is dead; a dead one belongs nowhere then. */
export function releaseNode(world: World, node: SimNode): void {
  const { cluster } = node;
  cluster?.nodes.delete(node);
  cluster?.undivided.delete(node);
  node.jobCluster?.nodes.delete(node);
  node.cluster = null;
  node.jobCluster = null;
  if (node.state === 'dead') world.deadMembers.delete(node);
  else world.freePool.add(node);
  markChanged(world, cluster);
}

/** Moves a member between the job cluster of its virtual cluster and the undivided nodes. */
export function moveToJobCluster(world: World, node: SimNode, jobCluster: JobCluster | null): void {
  const { cluster } = node;
  if (cluster === null) return;
  node.jobCluster?.nodes.delete(node);
  cluster.undivided.delete(node);
  node.jobCluster = jobCluster;
  if (jobCluster === null) cluster.undivided.add(node);
  else jobCluster.nodes.add(node);
  markChanged(world, cluster);
}

/** Whether all CPUs of a node that Ray takes for alive are used. */
function isFull(node: SimNode): boolean {
  return (
    node.state !== 'dead' &&
    node.capacity.cpus !== null &&
    node.capacity.cpus > 0 &&
    node.usedCpus >= node.capacity.cpus
  );
}

/** Changes a node's state or use, and keeps count of the full ones. */
export function updateNode(
  world: World,
  node: SimNode,
  change: Partial<Pick<SimNode, 'state' | 'diedAt' | 'usedCpus'>>,
): void {
  const before = isFull(node);
  Object.assign(node, change);
  world.fullNodeCount += Number(isFull(node)) - Number(before);
  markChanged(world);
}

/** Every job cluster, the primary cluster's too. */
export function* jobClustersOf(world: World): Generator<JobCluster> {
  yield* world.primaryJobClusters.values();
  for (const cluster of world.clusters.values()) yield* cluster.jobClusters.values();
}

/** The values in the order of a hash of their ids: any order, the same for the same seed. */
export function inHashOrder<T extends { readonly id: string }>(values: Iterable<T>, seed: number): readonly T[] {
  return [...values]
    .map((value) => ({ value, hash: hashOf(value.id, seed) }))
    .sort((one, other) => one.hash - other.hash || (one.value.id < other.value.id ? -1 : 1))
    .map(({ value }) => value);
}
