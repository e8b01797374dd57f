import type { Clock } from '../clock.ts';

/** How often an address may fail to sign in within `WITHIN`. */
const MOST_FAILURES = 10;
const WITHIN = 60_000;

/** The most addresses that are remembered; beyond, the oldest is forgotten. */
const MOST_ADDRESSES = 10_000;

/** Counts failures by address, so that nobody tries secrets faster than that. */
export interface Failures {
  note(address: string): void;
  /** How long an address that failed too often must wait, in whole seconds; null when it need not. */
  wait(address: string): number | null;
}

export function createFailures(clock: Clock): Failures {
  const failed = new Map<string, readonly number[]>();
  const recent = (address: string) => (failed.get(address) ?? []).filter((at) => clock.now() - at < WITHIN);

  return {
    note(address) {
      const times = [...recent(address), clock.now()].slice(-MOST_FAILURES);
      failed.delete(address);
      failed.set(address, times);
      const oldest = failed.keys().next();
      if (failed.size > MOST_ADDRESSES && oldest.done !== true) failed.delete(oldest.value);
    },
    wait(address) {
      const times = recent(address);
      const [first] = times;
      if (first === undefined || times.length < MOST_FAILURES) return null;
      return Math.max(1, Math.ceil((first + WITHIN - clock.now()) / 1_000));
    },
  };
}
