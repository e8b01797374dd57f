import type { Clock } from '../../clock.ts';

/** A clock that stands still until a history moves it. */
export interface ModelClock extends Clock {
  /** Moves on by `ms`: whatever falls due on the way is called back at its own time, and what follows from it happens. */
  advance(ms: number): Promise<void>;
  /** Says that something happened outside of the clock: whoever waits for quiet goes on waiting. */
  noteActivity(): void;
}

/** So many turns of the event loop without a stir count as quiet: replies of the Fetch API are read over several. */
const IDLE_TURNS = 6;

/**
 * Like the back end's hand clock, made for some hundred thousand call-backs: it waits for quiet, not for a fixed time,
 * and what is due at the same millisecond happens together. `onIdle` is called whenever it is quiet.
 */
export function createModelClock(start: number, onIdle: () => void): ModelClock {
  let now = start;
  let activityCount = 0;
  let nextId = 0;
  const waiting = new Map<number, { readonly at: number; readonly callBack: () => void }>();

  async function untilIdle() {
    let seen = activityCount;
    for (let quiet = 0; quiet < IDLE_TURNS; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (activityCount !== seen) quiet = -1;
      seen = activityCount;
    }
    onIdle();
  }

  function nextAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of waiting.values()) next = Math.min(next, at);
    return next;
  }

  return {
    now: () => now,
    after(ms, callBack) {
      activityCount += 1;
      const id = nextId++;
      waiting.set(id, { at: now + Math.max(0, ms), callBack });
      return () => {
        if (waiting.delete(id)) activityCount += 1;
      };
    },
    async advance(ms) {
      const end = now + ms;
      await untilIdle();
      for (let at = nextAt(); at <= end; at = nextAt()) {
        now = Math.max(now, at);
        for (const [id, { at: due, callBack }] of waiting) {
          if (due > now) continue;
          waiting.delete(id);
          callBack();
        }
        await untilIdle();
      }
      now = end;
    },
    noteActivity() {
      activityCount += 1;
    },
  };
}
