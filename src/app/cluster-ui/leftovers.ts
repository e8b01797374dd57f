import type { JobCluster, VirtualCluster } from '../../domain/fleet.ts';

/** What ended jobs left behind: their job clusters still hold nodes (fact 23). Those of which it isn't known are left out. */
export function leftoverJobClustersOf({ usedBy }: Pick<VirtualCluster, 'usedBy'>): readonly JobCluster[] {
  return usedBy.known ? usedBy.value.jobClusters.filter(({ leftover }) => leftover.known && leftover.value) : [];
}

/** The submission ids of what may still run: jobs, and job clusters that aren't known to be left over. */
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
