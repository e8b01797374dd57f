import type { Connection } from '../api/live.ts';
import type { PageFleet } from '../api/page-fleet.ts';

/**
 * How true the screen is now. Ages in milliseconds; `since` in milliseconds since 1970, on the clock of who noticed;
 * `shownFrom`, of the back end's clock, is when the list on the screen was read, null for never.
 */
export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The console answers, but not to whoever is here. */
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'slow'; readonly age: number }
  | { readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable' | 'console-unreachable'; readonly since: number; readonly shownFrom: number | null };

/** Whether the list is known not to be read as it should be now. */
export function isFailing({ kind }: Freshness): boolean {
  return kind !== 'connecting' && kind !== 'live' && kind !== 'slow';
}

/** A list read at most so long ago is live: a poll's interval and a read's time, with room. */
const LIVE_WITHIN = 15_000;

/** Ages are said in steps of so much, rounded up, ms. */
const STEP = 5_000;

/** What can be said of the list on the screen; `now` is the back end's time. */
export function freshnessOf(fleet: PageFleet | null, connection: Connection, now: number): Freshness {
  const shownFrom = fleet?.sources.list.readAt ?? null;
  if (connection.state === 'lost') return { kind: 'console-unreachable', since: connection.since, shownFrom };
  if (fleet === null || connection.state === 'connecting') return { kind: 'connecting' };
  const { failure, readAt } = fleet.sources.list;
  if (failure !== null) {
    const { since } = failure;
    switch (failure.reason) {
      case 'unreachable':
      case 'timed-out':
        return { kind: 'ray-unreachable', since, shownFrom };
      case 'failed':
      case 'node-full':
        return { kind: 'ray-fails', since, shownFrom };
      default:
        return { kind: 'ray-unreadable', since, shownFrom };
    }
  }
  if (readAt === null) return { kind: 'connecting' };
  const age = Math.max(0, now - readAt);
  return age <= LIVE_WITHIN ? { kind: 'live' } : { kind: 'slow', age };
}

/**
 * How long at most until something else may have to be said, ms: just after the next step of the same readings' age, or a
 * step on, for a newer reading may count as read earlier (fact 4).
 */
export function saidFor(freshness: Freshness, now: number, readAt: number | null): number {
  const age = readAt === null ? 0 : Math.max(0, now - readAt);
  const next = freshness.kind === 'live' ? Math.min(STEP, LIVE_WITHIN - age) : STEP - (age % STEP);
  return Math.max(LEAST, next + 1);
}

/** However fast an age moves it is looked at only so often, ms. */
const LEAST = 500;

/** A function that gives back what it gave last for as long as that says the same: ages count in steps, rounded up. */
export function keepFreshness(): (freshness: Freshness) => Freshness {
  let kept: Freshness | null = null;
  return (freshness) => {
    const next = freshness.kind === 'slow' ? { ...freshness, age: Math.ceil(freshness.age / STEP) * STEP } : freshness;
    if (kept === null || !isSame(kept, next)) kept = next;
    return kept;
  };
}

function isSame(a: Freshness, b: Freshness): boolean {
  if (a.kind !== b.kind) return false;
  if ('age' in a && 'age' in b) return a.age === b.age;
  return !('since' in a && 'since' in b) || (a.since === b.since && a.shownFrom === b.shownFrom);
}
