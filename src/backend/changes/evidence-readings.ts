import { expectedStateOf, traitsOf } from '../../domain/change-kinds.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import type { ClusterSnapshot } from '../../domain/result.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import type { JobStatus, ListedCluster, Member } from '../../domain/sources.ts';
import { isLater, type Moment } from '../fleet/moment.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';

/** A cluster of the list, as a change's record keeps it. */
export function toClusterSnapshot(cluster: ListedCluster | null): ClusterSnapshot | null {
  if (cluster === null) return null;
  return {
    revision: cluster.revision,
    replicaSets: countByTemplate(cluster.members.values()),
    divisible: cluster.divisible,
  };
}

/** The change's cluster as read after a moment: null when it was not there, `unread` while nothing was read since. */
export function snapshotSince(
  store: FleetStore,
  request: ChangeRequest,
  since: Moment,
): ClusterSnapshot | null | 'unread' {
  const { clusterId } = request;
  switch (traitsOf(request).evidenceSource) {
    case 'list': {
      const read = store.listMoment();
      return read !== null && isLater(read, since) ? toClusterSnapshot(store.listedCluster(clusterId)) : 'unread';
    }
    case 'state':
      return jobClusterSince(store, clusterId, since);
    case 'jobs':
      return 'unread';
  }
}

/** The state API has no revision of job clusters. */
function jobClusterSince(store: FleetStore, id: string, since: Moment): ClusterSnapshot | null | 'unread' {
  const { last } = store.state('state');
  if (last === null || !store.isReadSince('state', since)) return 'unread';
  const cluster = last.value.find((each) => each.id === id);
  if (cluster === undefined) return null;
  return { revision: NO_REVISION, replicaSets: countByTemplate(cluster.nodes.values()), divisible: cluster.divisible };
}

/** A job's status as `/api/jobs/` gave it after a moment; null: it lists no such job; `unread`: nothing was read since. */
export function jobStatusSince(store: FleetStore, submissionId: string, since: Moment): JobStatus | null | 'unread' {
  const { last } = store.state('jobs');
  if (last === null || !store.isReadSince('jobs', since)) return 'unread';
  return last.value.find((job) => job.submissionId === submissionId)?.status ?? null;
}

/** When the reading that can prove a change counts as begun, ms since 1970; null when there is none yet. */
export function evidenceBegunAt(store: FleetStore, request: ChangeRequest): number | null {
  const source = traitsOf(request).evidenceSource;
  return source === 'list' ? (store.listMoment()?.at ?? null) : (store.state(source).last?.begunAt ?? null);
}

/** Who is in the change's cluster, as far as is known: nobody before a creation. */
export function knownMembers(store: FleetStore, request: ChangeRequest): ReadonlyMap<string, Member> | null {
  const { clusterId } = request;
  switch (traitsOf(request).evidenceSource) {
    case 'list': {
      const expected = expectedStateOf(request);
      const isCreation = expected.kind === 'cluster' && expected.newerThan === null;
      return store.listedCluster(clusterId)?.members ?? (isCreation ? new Map() : null);
    }
    case 'state':
      return store.state('state').last?.value.find((each) => each.id === clusterId)?.nodes ?? null;
    case 'jobs':
      return null;
  }
}
