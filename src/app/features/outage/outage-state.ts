import type { FailureCause, UnknownReason } from '../../../domain/sourced.ts';
import { OLD_AFTER_MS, type AgeCause, type Freshness } from '../../api/freshness.ts';
import type { PageFleet } from '../../api/page-fleet.ts';

/** What is wrong with what the screen shows. Times are milliseconds since 1970; `shownFrom` null: nothing was ever read. */
export type Outage =
  | { readonly kind: 'console-unreachable'; readonly since: number; readonly shownFrom: number | null }
  | {
      readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable';
      readonly since: number;
      readonly shownFrom: number | null;
      readonly reason: UnknownReason;
      readonly cause: FailureCause | null;
    }
  /** This Ray's list can't be read, so nothing may be written (fact 26). */
  | { readonly kind: 'list-unreadable' }
  | { readonly kind: 'stale'; readonly age: number; readonly cause: AgeCause };

/** What to tell on every screen; null while nothing is wrong. */
export function outageOf(fleet: Pick<PageFleet, 'readOnly'> | null, freshness: Freshness): Outage | null {
  switch (freshness.kind) {
    case 'console-unreachable':
    case 'ray-unreachable':
    case 'ray-fails':
      return freshness;
    case 'connecting':
    case 'live':
    case 'aged':
    case 'ray-unreadable':
    // The sign-in question covers the whole page.
    case 'signed-out':
      break;
  }
  if (fleet?.readOnly === 'list-unreadable') return { kind: 'list-unreadable' };
  if (freshness.kind === 'ray-unreadable') return freshness;
  return freshness.kind === 'aged' && freshness.age > OLD_AFTER_MS
    ? { kind: 'stale', age: freshness.age, cause: freshness.cause }
    : null;
}
