import type { Connection } from './live-updates.ts';
import type { PageFleet } from './page-fleet.ts';

/**
 * How true the screen is now. Ages in milliseconds; `since` in milliseconds since 1970, on the clock of who noticed;
 * `shownFrom`, of the back end's clock, is when the list on the screen was read, null for never.
 */
export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The console answers, but not to whoever is here. */
  | { readonly kind: 'signed-out' }
  /** Read through Ray's cache, as large lists are: never quite new, and nothing is wrong. */
  | { readonly kind: 'cached'; readonly age: number }
  | { readonly kind: 'slow'; readonly age: number }
  | {
      readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable' | 'console-unreachable';
      readonly since: number;
      readonly shownFrom: number | null;
    };

/** Whether the list is known not to be read as it should be now. */
export function isFailing({ kind }: Freshness): boolean {
  return kind !== 'connecting' && kind !== 'live' && kind !== 'cached' && kind !== 'slow';
}

/** A list read at most so long ago is live: a poll's interval and a read's time, with room. */
const LIVE_MAX_AGE_MS = 15_000;

/** Longer than this no list of Ray's cache takes to be told, ms: its 10 s, two reads of a large list, and a stream's silence. */
const CACHED_MAX_AGE_MS = 50_000;

/** Ages are said in steps of so much, rounded up, ms. */
const STEP = { slow: 5_000, cached: 10_000 } as const;

/**
 * How long a lower age of a cached list must have been true before it is said, ms: over a stream's silence, within which
 * ages rise and fall. What is said meanwhile is true, too: at most so old.
 */
const LOWER_AGE_HOLD_MS = 12_000;

/** What can be said of the list on the screen; `now` is the back end's time. */
export function freshnessOf(fleet: PageFleet | null, connection: Connection, now: number): Freshness {
  const shownFrom = fleet?.sources.list.readAt ?? null;
  if (connection.state === 'lost') return { kind: 'console-unreachable', since: connection.since, shownFrom };
  if (fleet === null || connection.state === 'connecting') return { kind: 'connecting' };
  const { failure, readAt, fromCache } = fleet.sources.list;
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
  if (fromCache === true && age <= CACHED_MAX_AGE_MS) return { kind: 'cached', age };
  return age <= LIVE_MAX_AGE_MS ? { kind: 'live' } : { kind: 'slow', age };
}

/** How long until something else may have to be said of the same readings, ms: just after the next step of their age. */
export function msUntilNextFreshness(freshness: Freshness, now: number, readAt: number | null): number {
  const age = readAt === null ? 0 : Math.max(0, now - readAt);
  if (freshness.kind === 'live') return Math.max(LEAST, LIVE_MAX_AGE_MS - age + 1);
  const step = freshness.kind === 'cached' ? STEP.cached : STEP.slow;
  return Math.max(LEAST, step - (age % step) + 1);
}

/** However fast an age moves it is looked at only so often, ms. */
const LEAST = 500;

/**
 * A function that gives back what it gave last for as long as that says the same: ages count in steps, rounded up, and
 * one of a cached list falls only when it has been lower for a while. `now`: as above.
 */
export function createFreshnessSmoother(): (freshness: Freshness, now: number) => Freshness {
  let kept: Freshness | null = null;
  let lastNeededAt = 0;
  return (freshness, now) => {
    const next = inSteps(freshness);
    const isLower = kept?.kind === 'cached' && next.kind === 'cached' && next.age < kept.age;
    if (!isLower) lastNeededAt = now;
    // A clock that was set back counts as time enough.
    else if (now >= lastNeededAt && now - lastNeededAt < LOWER_AGE_HOLD_MS) return kept ?? next;
    if (kept === null || !isSame(kept, next)) kept = next;
    return kept;
  };
}

function inSteps(freshness: Freshness): Freshness {
  if (freshness.kind !== 'slow' && freshness.kind !== 'cached') return freshness;
  const step = STEP[freshness.kind];
  return { ...freshness, age: Math.ceil(freshness.age / step) * step };
}

function isSame(a: Freshness, b: Freshness): boolean {
  if (a.kind !== b.kind) return false;
  if ('age' in a && 'age' in b) return a.age === b.age;
  return !('since' in a && 'since' in b) || (a.since === b.since && a.shownFrom === b.shownFrom);
}
