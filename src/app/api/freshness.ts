import type { FailureCause, UnknownReason } from '../../domain/sourced.ts';
import type { Connection } from './live-updates.ts';
import type { PageFleet } from './page-fleet.ts';

/** Why a list that can be read is older than usual: it comes from Ray's cache, as large ones do, or Ray took long. */
export type AgeCause = 'cache' | 'slow' | 'not-read';

/**
 * How current the list on the screen is. Ages in milliseconds. `since`: milliseconds since 1970, by the clock of whoever
 * noticed the failure. `shownFrom`: when the list on the screen was read, by the back end's clock; null for never.
 */
export type Freshness =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The console answers, but nobody is signed in. */
  | { readonly kind: 'signed-out' }
  /** Older than live; `age` is an upper bound. */
  | { readonly kind: 'aged'; readonly age: number; readonly cause: AgeCause }
  | {
      readonly kind: 'ray-unreachable' | 'ray-fails' | 'ray-unreadable';
      readonly since: number;
      readonly shownFrom: number | null;
      readonly reason: UnknownReason;
      readonly cause: FailureCause | null;
    }
  | { readonly kind: 'console-unreachable'; readonly since: number; readonly shownFrom: number | null };

/** Whether reading the list is known to fail now. */
export function isFailing({ kind }: Freshness): boolean {
  return kind !== 'connecting' && kind !== 'live' && kind !== 'aged';
}

/** A list read at most this long ago is live, ms: one poll interval and the time of a read, with a margin. */
const LIVE_MAX_AGE_MS = 15_000;

/** From this age on a list is old however it is read, ms: Ray's cache, two reads of a large list and the stream's silence give less. */
export const OLD_AFTER_MS = 60_000;

/** An answer that took longer is slow, ms: with the pause after it, the list gets older than live. */
const SLOW_ANSWER_MS = 5_000;

/** How current the list on the screen is; `now` is the back end's time. */
export function freshnessOf(fleet: PageFleet | null, connection: Connection, now: number): Freshness {
  const shownFrom = fleet?.sources.list.readAt ?? null;
  if (connection.state === 'lost') return { kind: 'console-unreachable', since: connection.since, shownFrom };
  if (fleet === null || connection.state === 'connecting') return { kind: 'connecting' };
  const { failure, readAt, fromCache, took } = fleet.sources.list;
  if (failure !== null) {
    const { reason, since, cause = null } = failure;
    return { kind: failureKindOf(reason), since, shownFrom, reason, cause };
  }
  if (readAt === null) return { kind: 'connecting' };
  const age = Math.max(0, now - readAt);
  if (age <= LIVE_MAX_AGE_MS) return { kind: 'live' };
  const isSlow = took !== undefined && took >= SLOW_ANSWER_MS;
  return { kind: 'aged', age, cause: isSlow ? 'slow' : fromCache === true ? 'cache' : 'not-read' };
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

/** The ages that are shown, ms: each age is rounded up to the next of them, above the last to whole minutes. */
const AGE_STEPS_MS = [LIVE_MAX_AGE_MS, 30_000, OLD_AFTER_MS] as const;

/** The age as it is shown: in few steps, so that it seldom changes. */
export function ageStep(age: number): number {
  return AGE_STEPS_MS.find((step) => age <= step) ?? Math.ceil(age / 60_000) * 60_000;
}

/** How long until the freshness of the same reading may change, ms: just after the next step of its age. */
export function msUntilNextFreshness(now: number, readAt: number | null): number {
  const age = readAt === null ? 0 : Math.max(0, now - readAt);
  return Math.max(MIN_INTERVAL_MS, ageStep(age) - age + 1);
}

/** The shortest interval between two evaluations, ms. */
const MIN_INTERVAL_MS = 500;
