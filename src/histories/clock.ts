import type { Clock } from '../clock.ts';

/** A clock that stands still until a history moves it. */
export interface HistoryClock extends Clock {
  /** Moves on by `ms`: whatever falls due on the way is called back at its own time, and what follows from it happens. */
  advance(ms: number): Promise<void>;
  /** Says that something happened outside of the clock: whoever waits for quiet goes on waiting. */
  stir(): void;
}

/** So many turns of the event loop without a stir count as quiet: replies of the Fetch API are read over several. */
const QUIET_TURNS = 6;

/**
 * Like the back end's hand clock, made for some hundred thousand call-backs: it waits for quiet, not for a fixed time,
 * and what is due at the same millisecond happens together. `afterEach` is called whenever it is quiet.
 */
export function createHistoryClock(start: number, afterEach: () => void): HistoryClock {
  let now = start;
  let stirred = 0;
  let nextId = 0;
  const waiting = new Map<number, { readonly at: number; readonly callBack: () => void }>();

  async function untilQuiet() {
    let seen = stirred;
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (stirred !== seen) quiet = -1;
      seen = stirred;
    }
    afterEach();
  }

  function nextAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of waiting.values()) next = Math.min(next, at);
    return next;
  }

  return {
    now: () => now,
    after(ms, callBack) {
      stirred += 1;
      const id = nextId++;
      waiting.set(id, { at: now + Math.max(0, ms), callBack });
      return () => {
        if (waiting.delete(id)) stirred += 1;
      };
    },
    async advance(ms) {
      const end = now + ms;
      await untilQuiet();
      for (let at = nextAt(); at <= end; at = nextAt()) {
        now = Math.max(now, at);
        for (const [id, { at: due, callBack }] of waiting) {
          if (due > now) continue;
          waiting.delete(id);
          callBack();
        }
        await untilQuiet();
      }
      now = end;
    },
    stir() {
      stirred += 1;
    },
  };
}
