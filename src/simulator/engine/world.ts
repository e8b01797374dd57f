import type { Random } from './random.ts';
import { EventQueue } from './event-queue.ts';
import { NodeGroups } from './node-groups.ts';

/** A node's resources; memory and object store in bytes. */
export interface Capacity {
  /** Null on the head node, which runs no tasks and so counts no CPUs. */
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
  /** Its position where Ray lists nodes in hash order. */
  readonly hashRank: number;
  /** `killed`: dead, but Ray has not noticed and still reports it as alive (fact 20). */
  state: 'alive' | 'killed' | 'dead';
  diedAt: number | null;
  usedCpus: number;
  /** The virtual cluster that it is a member of, if any. */
  cluster: Cluster | null;
  /** The job cluster that holds it, if any; a job cluster's nodes stay members of the parent. */
  jobCluster: JobCluster | null;
  /** Jobs whose supervisor runs on it. */
  readonly supervisedJobs: Set<Job>;
  /** Jobs whose tasks use its CPUs. */
  readonly jobsUsingCpus: Set<Job>;
}

export type SimNodes = NodeGroups<SimNode>;

/** Where jobs run: an indivisible virtual cluster or a job cluster. */
export interface Workplace {
  readonly id: string;
  readonly nodes: SimNodes;
  /** Jobs that have not ended or whose supervisor is still alive: they prevent its removal (fact 10). */
  readonly activeJobs: Set<Job>;
}

export interface Cluster extends Workplace {
  readonly divisible: boolean;
  revision: bigint;
  /** Members in no job cluster: all members of an indivisible cluster. */
  readonly undivided: SimNodes;
  readonly jobClusters: Map<string, JobCluster>;
  /** Its row of the list; null after a change. */
  cachedRow: string | null;
}

export interface JobCluster extends Workplace {
  /** Null for the primary cluster. */
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
  /** CPUs that its one task uses; `all`: a task on each node that uses all free CPUs there. */
  cpus: number | 'all';
  readonly workplace: Workplace | null;
  readonly startedAt: number;
  readonly agentPort: number;
  status: JobStatus;
  message: string;
  endedAt: number | null;
  exitCode: number | null;
  supervisor: Supervisor | null;
  /** The number and process of its Ray driver; null for a job that does not use Ray. */
  driver: { readonly number: number; readonly pid: number } | null;
  /** The CPUs that its tasks use, by node. */
  readonly tasks: Map<SimNode, number>;
}

/** The state of one simulated Ray. `version` grows with every change that a reply could show. */
export interface World {
  readonly seed: number;
  readonly random: Random;
  readonly events: EventQueue;
  readonly sessionName: string;
  readonly nodes: Map<string, SimNode>;
  /** The free pool (fact 15): nodes in no cluster that Ray considers alive. */
  readonly freePool: SimNodes;
  readonly clusters: Map<string, Cluster>;
  /** Job clusters of the primary cluster. */
  readonly primaryJobClusters: Map<string, JobCluster>;
  readonly jobs: Map<string, Job>;
  /** Dead nodes that are still members of a cluster (fact 20). */
  readonly deadMembers: SimNodes;
  /** The number of alive nodes whose CPUs are all used: one is enough to break the state API (fact 18). */
  fullNodeCount: number;
  version: number;
  /** Milliseconds since 1970. */
  now: number;
  lastRevision: bigint;
  driverCount: number;
  hostCount: number;
  isReplacementScheduled: boolean;
  /** Whether memory usage and the order of keys change every second. */
  isLively: boolean;
  /** Whether memory is used on every node then, also where no job uses CPUs: as heavy to read as it can get. */
  isMemoryUsedEverywhere: boolean;
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
    isMemoryUsedEverywhere: false,
  };
}

/** Runs all events due by `now`, each at its own time. */
export function advanceTo(world: World, now: number): void {
  for (;;) {
    const at = world.events.nextAt();
    if (at === null || at > now) break;
    world.now = Math.max(world.now, at);
    world.events.takeNext()?.();
  }
  world.now = Math.max(world.now, now);
}

/** A new revision: the time in nanoseconds, and always greater than the last (fact 3). */
export function nextRevision(world: World): bigint {
  const time = BigInt(Math.floor(world.now)) * 1_000_000n + BigInt(world.random.below(1_000_000));
  world.lastRevision = time > world.lastRevision ? time : world.lastRevision + 1n;
  return world.lastRevision;
}

/** Marks a change that a reply could show, also in the row of `cluster`. */
export function markChanged(world: World, cluster: Cluster | null = null): void {
  world.version += 1;
  if (cluster !== null) cluster.cachedRow = null;
}

/** All job clusters, including those of the primary cluster. */
export function* jobClustersOf(world: World): Generator<JobCluster> {
  yield* world.primaryJobClusters.values();
  for (const cluster of world.clusters.values()) yield* cluster.jobClusters.values();
}
