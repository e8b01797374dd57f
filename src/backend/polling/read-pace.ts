import type { SourceName } from '../../domain/sourced.ts';
import type { RayRead } from '../../ray/client/ray.ts';
import { sources } from '../../ray/client/sources.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { Moment } from '../fleet/moment.ts';
import type { PaceMember } from './shared-pace.ts';

/** Decides how often a source is read, whether past Ray's cache, and how old what was read may be. */
export interface ReadPace {
  /** The time to the next read, ms. */
  interval(name: SourceName): number;
  /** Whether a read bypasses Ray's cache; an urgent one always does. */
  isFresh(name: SourceName, urgent: boolean): boolean;
  /** Takes note of how large the reply was, for the next reads. */
  note(name: SourceName, reading: RayRead<unknown>): void;
  /**
   * The moment that a good read counts as begun at. Ray's cache may answer with what it found for our last cacheable
   * read, or up to the time to live before that (fact 4). The age of the first such reply is unknown: it replaces
   * nothing.
   */
  effectiveMoment(name: SourceName, begun: Moment, fresh: boolean): Moment;
}

/** The time between two reads while nobody watches, ms: often enough for the first look to show something. */
const UNWATCHED_INTERVAL = 30_000;

/** The summary takes 7 kB a node and, while the state API works, only repeats it (fact 19), ms. */
const BACKUP_SUMMARY_INTERVAL = 30_000;

/**
 * A reply that was too large may be a passing fault, and is tried again soon; one that stays so is tried ever more rarely,
 * since Ray is blocked while it writes it, ms.
 */
const TOO_LARGE_FIRST_RETRY = 10_000;
const TOO_LARGE_MAX_RETRY = 5 * 60_000;

/** Larger replies are not polled past Ray's cache, which keeps 128 whole replies (fact 4), bytes. */
const MAX_FRESH_BYTES = 500_000;

export function createReadPace({
  store,
  isWatched,
  shared = null,
  maxFreshBytes = MAX_FRESH_BYTES,
}: {
  readonly store: Pick<FleetStore, 'state'>;
  readonly isWatched: () => boolean;
  /** Of one of several Rays. */
  readonly shared?: PaceMember | null;
  /** Only tests shorten it. */
  readonly maxFreshBytes?: number | undefined;
}): ReadPace {
  const replyBytes = new Map<SourceName, number>();
  /** How many of the last reads of a source were too large, without a good one or another failure in between. */
  const tooLargeInARow = new Map<SourceName, number>();
  /** When the last read that Ray could answer from its cache was sent. */
  const lastCachedReadAt = new Map<SourceName, number>();

  function ownInterval(name: SourceName): number {
    const tooLarge = tooLargeInARow.get(name) ?? 0;
    if (tooLarge > 0) {
      const pause = Math.min(TOO_LARGE_FIRST_RETRY * 2 ** (tooLarge - 1), TOO_LARGE_MAX_RETRY);
      return Math.max(pause, isWatched() ? 0 : UNWATCHED_INTERVAL);
    }
    if (!isWatched()) return UNWATCHED_INTERVAL;
    const state = store.state('state');
    if (name === 'summary' && state.failure === null && state.last !== null) return BACKUP_SUMMARY_INTERVAL;
    // It is read after each list then; this interval only matters when no list comes.
    if (name === 'liveness' && state.failure !== null) return 2 * sources.list.interval;
    return sources[name].interval;
  }

  return {
    interval: (name) => Math.max(ownInterval(name), shared?.pause(name) ?? 0),
    isFresh(name, urgent) {
      if (sources[name].cacheTtl === null) return false;
      return urgent || (replyBytes.get(name) ?? 0) < maxFreshBytes || store.state(name).last === null;
    },
    note(name, reading) {
      if (reading.ok) {
        replyBytes.set(name, reading.bytes);
        shared?.note(name, reading.bytes);
      }
      const isTooLarge = !reading.ok && reading.reason === 'too-large';
      tooLargeInARow.set(name, isTooLarge ? (tooLargeInARow.get(name) ?? 0) + 1 : 0);
    },
    effectiveMoment(name, begun, fresh) {
      const { cacheTtl } = sources[name];
      if (fresh || cacheTtl === null) return begun;
      const before = lastCachedReadAt.get(name);
      lastCachedReadAt.set(name, begun.at);
      return { ...begun, at: before === undefined ? Number.NEGATIVE_INFINITY : before - cacheTtl };
    },
  };
}
