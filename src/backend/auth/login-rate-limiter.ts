import type { Clock } from '../../clock.ts';

/** Failures that an address may have within `WINDOW` (ms). */
const MAX_FAILURES = 10;
const WINDOW = 60_000;

/** Addresses remembered at once; one more evicts the oldest. */
const MAX_ADDRESSES = 10_000;

/** Counts failed attempts by address, against guessing of secrets. */
export interface LoginRateLimiter {
  recordFailure(address: string): void;
  /** How long an address that failed too often must wait, in whole seconds; null when it need not. */
  retryAfter(address: string): number | null;
}

export function createLoginRateLimiter(clock: Clock): LoginRateLimiter {
  const failed = new Map<string, readonly number[]>();
  const recent = (address: string) => (failed.get(address) ?? []).filter((at) => clock.now() - at < WINDOW);

  return {
    recordFailure(address) {
      const times = [...recent(address), clock.now()].slice(-MAX_FAILURES);
      failed.delete(address);
      failed.set(address, times);
      const oldest = failed.keys().next();
      if (failed.size > MAX_ADDRESSES && oldest.done !== true) failed.delete(oldest.value);
    },
    retryAfter(address) {
      const times = recent(address);
      const [first] = times;
      if (first === undefined || times.length < MAX_FAILURES) return null;
      return Math.max(1, Math.ceil((first + WINDOW - clock.now()) / 1_000));
    },
  };
}
