import type { VirtualCluster } from '../../../domain/fleet.ts';
import type { SuggestionRow } from '../../../domain/suggestion.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import type { FreeNodes } from '../../../domain/plan/free-ledger.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import { countOf } from '../../../domain/replica-sets.ts';

/** A virtual cluster that could give idle nodes of what is lacking. */
export interface Donor {
  readonly cluster: VirtualCluster;
  readonly templateId: string;
  readonly idle: number;
  /** How many it would give: no more than are lacking, and than dead members wait for. */
  readonly gives: number;
  /** How many of these Ray gives to dead members of whatever virtual cluster, which it serves first (fact 32). */
  readonly replaces: number;
  /** How many are lacking still. */
  readonly rest: number;
}

/**
 * Who could give what is lacking, the most idle nodes first. Those whose idle nodes are not known are left out. `free`: below zero for
 * dead members that wait.
 */
export function donorsFor(
  rows: readonly Pick<SuggestionRow, 'templateId' | 'asked' | 'becomes' | 'limited'>[],
  clusterId: string,
  clusters: Iterable<VirtualCluster>,
  free: FreeNodes,
): readonly Donor[] {
  const lacking = rows
    .filter(({ limited }) => limited)
    .map(({ templateId, asked, becomes }) => ({
      templateId,
      count: asked - becomes,
      waiting: Math.max(0, -(free.get(templateId) ?? 0)),
    }))
    .filter(({ count }) => count > 0);
  const donors = [...clusters].flatMap((cluster) =>
    cluster.id === clusterId
      ? []
      : lacking.flatMap(({ templateId, count, waiting }): Donor[] => {
          const idle = cluster.templates.find((each) => each.templateId === templateId)?.idle;
          if (idle?.known !== true || idle.value === 0) return [];
          const gives = Math.min(count + waiting, idle.value);
          const replaces = Math.min(waiting, gives);
          return [{ cluster, templateId, idle: idle.value, gives, replaces, rest: count - (gives - replaces) }];
        }),
  );
  return donors.toSorted((one, other) => other.idle - one.idle);
}

/** The donor gives first, then the taker has what it asked for. */
export function goalsOfTaking({ cluster, templateId, gives }: Donor, taker: Goal): readonly Goal[] {
  const held = heldReplicaSetsOf(cluster);
  const to = { ...held, [templateId]: countOf(held, templateId) - gives };
  return [{ clusterId: cluster.id, divisible: cluster.divisible, from: held, to }, taker];
}
