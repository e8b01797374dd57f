import type { ClusterJob, JobCluster, VirtualCluster } from '../../domain/fleet.ts';

/** Job clusters known to be left over from ended jobs: they still hold nodes (fact 23). */
export function leftoverJobClustersOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly JobCluster[] {
  return usedBy.known ? usedBy.value.jobClusters.filter(({ leftover }) => leftover.known && leftover.value) : [];
}

/** A job that may still run. `entrypoint`: null where Ray does not say. */
export type RunningJob = Pick<ClusterJob, 'submissionId' | 'entrypoint'>;

/** The jobs that may still run, including those of job clusters not known to be left over. */
export function runningJobsOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly RunningJob[] {
  if (!usedBy.known) return [];
  const { jobClusters, jobs } = usedBy.value;
  return [
    ...jobClusters
      .filter(({ leftover }) => !(leftover.known && leftover.value))
      .map(({ submissionId, job }) => ({ submissionId, entrypoint: job?.entrypoint ?? null })),
    ...jobs,
  ];
}
