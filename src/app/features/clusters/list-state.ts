import { known, unknown, withoutLast, type Sourced } from '../../../domain/sourced.ts';
import type { FreePool } from '../../../domain/fleet.ts';
import type { PageFleet } from '../../api/page-fleet.ts';

/** What the list shows in the place of its rows. */
export type ListBody =
  | { readonly kind: 'loading' }
  /** Ray's list was never read: a banner says why, and the list must not be called empty. */
  | { readonly kind: 'never-read' }
  | { readonly kind: 'only-head' }
  | { readonly kind: 'no-clusters'; readonly free: Sourced<FreeNodes> }
  | { readonly kind: 'no-match' }
  | { readonly kind: 'rows' };

/** Free nodes over all templates but the head's. `atMost`: an upper bound. */
export interface FreeNodes {
  readonly count: number;
  readonly atMost: boolean;
}

/** `shown`: how many rows match the filter. `isFailing`: the console or Ray's list is known to fail. */
export function listBody(fleet: PageFleet | null, shown: number, isFailing: boolean): ListBody {
  if (fleet === null || fleet.sources.list.readAt === null) return { kind: isFailing ? 'never-read' : 'loading' };
  if (fleet.clusters.size > 0) return { kind: shown === 0 ? 'no-match' : 'rows' };
  if (isOnlyHead(fleet.pool)) return { kind: 'only-head' };
  return { kind: 'no-clusters', free: freeNodes(fleet.pool) };
}

/** Whether the head is the only node alive. */
function isOnlyHead({ templates }: FreePool): boolean {
  const alive = templates.map((each) => each.alive);
  const total = alive.reduce((sum, fact) => sum + (fact.known ? fact.value : Number.NaN), 0);
  return total === 1 && templates.some((each) => each.isHeadTemplate && each.alive.known && each.alive.value === 1);
}

/** All free nodes except those of the head's own template; unknown as soon as one template's count is. */
export function freeNodes({ templates }: FreePool): Sourced<FreeNodes> {
  let sum: Sourced<FreeNodes> | null = null;
  for (const { free, isHeadTemplate } of templates) {
    if (isHeadTemplate) continue;
    if (!free.known) return withoutLast(free);
    const before: FreeNodes = sum?.known === true ? sum.value : { count: 0, atMost: false };
    sum = known({ count: before.count + free.value.count, atMost: before.atMost || free.value.atMost }, free.source);
  }
  return sum ?? unknown('not-read-yet', 'state');
}
