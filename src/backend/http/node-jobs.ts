import type { NodeJob } from '../../contract/nodes.ts';
import { current, known, type Sourced } from '../../domain/sourced.ts';
import { toClusterJob } from '../../domain/job-clusters.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';

/** The jobs whose supervisor runs on a node (fact 24); unknown while Ray's supervisors can't be read. */
export function jobsOn(nodeId: string, store: Pick<FleetStore, 'state'>): Sourced<readonly NodeJob[]> {
  const supervisors = current(store.state('actors'), 'actors');
  if (!supervisors.known) return supervisors;
  const jobs = current(store.state('jobs'), 'jobs');
  const here = supervisors.value.filter((each) => each.nodeId === nodeId);
  const listed = (submissionId: string) =>
    jobs.known ? jobs.value.find((each) => each.submissionId === submissionId) : undefined;
  return known(
    here.map(({ submissionId, clusterId }): NodeJob => ({
      ...toClusterJob(submissionId, listed(submissionId), jobs, nodeId),
      clusterId,
    })),
    'actors',
  );
}
