import { known, type Sourced } from '../../domain/sourced.ts';
import type { FreePool, UsedBy, VirtualCluster } from '../../domain/fleet.ts';
import { parseRevision, type Revision } from '../../domain/revision.ts';
import { templateNodes } from '../../testing/harness/template-nodes.ts';
import { clusterJob, jobClusterIn } from '../../testing/harness/jobs.ts';

/** Short constructors of clusters, pools and revisions for tests. */
export function revisionOf(digits: string): Revision {
  const revision = parseRevision(digits);
  if (revision === null) throw new Error(`${digits} is no revision`);
  return revision;
}

export function clusterOf(
  sets: Readonly<Record<string, number>>,
  more: {
    readonly id?: string;
    readonly revision?: string;
    readonly divisible?: boolean;
    readonly usedBy?: Sourced<UsedBy>;
  } = {},
): VirtualCluster {
  const none = known({ jobClusters: [], jobs: [] }, 'actors');
  return {
    id: more.id ?? 'team',
    divisible: more.divisible ?? false,
    revision: revisionOf(more.revision ?? '1795469080484243902'),
    templates: Object.entries(sets).map(([templateId, count]) =>
      templateNodes(templateId, count, { idle: known(count, 'state') }),
    ),
    usedBy: more.usedBy ?? none,
  };
}

export function usedByJobs(...submissionIds: readonly string[]): Sourced<UsedBy> {
  const jobs = submissionIds.map((id) => clusterJob(id));
  return known({ jobClusters: [], jobs }, 'actors');
}

/** Running jobs with clusters of their own, of so many `gpu_a10` each. */
export function usedByJobClusters(nodes: Readonly<Record<string, number>>): Sourced<UsedBy> {
  const jobClusters = Object.entries(nodes).map(([submissionId, count]) =>
    jobClusterIn('team', submissionId, { nodes: known([{ templateId: 'gpu_a10', count }], 'state') }),
  );
  return known({ jobClusters, jobs: [] }, 'state');
}

/** A pool of so many free nodes by template; `head` is the head node's own. */
export function poolOf(free: Readonly<Record<string, number>>): FreePool {
  return {
    templates: Object.entries(free).map(([templateId, count]) => ({
      templateId,
      free: known({ count, atMost: false }, 'state'),
      alive: known(count, 'liveness'),
      isHeadTemplate: templateId === 'head',
    })),
    jobClusters: known([], 'state'),
  };
}
