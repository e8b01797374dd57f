import type { Clock } from '../../clock.ts';

/** How often an address may fail to sign in within `WITHIN`. */
const MAX_FAILURES = 10;
const WINDOW = 60_000;

/** The most addresses that are remembered; beyond, the oldest is forgotten. */
const MAX_ADDRESSES = 10_000;

/** Counts failures by address, so that nobody tries secrets faster than that. */
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
