import type { UnknownReason } from '../../../domain/sourced.ts';
import type { Freshness } from '../../api/freshness.ts';
import type { PageFleet } from '../../api/page-fleet.ts';

/** What is wrong with what the screen shows. Times are milliseconds since 1970; `shownFrom` null: nothing was ever read. */
export type Outage =
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
  | { readonly kind: 'stale'; readonly age: number };

/** From this age on a banner says that the list is stale, ms. */
const STALE_AFTER_MS = 60_000;

/** What to tell on every screen; null while nothing is wrong. */
export function outageOf(fleet: PageFleet | null, freshness: Freshness): Outage | null {
  const isUnreadable = fleet?.readOnly === 'list-unreadable';
  switch (freshness.kind) {
    case 'connecting':
    case 'live':
    case 'cached':
    // The sign-in question covers the whole page.
    case 'signed-out':
      return isUnreadable ? { kind: 'list-unreadable' } : null;
    case 'slow':
      if (isUnreadable) return { kind: 'list-unreadable' };
      return freshness.age >= STALE_AFTER_MS ? { kind: 'stale', age: freshness.age } : null;
    case 'console-unreachable':
    case 'ray-unreachable':
    case 'ray-fails':
      return { kind: freshness.kind, since: freshness.since, shownFrom: freshness.shownFrom };
    case 'ray-unreadable':
      if (isUnreadable) return { kind: 'list-unreadable' };
      return {
        kind: freshness.kind,
        since: freshness.since,
        shownFrom: freshness.shownFrom,
        reason: fleet?.sources.list.failure?.reason ?? 'unreadable',
      };
  }
}
