import type { ProfileRecord } from './cluster-profile.ts';
import type { Recalled, Sourced } from './sourced.ts';
import type { Revision } from './revision.ts';
import type { JobStatus, ResourceUse } from './sources.ts';

/** One template's nodes in one virtual cluster. */
export interface TemplateNodes {
  readonly templateId: string;
  /** Members including dead ones: what Ray counts as the replica set (facts 14, 20). */
  readonly count: number;
  /** Alive members on which something runs. When all four are known, they sum to `count`. */
  readonly used: Recalled<number>;
  /** Alive members on which nothing runs, and that Ray keeps for a job all the same (facts 22, 25, 31). */
  readonly reserved: Recalled<number>;
  /** Alive members on which nothing runs and that no job holds: what can be taken. */
  readonly idle: Recalled<number>;
  readonly dead: Recalled<number>;
  /** How many Ray would take away, dead ones included (fact 31). `atMost`: an upper bound, as it is not known of some. */
  readonly removable: { readonly count: number; readonly atMost: boolean };
}

/**
 * What an alive node is used for. `used`: its CPUs or GPUs are used, or a job supervisor runs on it. `reserved`: otherwise, and it
 * belongs to a job cluster, or a job of its indivisible cluster holds memory or objects on it. `idle`: neither.
 */
export type NodeUse = 'used' | 'reserved' | 'idle';

/** Why it is not certain in which virtual cluster a job runs (`job-attribution.ts`). */
export const jobDoubts = [
  /** Several are named as the job's, so it belongs to none of them. */
  'contested',
  /** What names the cluster is not confirmed by the job list and the list of members. */
  'unconfirmed',
] as const;
export type JobDoubt = (typeof jobDoubts)[number];

/** A job that runs, or ran, in a virtual cluster. Times are milliseconds since 1970. */
export interface ClusterJob {
  readonly submissionId: string;
  readonly status: Recalled<JobStatus>;
  readonly entrypoint: string | null;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** The node of its supervisor: a shrink may take it while the job runs (fact 25). */
  readonly supervisorNodeId: string | null;
  /** Left out where nothing is doubtful. */
  readonly doubt?: JobDoubt | undefined;
}

/** A job's own cluster inside a divisible one (or inside the primary cluster). */
export interface JobCluster {
  /** `team##raysubmit_X` */
  readonly id: string;
  readonly submissionId: string;
  readonly nodes: Recalled<readonly { readonly templateId: string; readonly count: number }[]>;
  readonly job: ClusterJob | null;
  /** Its job has ended but its nodes are still held (fact 23): `Release` returns them. */
  readonly leftover: Recalled<boolean>;
  /** Null while a current reading shows it; otherwise when it was last seen, milliseconds since 1970. */
  readonly lastSeenAt: number | null;
}

/** What uses a virtual cluster. */
export interface UsedBy {
  readonly jobClusters: readonly JobCluster[];
  /** Jobs that share an indivisible cluster. */
  readonly jobs: readonly ClusterJob[];
}

export interface VirtualCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly revision: Revision;
  /** By template, in display order. */
  readonly templates: readonly TemplateNodes[];
  readonly usedBy: Recalled<UsedBy>;
  /** Who it is for, as the console keeps it; left out: nobody said. Ray knows nothing of it. */
  readonly profile?: ProfileRecord | undefined;
}

/** One template's part of the free pool. */
export interface FreeTemplate {
  readonly templateId: string;
  /** `atMost`: an upper bound, computed without the state API. */
  readonly free: Recalled<{ readonly count: number; readonly atMost: boolean }>;
  /** All alive nodes of the template, wherever they are. */
  readonly alive: Recalled<number>;
  /** Whether the head node has this template: it is in the pool, so a growth may take it (fact 15). */
  readonly isHeadTemplate: boolean;
}

export interface FreePool {
  readonly templates: readonly FreeTemplate[];
  /** Job clusters cut from the primary cluster: no virtual cluster of the list holds them (fact 22). */
  readonly jobClusters: Recalled<readonly JobCluster[]>;
}

export type NodeState = 'alive' | 'dead' | 'unknown';

/** A node, joined from all sources. */
export interface FleetNode {
  readonly id: string;
  readonly hostname: string | null;
  readonly templateId: string | null;
  /** The virtual cluster of the management list that holds it; null when none does. */
  readonly clusterId: string | null;
  readonly jobClusterId: string | null;
  readonly state: NodeState;
  readonly isHead: boolean;
  readonly usage: Sourced<ResourceUse>;
  /** A node of the free pool counts as idle unless a job cluster is known to hold it, as the pool is at most then. */
  readonly use: Sourced<NodeUse>;
}

/** The whole fleet, joined from all sources. */
export interface Fleet {
  readonly clusters: ReadonlyMap<string, VirtualCluster>;
  readonly pool: FreePool;
  readonly nodes: ReadonlyMap<string, FleetNode>;
}
