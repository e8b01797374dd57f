import type { VirtualCluster } from '../../../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../../../domain/held-replica-sets.ts';
import type { Goal } from '../../../../domain/plan/plan.ts';
import { countOf, MAX_REPLICAS, replicaSetsOf } from '../../../../domain/replica-sets.ts';

/** What a count means for each of several virtual clusters. */
export const resizeWays = ['set', 'add', 'take'] as const;
export type ResizeWay = (typeof resizeWays)[number];

function resized(held: number, way: ResizeWay, count: number): number {
  switch (way) {
    case 'set':
      return count;
    case 'add':
      return Math.min(MAX_REPLICAS, held + count);
    case 'take':
      return Math.max(0, held - count);
  }
}

/** One template of each virtual cluster; those that have that already are left out. */
export function resizeGoals(
  clusters: readonly VirtualCluster[],
  templateId: string,
  way: ResizeWay,
  count: number,
): readonly Goal[] {
  return clusters.flatMap((cluster): Goal[] => {
    const from = heldReplicaSetsOf(cluster);
    const held = countOf(from, templateId);
    const wanted = resized(held, way, count);
    if (wanted === held) return [];
    const to = replicaSetsOf(new Map(Object.entries(from)).set(templateId, wanted));
    return [{ clusterId: cluster.id, divisible: cluster.divisible, from, to }];
  });
}

export function deletionGoals(clusters: readonly VirtualCluster[]): readonly Goal[] {
  return clusters.map((cluster) => ({
    clusterId: cluster.id,
    divisible: cluster.divisible,
    from: heldReplicaSetsOf(cluster),
    to: null,
  }));
}
