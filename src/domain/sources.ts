import type { ReplicaSets } from './replica-sets.ts';
import type { Revision } from './revision.ts';

/** A node as a virtual cluster's member list gives it. */
export interface Member {
  readonly hostname: string;
  readonly templateId: string;
}

/** A virtual cluster as the management list gives it; `members` by node id, the dead included (fact 20). */
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

/** What a node's tasks have taken of it, in CPUs, GPUs and bytes; null for what the node has none of. */
export interface Usage {
  readonly cpu: Amount | null;
  readonly gpu: Amount | null;
  readonly memory: Amount | null;
  readonly objectStore: Amount | null;
}

/** `/api/v0/nodes`: every node that Ray remembers, with an explicit state. */
export interface LiveNode {
  readonly nodeId: string;
  readonly state: 'alive' | 'dead';
  readonly isHead: boolean;
  /** When it died, milliseconds since 1970. */
  readonly diedAt: number | null;
  readonly message: string | null;
}

/** A node in the state API; these are alive only (fact 20). */
export interface StateNode extends Member {
  readonly isDead: boolean;
  readonly usage: Usage;
}

/** A virtual cluster in the state API: the primary cluster and job clusters appear only here (fact 15). */
export interface StateCluster {
  readonly id: string;
  readonly divisible: boolean;
  readonly jobClusterIds: readonly string[];
  readonly nodes: ReadonlyMap<string, StateNode>;
  /** Members of no child; of the primary cluster this is the free pool, the head included. */
  readonly undividedNodeIds: readonly string[];
  readonly undivided: ReplicaSets;
}

/** `/nodes?view=summary`: the only source of an unassigned node's template while the state API is down. */
export interface SummaryNode {
  readonly nodeId: string;
  readonly state: 'alive' | 'dead';
  readonly hostname: string;
  readonly templateId: string;
  readonly isHead: boolean;
  /** Null where Ray gave no line for the node: it gives them for alive nodes only. */
  readonly usage: Usage | null;
}

/** An alive job supervisor: tells which cluster a job runs in (fact 24). */
export interface Supervisor {
  readonly submissionId: string;
  readonly nodeId: string;
  /** `batch`, or `team##raysubmit_X` for a job with a cluster of its own; null if Ray did not say. */
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

/** Which Ray this is: another session is another Ray (fact 27). */
export interface RayIdentity {
  readonly version: string;
  readonly sessionName: string;
}
