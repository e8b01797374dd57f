import { takeAllFreeCpus, submitJob } from './jobs.ts';
import { countByTemplate } from './node-groups.ts';
import { jobClustersOf, PRIMARY_CLUSTER_ID, type World } from './world.ts';

/**
 * Starts jobs that use all CPUs of every node in a virtual cluster, so that the state API fails (fact 18), and returns
 * their submission ids. The free pool is filled only if there is no virtual cluster.
 */
export function fillNodes(world: World): readonly string[] {
  for (const { activeJobs } of [...jobClustersOf(world)]) for (const job of activeJobs) takeAllFreeCpus(world, job);
  const submissionIds: string[] = [];
  const submit = (clusterId: string, replicaSets: ReadonlyMap<string, number> | null) => {
    submissionIds.push(
      submitJob(world, { entrypoint: 'python fill.py', clusterId, replicaSets, cpus: 'all' }).submissionId,
    );
  };
  for (const { id, divisible, undivided } of [...world.clusters.values()]) {
    const counts = countByTemplate([...undivided].filter((node) => node.state === 'alive'));
    if (counts.size > 0) submit(id, divisible ? counts : null);
  }
  if (submissionIds.length === 0 && world.clusters.size === 0)
    submit(PRIMARY_CLUSTER_ID, new Map(world.freePool.counts()));
  return submissionIds;
}
