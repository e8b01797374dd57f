import type { FetchHandler } from '../../fetch-handler.ts';

/** A job to start: alone in an indivisible cluster, or in a cluster of its own when it brings replica sets. */
export interface JobRequest {
  readonly clusterId: string;
  readonly replicaSets?: Readonly<Record<string, number>>;
  /** CPUs that one task of it keeps taken; without it the job uses none, and only its supervisor shows. */
  readonly cpus?: number;
}

/** Ids of nodes that died, and of jobs and actors that ended, before this case; it ignores them. */
export interface Preexisting {
  readonly nodes: ReadonlySet<string>;
  readonly jobs: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
}

/**
 * What the cases talk to: a real Ant Ray or the simulator, each with 3 nodes of `4c8g`, 3 of `8c16g`, 2 of
 * `my_node_type`, a head node of the template `head`, and no virtual cluster when a case starts.
 */
export interface Target {
  readonly isReal: boolean;
  readonly ray: FetchHandler;
  readonly preexisting: Preexisting;
  addNodes(templateId: string, count: number): Promise<readonly string[]>;
  /** Kills the raylet; Ray notices later (fact 20). */
  killNode(nodeId: string): Promise<void>;
  /** Stops all of Ray and restarts it with the starting fleet: another session, and no virtual cluster (fact 27). */
  restart(): Promise<void>;
  /** A node of the template that is none of `taken`. */
  freeNode(templateId: string, taken: readonly string[]): Promise<string>;
  /** Milliseconds: the clock's on the simulator, real ones on a real Ray. */
  wait(milliseconds: number): Promise<void>;
  /** Submits a job that runs until `finishJob`; the submission id. It may fail to start, which only the job list shows. */
  startJob(job: JobRequest): Promise<string>;
  finishJob(submissionId: string): Promise<void>;
  /** Different on every call, for reads that bypass Ray's cache (fact 4). */
  unique(): string;
}

/** The fleet that every case starts with. */
export const startingNodes: Readonly<Record<string, number>> = { '4c8g': 3, '8c16g': 3, my_node_type: 2 };
