import type { Clock } from '../../clock.ts';
import { evictOldest } from '../concurrency/evict-oldest.ts';

/** Failures with one credential within `WINDOW` (ms) that are answered as such. */
const MAX_FAILURES = 10;
const WINDOW = 60_000;

/** A credential that goes on failing is reported again after this, ms. */
const REPORT_INTERVAL = 60 * 60_000;

/** Credentials remembered at once; one more evicts the one that failed longest ago. */
const MAX_CREDENTIALS = 10_000;

/** What follows from a failure. */
interface LoginFailure {
  /** How long the sender should wait, in whole seconds; null when they need not. */
  readonly retryAfter: number | null;
  /** Failures with this credential since they were last reported, if that is due; null for one to keep silent about. */
  readonly report: number | null;
}

/**
 * Counts failed attempts by credential (its hash), not by address: secrets have 256 random bits, so that there is nothing to
 * guess, and nobody must wait because of what others on their address or behind their proxy send. It tells a script with an old
 * secret to slow down, and keeps it from filling the log.
 */
export interface LoginRateLimiter {
  recordFailure(credential: string): LoginFailure;
}

interface Failures {
  /** The newest, at most `MAX_FAILURES`; ms since 1970. */
  readonly times: readonly number[];
  readonly reportedAt: number;
  readonly unreported: number;
}

export function createLoginRateLimiter(clock: Clock): LoginRateLimiter {
  const byCredential = new Map<string, Failures>();

  return {
    recordFailure(credential) {
      const now = clock.now();
      const before = byCredential.get(credential);
      const recent = (before?.times ?? []).filter((at) => now - at < WINDOW);
      const [first = now] = recent;
      const isThrottled = recent.length >= MAX_FAILURES;
      const isDue = before === undefined || now - before.reportedAt >= REPORT_INTERVAL;
      const unreported = (before?.unreported ?? 0) + 1;
      byCredential.delete(credential);
      byCredential.set(credential, {
        // Trying again before the wait is over does not extend it.
        times: isThrottled ? recent : [...recent, now],
        reportedAt: isDue ? now : before.reportedAt,
        unreported: isDue ? 0 : unreported,
      });
      evictOldest(byCredential, MAX_CREDENTIALS);
      return {
        retryAfter: isThrottled ? Math.max(1, Math.ceil((first + WINDOW - now) / 1_000)) : null,
        report: isDue ? unreported : null,
      };
    },
  };
}
