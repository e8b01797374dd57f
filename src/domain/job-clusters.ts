import { PRIMARY_CLUSTER_ID, splitJobClusterId } from './cluster-id.ts';
import { known, unknown, withoutLast, type Sourced, type Reading } from './sourced.ts';
import type { ClusterJob, JobCluster, UsedBy } from './fleet.ts';
import { groupBy } from './group-by.ts';
import { createJobAttribution } from './job-attribution.ts';
import { countByTemplate } from './replica-sets.ts';
import { isActiveStatus, type ListedCluster, type ListedJob, type StateCluster, type Supervisor } from './sources.ts';

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
 * (fact 24), where these can be right: a supervisor names its own job's cluster, on a node that the parent holds. What the
 * list has is none, whatever it is named (fact 12). A reading begun before a removal was confirmed does not bring the
 * removed cluster back.
 */
export function observeJobClusters(
  running: JobReadings,
  before: KnownJobClusters,
  gone: RemovedIds,
  list: readonly ListedCluster[],
): KnownJobClusters {
  const { state, actors } = running;
  const listed = new Map(list.map((cluster) => [cluster.id, cluster]));
  const isHeldBy = (parentId: string, nodeId: string) =>
    parentId === PRIMARY_CLUSTER_ID
      ? !list.some(({ members }) => members.has(nodeId))
      : listed.get(parentId)?.members.has(nodeId) === true;
  const seen = new Map<string, { readonly nodeIds: readonly string[]; readonly seenAt: number }>();
  const isGone = (id: string, parentId: string, asOf: number) =>
    asOf <= removedAt(gone, id) || asOf <= removedAt(gone, parentId);
  if (state !== null) {
    for (const { id, nodes } of state.value) {
      const parts = splitJobClusterId(id);
      if (parts === null || listed.has(id) || isGone(id, parts.parentId, state.begunAt)) continue;
      seen.set(id, { nodeIds: [...nodes.keys()], seenAt: state.arrivedAt });
    }
    return seen;
  }
  for (const [id, each] of before) {
    const parentId = splitJobClusterId(id)?.parentId ?? '';
    if ((parentId !== PRIMARY_CLUSTER_ID && !listed.has(parentId)) || listed.has(id)) continue;
    if (!isGone(id, parentId, each.seenAt)) seen.set(id, each);
  }
  for (const { submissionId, clusterId, nodeId } of actors?.value ?? []) {
    const parts = splitJobClusterId(clusterId ?? '');
    if (actors === null || clusterId === null || parts === null || isGone(clusterId, parts.parentId, actors.begunAt))
      continue;
    if (listed.has(clusterId) || parts.submissionId !== submissionId || !isHeldBy(parts.parentId, nodeId)) continue;
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
  /** The virtual cluster of the list that holds a node; null: none. */
  readonly holderOf: (nodeId: string) => string | null;
}): (clusterId: string, divisible: boolean) => Sourced<UsedBy> {
  const { seen, state, actors, jobs, templateOf, holderOf } = parts;
  const supervisors = actors.known ? actors.value : [];
  // Of several supervisors with the same submission id, the first counts.
  const supervisorOf = new Map(supervisors.toReversed().map((each) => [each.submissionId, each]));
  const jobsById = new Map(jobs.known ? jobs.value.map((job) => [job.submissionId, job]) : []);
  const byCluster = groupBy(supervisors, (each) => each.clusterId);
  const byParent = groupBy(seen.keys(), (id) => splitJobClusterId(id)?.parentId ?? null);

  const doubtOf = createJobAttribution({
    supervisors,
    jobs: jobs.known ? known(jobsById, jobs.source) : jobs,
    jobClusters: seen,
    isStateKnown: state.known,
    holderOf,
  });

  const jobOf = (submissionId: string, home: string, supervisor: Supervisor | undefined) => {
    const job = toClusterJob(submissionId, jobsById.get(submissionId), jobs, supervisor?.nodeId ?? null);
    const doubt = doubtOf(submissionId, home);
    return doubt === undefined ? job : { ...job, doubt };
  };

  function jobCluster(id: string): JobCluster {
    const { nodeIds, seenAt } = seen.get(id) ?? { nodeIds: [], seenAt: 0 };
    const { submissionId, parentId } = splitJobClusterId(id) ?? { submissionId: '', parentId: '' };
    const supervisor = supervisorOf.get(submissionId);
    const job = jobOf(submissionId, parentId, supervisor);
    const status = withoutLast(job.status);
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
      leftover: status.known ? known(!isActiveStatus(status.value), 'jobs') : status,
      lastSeenAt: state.known || supervisor !== undefined ? null : seenAt,
    };
  }

  return (clusterId, divisible) => {
    const jobClusters = (byParent.get(clusterId) ?? []).map(jobCluster);
    // No job shares a divisible cluster (fact 22), so the state API alone is complete; what was seen earlier shows its age.
    const isComplete = actors.known || (divisible && (state.known || jobClusters.length > 0));
    if (!isComplete) return actors;
    const sharedJobs = (byCluster.get(clusterId) ?? []).map((one) => jobOf(one.submissionId, clusterId, one));
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
