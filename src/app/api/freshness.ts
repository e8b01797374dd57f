import type { UnknownReason } from '../../domain/sourced.ts';
import type { Connection } from './live-updates.ts';
import type { PageFleet } from './page-fleet.ts';

/**
 * How current the list on the screen is. Ages in milliseconds. `since`: milliseconds since 1970, by the clock of whoever
 * noticed the failure. `shownFrom`: when the list on the screen was read, by the back end's clock; null for never.
 */
export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The console answers, but nobody is signed in. */
  | { readonly kind: 'signed-out' }
  /** Read through Ray's cache, as large lists are: always a little old, and nothing is wrong. */
  | { readonly kind: 'cached'; readonly age: number }
  | { readonly kind: 'slow'; readonly age: number }
  | {
      readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable' | 'console-unreachable';
      readonly since: number;
      readonly shownFrom: number | null;
    };

/** Whether reading the list is known to fail now. */
export function isFailing({ kind }: Freshness): boolean {
  return kind !== 'connecting' && kind !== 'live' && kind !== 'cached' && kind !== 'slow';
}

/** A list read at most this long ago is live, ms: one poll interval and the time of a read, with a margin. */
const LIVE_MAX_AGE_MS = 15_000;

/** The oldest that a list from Ray's cache gets in normal operation, ms: its 10 s, two reads of a large list and the stream's silence. */
const CACHED_MAX_AGE_MS = 50_000;

/** Ages are shown in steps, rounded up, ms. */
export const AGE_STEP_MS = { slow: 5_000, cached: 10_000 } as const;

/** How current the list on the screen is; `now` is the back end's time. */
export function freshnessOf(fleet: PageFleet | null, connection: Connection, now: number): Freshness {
  const shownFrom = fleet?.sources.list.readAt ?? null;
  if (connection.state === 'lost') return { kind: 'console-unreachable', since: connection.since, shownFrom };
  if (fleet === null || connection.state === 'connecting') return { kind: 'connecting' };
  const { failure, readAt, fromCache } = fleet.sources.list;
  if (failure !== null) return { kind: failureKindOf(failure.reason), since: failure.since, shownFrom };
  if (readAt === null) return { kind: 'connecting' };
  const age = Math.max(0, now - readAt);
  if (fromCache === true && age <= CACHED_MAX_AGE_MS) return { kind: 'cached', age };
  return age <= LIVE_MAX_AGE_MS ? { kind: 'live' } : { kind: 'slow', age };
}

function failureKindOf(reason: UnknownReason): 'ray-unreachable' | 'ray-fails' | 'ray-unreadable' {
  switch (reason) {
    case 'unreachable':
    case 'timed-out':
      return 'ray-unreachable';
    case 'failed':
    case 'node-full':
      return 'ray-fails';
    case 'not-read-yet':
    case 'too-large':
    case 'truncated':
    case 'unreadable':
    case 'not-offered':
      return 'ray-unreadable';
  }
}

/** How long until the freshness of the same reading may change, ms: just after the next step of its age. */
export function msUntilNextFreshness(freshness: Freshness, now: number, readAt: number | null): number {
  const age = readAt === null ? 0 : Math.max(0, now - readAt);
  if (freshness.kind === 'live') return Math.max(MIN_INTERVAL_MS, LIVE_MAX_AGE_MS - age + 1);
  const step = freshness.kind === 'cached' ? AGE_STEP_MS.cached : AGE_STEP_MS.slow;
  return Math.max(MIN_INTERVAL_MS, step - (age % step) + 1);
}

/** The shortest interval between two evaluations, ms. */
const MIN_INTERVAL_MS = 500;
