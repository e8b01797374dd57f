import type { NodeJob } from '../contract/nodes.ts';
import { current, known, unknown, type Fact } from '../domain/fact.ts';
import type { ReadModel } from './read-model.ts';

/** The jobs whose supervisor runs on a node (fact 24); unknown while Ray doesn't tell its supervisors. */
export function jobsOn(nodeId: string, model: Pick<ReadModel, 'state'>): Fact<readonly NodeJob[]> {
  const supervisors = current(model.state('actors'), 'actors');
  if (!supervisors.known) return supervisors;
  const jobs = current(model.state('jobs'), 'jobs');
  const here = supervisors.value.filter((each) => each.nodeId === nodeId);
  return known(here.map(({ submissionId, clusterId }): NodeJob => {
    const job = jobs.known ? jobs.value.find((each) => each.submissionId === submissionId) : undefined;
    return {
      submissionId,
      status: job !== undefined ? known(job.status, 'jobs') : jobs.known ? unknown('not-offered', 'jobs') : jobs,
      entrypoint: job?.entrypoint ?? null,
      startedAt: job?.startedAt ?? null,
      endedAt: job?.endedAt ?? null,
      supervisorNodeId: nodeId,
      clusterId,
    };
  }), 'actors');
}
