import type { Connection } from '../api/live.ts';
import type { PageFleet } from '../api/page-fleet.ts';

/** How true the screen is now. Ages in milliseconds; `since` in milliseconds since 1970, on the clock of who noticed. */
export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'slow'; readonly age: number }
  | { readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable' | 'console-unreachable'; readonly since: number };

/** A list read at most so long ago is live: a poll's interval and a read's time, with room. */
const LIVE_WITHIN = 15_000;

/** What can be said of the list on the screen; `now` is the back end's time. */
export function freshnessOf(fleet: PageFleet | null, connection: Connection, now: number): Freshness {
  if (connection.state === 'lost') return { kind: 'console-unreachable', since: connection.since };
  if (fleet === null || connection.state === 'connecting') return { kind: 'connecting' };
  const { failure, readAt } = fleet.sources.list;
  if (failure !== null) {
    const { since } = failure;
    switch (failure.reason) {
      case 'unreachable':
      case 'timed-out':
        return { kind: 'ray-unreachable', since };
      case 'failed':
      case 'node-full':
        return { kind: 'ray-fails', since };
      default:
        return { kind: 'ray-unreadable', since };
    }
  }
  if (readAt === null) return { kind: 'connecting' };
  const age = Math.max(0, now - readAt);
  return age <= LIVE_WITHIN ? { kind: 'live' } : { kind: 'slow', age };
}
