import { PRIMARY_CLUSTER_ID, splitJobClusterId } from './cluster-id.ts';
import { known, unknown, type Sourced, type Reading } from './sourced.ts';
import type { ClusterJob, JobCluster, UsedBy } from './fleet.ts';
import { groupBy } from './group-by.ts';
import { countByTemplate } from './replica-sets.ts';
import { isActiveStatus, type ListedJob, type StateCluster, type Supervisor } from './sources.ts';

/** Job clusters by id as last seen: Ray shows a leftover only in its state API (fact 23). Times are ms since 1970. */
export type KnownJobClusters = ReadonlyMap<string, { readonly nodeIds: readonly string[]; readonly seenAt: number }>;

/** Ids of removed job clusters and parents, with when the reply that confirmed the removal arrived, ms since 1970. */
export type RemovedIds = ReadonlyMap<string, number>;

/** The sources that show running jobs. A reading is null while its source fails. */
export interface JobReadings {
  readonly state: Reading<readonly StateCluster[]> | null;
  readonly actors: Reading<readonly Supervisor[]> | null;
}

/**
 * The job clusters in the state API; while it fails (fact 18), those it showed last and those of alive supervisors
 * (fact 24). A reading begun before a removal was confirmed does not bring the removed cluster back.
 */
export function observeJobClusters(
  running: JobReadings,
  before: KnownJobClusters,
  gone: RemovedIds,
  isListed: (clusterId: string) => boolean,
): KnownJobClusters {
  const { state, actors } = running;
  const seen = new Map<string, { readonly nodeIds: readonly string[]; readonly seenAt: number }>();
  const isGone = (id: string, parentId: string, asOf: number) =>
    asOf <= removedAt(gone, id) || asOf <= removedAt(gone, parentId);
  if (state !== null) {
    for (const { id, nodes } of state.value) {
      const parts = splitJobClusterId(id);
      if (parts === null || isGone(id, parts.parentId, state.begunAt)) continue;
      seen.set(id, { nodeIds: [...nodes.keys()], seenAt: state.arrivedAt });
    }
    return seen;
  }
  for (const [id, each] of before) {
    const parentId = splitJobClusterId(id)?.parentId ?? '';
    if (parentId !== PRIMARY_CLUSTER_ID && !isListed(parentId)) continue;
    if (!isGone(id, parentId, each.seenAt)) seen.set(id, each);
  }
  for (const { clusterId, nodeId } of actors?.value ?? []) {
    const parts = splitJobClusterId(clusterId ?? '');
    if (actors === null || clusterId === null || parts === null || isGone(clusterId, parts.parentId, actors.begunAt))
      continue;
    seen.set(clusterId, { nodeIds: seen.get(clusterId)?.nodeIds ?? [nodeId], seenAt: actors.arrivedAt });
  }
  return seen;
}

function removedAt(gone: RemovedIds, id: string): number {
  return gone.get(id) ?? Number.NEGATIVE_INFINITY;
}

/** Drops removals older than both current readings: later readings lack those clusters anyway. */
export function pruneRemoved(gone: RemovedIds, { state, actors }: JobReadings): RemovedIds {
  if (gone.size === 0 || state === null || actors === null) return gone;
  return new Map([...gone].filter(([, at]) => at >= Math.min(state.begunAt, actors.begunAt)));
}

/** Looks up what uses a cluster. `divisible`: jobs get clusters of their own in it, instead of sharing it (fact 22). */
export function createUsageLookup(parts: {
  readonly seen: KnownJobClusters;
  readonly state: Sourced<readonly StateCluster[]>;
  readonly actors: Sourced<readonly Supervisor[]>;
  readonly jobs: Sourced<readonly ListedJob[]>;
  readonly templateOf: (nodeId: string) => string | null;
}): (clusterId: string, divisible: boolean) => Sourced<UsedBy> {
  const { seen, state, actors, jobs, templateOf } = parts;
  const supervisors = actors.known ? actors.value : [];
  // Of several supervisors with the same submission id, the first counts.
  const supervisorOf = new Map(supervisors.toReversed().map((each) => [each.submissionId, each]));
  const jobsById = new Map(jobs.known ? jobs.value.map((job) => [job.submissionId, job]) : []);
  const byCluster = groupBy(supervisors, (each) => each.clusterId);
  const byParent = groupBy(seen.keys(), (id) => splitJobClusterId(id)?.parentId ?? null);

  const jobOf = (submissionId: string, supervisor: Supervisor | undefined) =>
    toClusterJob(submissionId, jobsById.get(submissionId), jobs, supervisor?.nodeId ?? null);

  function jobCluster(id: string): JobCluster {
    const { nodeIds, seenAt } = seen.get(id) ?? { nodeIds: [], seenAt: 0 };
    const submissionId = splitJobClusterId(id)?.submissionId ?? '';
    const supervisor = supervisorOf.get(submissionId);
    const job = jobOf(submissionId, supervisor);
    const held = countByTemplate(nodeIds.map((nodeId) => ({ templateId: templateOf(nodeId) ?? '' })));
    return {
      id,
      submissionId,
      nodes: state.known
        ? known(
            Object.entries(held).map(([templateId, count]) => ({ templateId, count })),
            'state',
          )
        : state,
      job,
      leftover: job.status.known ? known(!isActiveStatus(job.status.value), 'jobs') : job.status,
      lastSeenAt: state.known || supervisor !== undefined ? null : seenAt,
    };
  }

  return (clusterId, divisible) => {
    const jobClusters = (byParent.get(clusterId) ?? []).map(jobCluster);
    // No job shares a divisible cluster (fact 22), so the state API alone is complete; what was seen earlier shows its age.
    const isComplete = actors.known || (divisible && (state.known || jobClusters.length > 0));
    if (!isComplete) return actors;
    const sharedJobs = (byCluster.get(clusterId) ?? []).map((one) => jobOf(one.submissionId, one));
    return known({ jobClusters, jobs: sharedJobs }, state.known && divisible ? 'state' : 'actors');
  };
}

/** A job with its row of the job list. The status is unknown while the list fails or lacks the job. */
export function toClusterJob(
  submissionId: string,
  job: ListedJob | undefined,
  jobs: Sourced<unknown>,
  supervisorNodeId: string | null,
): ClusterJob {
  return {
    submissionId,
    status: job !== undefined ? known(job.status, 'jobs') : jobs.known ? unknown('not-offered', 'jobs') : jobs,
    entrypoint: job?.entrypoint ?? null,
    startedAt: job?.startedAt ?? null,
    endedAt: job?.endedAt ?? null,
    supervisorNodeId,
  };
}
