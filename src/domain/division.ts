import { splitJobClusterId } from './cluster-id.ts';
import { unknown, type Sourced, type SourceState } from './sourced.ts';
import type { KnownJobClusters } from './job-clusters.ts';
import type { ListedCluster, StateCluster, Supervisor } from './sources.ts';

/** Each listed cluster, and when the first list arrived that had it with this revision and these members, ms since 1970. */
export type SeenClusters = ReadonlyMap<string, { readonly cluster: ListedCluster; readonly since: number }>;

/** The clusters of the list, with the times of those that `before` had alike. `arrivedAt`: when the list did. */
export function observeClusters(list: readonly ListedCluster[], arrivedAt: number, before: SeenClusters): SeenClusters {
  return new Map(
    list.map((cluster) => {
      const known = before.get(cluster.id);
      if (known?.cluster === cluster) return [cluster.id, known];
      const since = known !== undefined && isAlike(known.cluster, cluster) ? known.since : arrivedAt;
      return [cluster.id, { cluster, since }];
    }),
  );
}

function isAlike(one: ListedCluster, other: ListedCluster): boolean {
  if (one.revision !== other.revision || one.members.size !== other.members.size) return false;
  for (const nodeId of one.members.keys()) if (!other.members.has(nodeId)) return false;
  return true;
}

/** Tells of which nodes it is not known whether a job cluster holds them. */
export interface Division {
  /**
   * Why it is not known whether a job cluster holds the cluster's member; null: it is known. `jobClusterId`: the one that
   * held it when last seen. `clusterId` null: a node outside of all virtual clusters.
   */
  doubt(clusterId: string | null, jobClusterId: string | null): Sourced<never> | null;
  /** Whether the cluster is divisible, so that Ray judges its members by their job clusters (fact 31). */
  isDivisible(clusterId: string): boolean;
  /** Whether job clusters may hold dead members of it: those leave the state API, so this can't be known (fact 20). */
  mayHoldDead(clusterId: string): boolean;
}

/**
 * While the state API answers, it shows all job clusters. While it fails (fact 18), a divisible cluster's are those that it
 * showed last, if the cluster still has the revision that it had before that reading began: a job that starts moves it, and
 * so does a release (facts 6, 23). Not where a member has died, as Ray may give a job an undivided member for a dead one
 * without a new revision (fact 33). Otherwise only the job clusters with an alive supervisor are known to be there.
 */
export function judgeDivision(found: {
  readonly listed: SeenClusters;
  readonly state: SourceState<readonly StateCluster[]>;
  readonly supervisors: readonly Supervisor[];
  readonly seen: KnownJobClusters;
  readonly isDead: (nodeId: string) => boolean;
}): Division {
  const { state, listed, seen } = found;
  const why =
    state.failure !== null
      ? unknown(state.failure.reason, 'state')
      : state.last === null
        ? unknown('not-read-yet', 'state')
        : null;
  const parents = new Set([...seen.keys()].map((id) => splitJobClusterId(id)?.parentId));
  // Ray's users choose what an actor names (fact 24): it is believed of a cluster whose node it runs on.
  const running = new Set(
    found.supervisors
      .filter(
        ({ clusterId, submissionId, nodeId }) =>
          clusterId?.endsWith(`##${submissionId}`) === true && seen.get(clusterId)?.nodeIds.includes(nodeId) === true,
      )
      .map(({ clusterId }) => clusterId),
  );
  const begunAt = state.last?.begunAt ?? Number.NEGATIVE_INFINITY;
  const undecided = new Set<string>();
  for (const [id, { cluster, since }] of why === null ? [] : listed) {
    const isAnyDead = parents.has(id) && [...cluster.members.keys()].some(found.isDead);
    if (cluster.divisible && (since > begunAt || isAnyDead)) undecided.add(id);
  }
  return {
    doubt(clusterId, jobClusterId) {
      if (why === null || (jobClusterId !== null && running.has(jobClusterId))) return null;
      if (clusterId === null) return jobClusterId === null ? null : why;
      return undecided.has(clusterId) ? why : null;
    },
    isDivisible: (clusterId) => listed.get(clusterId)?.cluster.divisible ?? false,
    mayHoldDead: (clusterId) => undecided.has(clusterId) || parents.has(clusterId),
  };
}
