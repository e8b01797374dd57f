import type { ClusterJob, JobCluster } from '../../domain/fleet.ts';
import { known } from '../../domain/sourced.ts';
import type { ListedJob } from '../../domain/sources.ts';

/** A running job, as Ray lists it. */
export function listedJob(submissionId: string, more: Partial<ListedJob> = {}): ListedJob {
  const read = { entrypoint: 'sleep', message: '', startedAt: 1, endedAt: null, driverNodeId: null };
  return { submissionId, status: 'RUNNING', ...read, ...more };
}

/** A running job, as the fleet has it: all that is known besides is that it runs. */
export function clusterJob(submissionId: string, more: Partial<ClusterJob> = {}): ClusterJob {
  const unread = { entrypoint: null, startedAt: null, endedAt: null, supervisorNodeId: null };
  return { submissionId, status: known('RUNNING', 'jobs'), ...unread, ...more };
}

/** The job cluster of a running job, without nodes, in a virtual cluster. */
export function jobClusterIn(parentId: string, submissionId: string, more: Partial<JobCluster> = {}): JobCluster {
  const running = { nodes: known([], 'state'), job: null, leftover: known(false, 'jobs'), lastSeenAt: null };
  return { id: `${parentId}##${submissionId}`, submissionId, ...running, ...more };
}
