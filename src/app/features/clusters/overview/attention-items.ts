import type { Change } from '../../../../contract/change.ts';
import type { WaitingDeletion } from '../../../../contract/fleet.ts';
import { sourceNames, type SourceName, type UnknownReason } from '../../../../domain/sourced.ts';
import type { JobCluster } from '../../../../domain/fleet.ts';
import { replacementOf } from '../../../../domain/node-replacement.ts';
import type { PageFleet } from '../../../api/page-fleet.ts';
import { leftoverJobClustersOf } from '../../../cluster-ui/leftovers.ts';

/** Something that waits for a person. */
export type AttentionItem =
  | { readonly kind: 'source'; readonly source: SourceName; readonly reason: UnknownReason }
  | { readonly kind: 'outcome'; readonly clusterId: string; readonly count: number }
  | {
      readonly kind: 'replacement';
      readonly clusterId: string;
      /** Templates with dead nodes and none free, with how many are dead. */
      readonly dead: readonly (readonly [templateId: string, dead: number])[];
    }
  /** `nodes`: how many they hold; null where that is not known. */
  | { readonly kind: 'leftover'; readonly clusterId: string; readonly count: number; readonly nodes: number | null }
  | { readonly kind: 'deletion'; readonly waiting: WaitingDeletion };

/**
 * What needs somebody, the most severe first: what can't be read hides all else, then what may have happened, what Ray
 * can't mend by itself, and last what only takes room or waits as asked. `open`: the changes without a final result.
 */
export function attentionItems(
  fleet: Pick<PageFleet, 'clusters' | 'pool' | 'sources' | 'waiting'>,
  open: readonly Change[],
): readonly AttentionItem[] {
  const clusters = [...fleet.clusters.values()];
  return [
    ...failures(fleet.sources),
    ...outcomes(open),
    ...clusters.flatMap((cluster): AttentionItem[] => {
      const waiting = replacementOf(cluster, fleet.pool)?.waiting ?? [];
      const dead = cluster.templates.flatMap((each) =>
        waiting.includes(each.templateId) && each.dead.known ? [[each.templateId, each.dead.value] as const] : [],
      );
      return dead.length === 0 ? [] : [{ kind: 'replacement', clusterId: cluster.id, dead }];
    }),
    ...clusters.flatMap((cluster): AttentionItem[] => {
      const left = leftoverJobClustersOf(cluster);
      return left.length === 0
        ? []
        : [{ kind: 'leftover', clusterId: cluster.id, count: left.length, nodes: nodesOf(left) }];
    }),
    ...fleet.waiting.map((waiting): AttentionItem => ({ kind: 'deletion', waiting })),
  ];
}

/** Each source that fails; those for which Ray does not answer at all count as one. */
function failures(sources: PageFleet['sources']): readonly AttentionItem[] {
  const items: AttentionItem[] = [];
  let isUnreachable = false;
  for (const source of sourceNames) {
    const reason = sources[source].failure?.reason;
    if (reason === undefined || (reason === 'unreachable' && isUnreachable)) continue;
    if (reason === 'unreachable') isUnreachable = true;
    items.push({ kind: 'source', source, reason });
  }
  return items;
}

/** Changes that were sent and of which nothing tells yet whether Ray applied them, by virtual cluster. */
function outcomes(open: readonly Change[]): readonly AttentionItem[] {
  const counts = new Map<string, number>();
  for (const { wanted, result } of open) {
    if (result?.kind === 'unknown') counts.set(wanted.clusterId, (counts.get(wanted.clusterId) ?? 0) + 1);
  }
  return [...counts].map(([clusterId, count]) => ({ kind: 'outcome', clusterId, count }));
}

function nodesOf(jobClusters: readonly JobCluster[]): number | null {
  let sum = 0;
  for (const { nodes } of jobClusters) {
    if (!nodes.known) return null;
    for (const { count } of nodes.value) sum += count;
  }
  return sum;
}
