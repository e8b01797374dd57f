import type { Change } from '../../../../contract/change.ts';
import type { WaitingDeletion } from '../../../../contract/fleet.ts';
import { sourceNames, type SourceName, type UnknownReason } from '../../../../domain/sourced.ts';
import type { JobCluster } from '../../../../domain/fleet.ts';
import { isLasting, isUnknowableSince } from '../../../../domain/attention.ts';
import { replacementOf } from '../../../../domain/node-replacement.ts';
import { compareTemplates } from '../../../../domain/replica-sets.ts';
import type { PageFleet } from '../../../api/page-fleet.ts';
import { leftoverJobClustersOf } from '../../../cluster-ui/leftovers.ts';

/** Something that waits for a person, but for `limit`: what stays unknown for as long as this Ray and its fleet are what they are. */
export type AttentionItem =
  | { readonly kind: 'source' | 'limit'; readonly source: SourceName; readonly reason: UnknownReason }
  | { readonly kind: 'outcome' | 'cannot-be-known'; readonly clusterId: string; readonly count: number }
  | {
      readonly kind: 'replacement';
      readonly clusterId: string;
      /** Templates with dead nodes and none free, with how many are dead. */
      readonly dead: readonly (readonly [templateId: string, dead: number])[];
    }
  /** `nodes`: how many they hold; null where that is not known. `first`: the job of one of them. */
  | {
      readonly kind: 'leftover';
      readonly clusterId: string;
      readonly count: number;
      readonly nodes: number | null;
      readonly first: string;
    }
  | { readonly kind: 'deletion'; readonly waiting: WaitingDeletion };

/** The items of one kind. */
export type ItemOf<K extends AttentionItem['kind']> = AttentionItem & { readonly kind: K };

/**
 * What needs somebody, the most severe first: what can't be read hides all else, then what may have happened, what Ray
 * can't repair by itself, then what only takes room or waits as asked, and last what nobody can mend. Of one kind what concerns the
 * most nodes comes first. `changes`: those without a final result, and those of which it can't be known. `since`: from when these are
 * listed, ms since 1970.
 */
export function attentionItems(
  fleet: Pick<PageFleet, 'clusters' | 'pool' | 'sources' | 'waiting'>,
  changes: readonly Change[],
  since: number,
): readonly AttentionItem[] {
  const clusters = [...fleet.clusters.values()];
  const failures = failuresOf(fleet.sources);
  return [
    ...failures.filter(({ kind }) => kind === 'source'),
    ...byCluster(
      'outcome',
      changes.filter(({ result }) => result?.kind === 'unknown'),
    ),
    ...byCluster(
      'cannot-be-known',
      changes.filter((change) => isUnknowableSince(change, since)),
    ),
    ...mostFirst(
      clusters.flatMap((cluster): ItemOf<'replacement'>[] => {
        const waiting = replacementOf(cluster, fleet.pool)?.waiting ?? [];
        const dead = cluster.templates.flatMap((each) =>
          waiting.includes(each.templateId) && each.dead.known ? [[each.templateId, each.dead.value] as const] : [],
        );
        return dead.length === 0 ? [] : [{ kind: 'replacement', clusterId: cluster.id, dead }];
      }),
      deadIn,
    ),
    ...mostFirst(
      clusters.flatMap((cluster): ItemOf<'leftover'>[] => {
        const left = leftoverJobClustersOf(cluster);
        const [first] = left;
        return first === undefined
          ? []
          : [
              {
                kind: 'leftover',
                clusterId: cluster.id,
                count: left.length,
                nodes: nodesOf(left),
                first: first.submissionId,
              },
            ];
      }),
      // What is not known is at least a node of each.
      ({ count, nodes }) => nodes ?? count,
    ),
    ...fleet.waiting.map((waiting): AttentionItem => ({ kind: 'deletion', waiting })),
    ...failures.filter(({ kind }) => kind === 'limit'),
  ];
}

/** By a number, the greatest first; those of the same by their ids, so that the order does not depend on Ray's. */
function mostFirst<T extends { readonly clusterId: string }>(items: readonly T[], sizeOf: (item: T) => number): T[] {
  return items.toSorted((a, b) => sizeOf(b) - sizeOf(a) || compareTemplates(a.clusterId, b.clusterId));
}

/** How many dead nodes of a virtual cluster wait. */
export function deadIn({ dead }: ItemOf<'replacement'>): number {
  return dead.reduce((sum, [, count]) => sum + count, 0);
}

/** Each source that fails; those for which Ray does not answer at all count as one. */
function failuresOf(sources: PageFleet['sources']): readonly AttentionItem[] {
  const items: AttentionItem[] = [];
  let isUnreachable = false;
  for (const source of sourceNames) {
    const reason = sources[source].failure?.reason;
    if (reason === undefined || (reason === 'unreachable' && isUnreachable)) continue;
    if (reason === 'unreachable') isUnreachable = true;
    // Without the list nothing is current, whatever the reason.
    items.push({ kind: isLasting(reason) && source !== 'list' ? 'limit' : 'source', source, reason });
  }
  return items;
}

/** Changes of one kind, counted by virtual cluster. */
function byCluster(kind: 'outcome' | 'cannot-be-known', changes: readonly Change[]): readonly AttentionItem[] {
  const counts = new Map<string, number>();
  for (const { wanted } of changes) counts.set(wanted.clusterId, (counts.get(wanted.clusterId) ?? 0) + 1);
  return [...counts].map(([clusterId, count]) => ({ kind, clusterId, count }));
}

function nodesOf(jobClusters: readonly JobCluster[]): number | null {
  let sum = 0;
  for (const { nodes } of jobClusters) {
    if (!nodes.known) return null;
    for (const { count } of nodes.value) sum += count;
  }
  return sum;
}
