import { known, unknown, type Sourced } from './sourced.ts';
import type { ClusterJob, VirtualCluster } from './fleet.ts';
import { isActiveStatus } from './sources.ts';

/** A job for which Ray keeps nodes in their virtual cluster. */
export interface NodeHolder {
  readonly submissionId: string;
  /** Null for a job that shares the cluster. */
  readonly jobClusterId: string | null;
  /** How many nodes of the template; null where that is not known. */
  readonly count: number | null;
  /** The job has ended, and its job cluster can be released (fact 23). */
  readonly isLeftover: boolean;
}

/**
 * What holds nodes of a template in a virtual cluster, so that they can't go back: the job clusters of a divisible one that
 * have, or may have, some of it; the jobs that may run in an indivisible one, on whatever nodes.
 */
export function nodeHoldersOf({ usedBy }: VirtualCluster, templateId: string): Sourced<readonly NodeHolder[]> {
  if (!usedBy.known) return unknown(usedBy.reason, usedBy.source);
  const { jobClusters, jobs } = usedBy.value;
  const ofJobClusters = jobClusters.map(({ id, submissionId, nodes, leftover }): NodeHolder => {
    const count = nodes.known ? (nodes.value.find((each) => each.templateId === templateId)?.count ?? 0) : null;
    return { submissionId, jobClusterId: id, count, isLeftover: leftover.known && leftover.value };
  });
  const ofJobs = jobs.filter(mayStillRun).map(({ submissionId }): NodeHolder => {
    return { submissionId, jobClusterId: null, count: null, isLeftover: false };
  });
  return known([...ofJobClusters.filter(({ count }) => count !== 0), ...ofJobs], usedBy.source);
}

export function mayStillRun({ status }: ClusterJob): boolean {
  return !status.known || isActiveStatus(status.value);
}
