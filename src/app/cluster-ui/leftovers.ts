import type { JobCluster, VirtualCluster } from '../../domain/fleet.ts';

/** Job clusters known to be left over from ended jobs: they still hold nodes (fact 23). */
export function leftoverJobClustersOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly JobCluster[] {
  return usedBy.known ? usedBy.value.jobClusters.filter(({ leftover }) => leftover.known && leftover.value) : [];
}

/** The submission ids of jobs that may still run, including those of job clusters not known to be left over. */
export function runningSubmissionIds({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly string[] {
  if (!usedBy.known) return [];
  const { jobClusters, jobs } = usedBy.value;
  return [
    ...jobClusters
      .filter(({ leftover }) => !(leftover.known && leftover.value))
      .map(({ submissionId }) => submissionId),
    ...jobs.map(({ submissionId }) => submissionId),
  ];
}
