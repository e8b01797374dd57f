import type { Fleet, VirtualCluster } from './fleet.ts';
import { replicaSetsOf, type ReplicaSets } from './replica-sets.ts';
import type { ClusterSnapshot } from './result.ts';

/** The replica sets that a virtual cluster has now: its nodes by template, the dead included (fact 14). */
export function heldReplicaSetsOf(cluster: Pick<VirtualCluster, 'templates'>): ReplicaSets {
  return replicaSetsOf(cluster.templates.map(({ templateId, count }) => [templateId, count]));
}

/** A virtual cluster as it is now, for a change to be based on or compared with. */
export function snapshotOf(cluster: VirtualCluster): ClusterSnapshot {
  return { revision: cluster.revision, replicaSets: heldReplicaSetsOf(cluster), divisible: cluster.divisible };
}

/** The same of a virtual cluster by its ID; null: the fleet has none with it. */
export function snapshotIn({ clusters }: Pick<Fleet, 'clusters'>, clusterId: string): ClusterSnapshot | null {
  const cluster = clusters.get(clusterId);
  return cluster === undefined ? null : snapshotOf(cluster);
}
