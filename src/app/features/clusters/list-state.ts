import { known, unknown, type Sourced, type UnknownReason } from '../../../domain/sourced.ts';
import type { FreePool } from '../../../domain/fleet.ts';
import type { PageFleet } from '../../api/page-fleet.ts';
import type { Freshness } from '../../api/freshness.ts';

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
    if (!free.known) return free;
    const before: FreeNodes = sum?.known === true ? sum.value : { count: 0, atMost: false };
    sum = known({ count: before.count + free.value.count, atMost: before.atMost || free.value.atMost }, free.source);
  }
  return sum ?? unknown('not-read-yet', 'state');
}

/** A banner above the list. Times are milliseconds since 1970; `shownFrom` null: nothing was ever read. */
export type Banner =
  | {
      readonly kind: 'console-unreachable' | 'ray-unreachable' | 'ray-fails';
      readonly since: number;
      readonly shownFrom: number | null;
    }
  | {
      readonly kind: 'ray-unreadable';
      readonly reason: UnknownReason;
      readonly since: number;
      readonly shownFrom: number | null;
    }
  /** This Ray's list can't be read, so nothing may be written (fact 26). */
  | { readonly kind: 'list-unreadable' }
  | { readonly kind: 'stale'; readonly age: number }
  | { readonly kind: 'read-only'; readonly because: string | null };

/** From this age on a banner says that the list is stale, ms. */
const STALE_BANNER_AFTER_MS = 60_000;

/** The banners to show, the worst first. */
export function bannersOf(
  fleet: PageFleet | null,
  freshness: Freshness,
  session: { readonly mayWrite: boolean; readonly mayNotWriteBecause: string | null } | null,
): readonly Banner[] {
  const isUnreadable = fleet?.readOnly === 'list-unreadable';
  const banner = freshnessBannerOf(freshness, fleet?.sources.list.failure?.reason ?? 'unreadable');
  // "The list can't be read as one" already says that it is unreadable.
  const banners: Banner[] = banner === null || (banner.kind === 'ray-unreadable' && isUnreadable) ? [] : [banner];
  if (isUnreadable) banners.push({ kind: 'list-unreadable' });
  else if (session?.mayWrite === false) banners.push({ kind: 'read-only', because: session.mayNotWriteBecause });
  return banners;
}

function freshnessBannerOf(freshness: Freshness, reason: UnknownReason): Banner | null {
  switch (freshness.kind) {
    case 'connecting':
    case 'live':
    case 'cached':
    // The sign-in question covers the whole page.
    case 'signed-out':
      return null;
    case 'slow':
      return freshness.age >= STALE_BANNER_AFTER_MS ? { kind: 'stale', age: freshness.age } : null;
    case 'console-unreachable':
    case 'ray-unreachable':
    case 'ray-fails':
      return { kind: freshness.kind, since: freshness.since, shownFrom: freshness.shownFrom };
    case 'ray-unreadable':
      return { kind: freshness.kind, since: freshness.since, shownFrom: freshness.shownFrom, reason };
  }
}
