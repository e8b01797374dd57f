import type { Session } from '../../../contract/session.ts';
import { mayStop } from '../../../domain/change-policy.ts';
import { denialReason } from '../../api/denial-reason.ts';
import type { ClusterJob, JobCluster, VirtualCluster } from '../../../domain/fleet.ts';
import { isActiveStatus } from '../../../domain/sources.ts';
import { rayDashboardPath } from '../../api/ray-dashboard-path.ts';
import { text } from '../../text/text.ts';
import { action, type Action } from './action.ts';

/** A job in a virtual cluster, or what one left behind. */
export interface PlacedJob {
  readonly submissionId: string;
  readonly clusterId: string;
  readonly job: ClusterJob | null;
  readonly jobCluster: JobCluster | null;
}

/** Everything that is known to run in a virtual cluster, and what ended jobs left behind. */
export function jobsIn({ id, usedBy }: VirtualCluster): readonly PlacedJob[] {
  if (!usedBy.known) return [];
  const { jobClusters, jobs } = usedBy.value;
  return [
    ...jobClusters.map((jobCluster) => ({
      submissionId: jobCluster.submissionId,
      clusterId: id,
      job: jobCluster.job,
      jobCluster,
    })),
    ...jobs.map((job) => ({ submissionId: job.submissionId, clusterId: id, job, jobCluster: null })),
  ];
}

/** What can be done with a job. Stopping and releasing ask in its virtual cluster first. */
export function jobActions(placed: PlacedJob, session: Session | null): readonly Action[] {
  const { submissionId, clusterId, job, jobCluster } = placed;
  const denied = session === null ? null : denialReason(session, clusterId);
  const ask = (id: string, label: string, refusal: string | null) =>
    action(id, label, { kind: 'request', clusterId, request: `ask-about-job ${submissionId}` }, { refusal });
  const runs = job !== null && (!job.status.known || isActiveStatus(job.status.value));
  const isLeftover = jobCluster !== null && jobCluster.leftover.known && jobCluster.leftover.value;
  const url = session?.ray.dashboardUrl ?? null;
  return [
    ...(runs
      ? [
          ask(
            'stop',
            text.remove.stop.menu,
            denied ?? (mayStop(submissionId) ? null : text.panel.usedBy.cannotBeStopped),
          ),
        ]
      : []),
    ...(isLeftover ? [ask('release', text.remove.release.menu, denied)] : []),
    ...(url === null
      ? []
      : [
          action('ray', text.rayDashboard.job, {
            kind: 'visit',
            url: url + rayDashboardPath({ kind: 'job', submissionId }),
          }),
        ]),
  ];
}
