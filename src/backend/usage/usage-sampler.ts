import type { Clock } from '../../clock.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { createUsageSampling, MINUTE } from '../../domain/usage-sample.ts';
import { createJumpGuard } from './clock-jump.ts';
import type { UsageHistory } from './usage-history.ts';

/** How often Ray is read while nobody watches, twice, and some time to answer, ms: what is older is not how things are. */
const MAX_AGE = 90_000;

export interface UsageSampler {
  close(): Promise<void>;
}

/**
 * Takes a sample each minute. None while the list can't be read, or is old, as after the machine slept: that is a gap. A failure
 * is reported and tried again a minute later; nobody waits for it.
 */
export function startUsageSampler(parts: {
  readonly history: UsageHistory;
  readonly clock: Clock;
  /** Null while the list can't be read. `readAt`: when it was, ms since 1970. */
  readonly fleet: () => { readonly fleet: Fleet; readonly readAt: number } | null;
  /** Null: the last sample was kept. */
  readonly onKept: (error: unknown) => void;
}): UsageSampler {
  const { history, clock, fleet, onKept } = parts;
  const sampleOf = createUsageSampling();
  const whyHeldBack = createJumpGuard();
  let isClosed = false;
  let cancel = next();
  let tidied: Promise<void> = Promise.resolve();

  function next(): () => void {
    return clock.after(MINUTE - (clock.now() % MINUTE), () => {
      if (isClosed) return;
      try {
        sample();
      } finally {
        cancel = next();
      }
    });
  }

  function sample(): void {
    const now = fleet();
    const at = clock.now();
    if (now === null || at - now.readAt > MAX_AGE) return;
    try {
      const heldBack = whyHeldBack(at, history.lastAt());
      if (heldBack !== null) throw new Error(heldBack);
      history.record(sampleOf(now.fleet, at));
      onKept(null);
      tidied = history.tidy().catch(onKept);
    } catch (error) {
      onKept(error);
    }
  }

  return {
    async close() {
      isClosed = true;
      cancel();
      await tidied;
    },
  };
}
