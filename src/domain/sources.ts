import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';

/** A node in a virtual cluster's list of members. */
export interface Member {
  readonly hostname: string;
  readonly templateId: string;
}

/** A row of `GET /virtual_clusters`; `members` by node id, including dead ones (fact 20). */
export interface ListedCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly revision: Revision;
  readonly members: ReadonlyMap<string, Member>;
}

/** One amount of a node: CPUs, or bytes of memory or object store. */
export interface Amount {
  readonly used: number;
  readonly total: number;
}

/** What a node's tasks use, in CPUs, GPUs and bytes; null for a resource that the node lacks. */
export interface ResourceUse {
  readonly cpu: Amount | null;
  readonly gpu: Amount | null;
  readonly memory: Amount | null;
  readonly objectStore: Amount | null;
}

/** A row of `/api/v0/nodes`, by node id: every node that Ray remembers, with an explicit state (fact 19). */
export interface LiveNode {
  readonly state: 'alive' | 'dead';
  readonly isHead: boolean;
  /** When it died, milliseconds since 1970. */
  readonly diedAt: number | null;
  readonly message: string | null;
}

/** A node in the state API, which shows alive nodes only (fact 20). */
export interface StateNode extends Member {
  readonly isDead: boolean;
  readonly usage: ResourceUse;
}

/** A virtual cluster in the state API: the primary cluster and job clusters appear only here (facts 15, 22). */
export interface StateCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly jobClusterIds: readonly string[];
  readonly nodes: ReadonlyMap<string, StateNode>;
  /** The counts of members of no child; for the primary cluster this is the free pool, including the head (fact 15). */
  readonly undivided: ReplicaSets;
}

/** A row of `/nodes?view=summary`, by node id: the only source of a free node's template while the state API fails (facts 18, 19). */
export interface SummaryNode {
  readonly state: 'alive' | 'dead';
  readonly hostname: string;
  readonly templateId: string;
  readonly isHead: boolean;
  /** Null where Ray reports none: it does so for alive nodes only (fact 19). */
  readonly usage: ResourceUse | null;
}

/** All rows of the summary. Not a map of them, as 100,000 are kept in less memory. */
export interface SummaryNodes {
  readonly size: number;
  keys(): Iterable<string>;
  get(nodeId: string): SummaryNode | undefined;
}

/** An alive job supervisor, which names the cluster that its job runs in (fact 24). */
export interface Supervisor {
  readonly submissionId: string;
  readonly nodeId: string;
  /** `batch`, or `team##raysubmit_X` for a job with a cluster of its own; null if Ray did not report it. */
  readonly clusterId: string | null;
}

export const jobStatuses = ['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** Whether a job with this status may still run. */
export function isActiveStatus(status: JobStatus): boolean {
  return status === 'PENDING' || status === 'RUNNING';
}

/** A job as `/api/jobs/` lists it. Times are milliseconds since 1970. */
export interface ListedJob {
  readonly submissionId: string;
  readonly status: JobStatus;
  readonly entrypoint: string;
  readonly message: string;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly driverNodeId: string | null;
}

/** Which Ray answered: another session is another Ray (fact 27). */
export interface RayIdentity {
  readonly version: string;
  readonly sessionName: string;
}
