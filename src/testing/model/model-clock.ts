import type { Clock } from '../../clock.ts';

/** A clock that only `advance` moves. */
export interface ModelClock extends Clock {
  /** Moves on by `ms`, runs every timer due on the way at its own time, and waits for idleness after each. */
  advance(ms: number): Promise<void>;
  /** Reports progress that involves no timer, which restarts the wait for idleness. */
  noteActivity(): void;
}

/** Turns of the event loop without activity that count as idle: Fetch API bodies are read over several turns. */
const IDLE_TURNS = 6;

/**
 * Like the hand clock of the harness, but made for some hundred thousand timers: it waits for idleness rather than for a
 * fixed number of turns, and runs timers due at the same millisecond together. `onIdle` is called whenever it is idle.
 */
export function createModelClock(start: number, onIdle: () => void): ModelClock {
  let now = start;
  let activityCount = 0;
  let nextId = 0;
  const timers = new Map<number, { readonly at: number; readonly callBack: () => void }>();

  async function untilIdle() {
    let countBefore = activityCount;
    for (let turn = 0; turn < IDLE_TURNS; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (activityCount !== countBefore) turn = -1;
      countBefore = activityCount;
    }
    onIdle();
  }

  function nextAt(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of timers.values()) next = Math.min(next, at);
    return next;
  }

  return {
    now: () => now,
    after(ms, callBack) {
      activityCount += 1;
      const id = nextId++;
      timers.set(id, { at: now + Math.max(0, ms), callBack });
      return () => {
        if (timers.delete(id)) activityCount += 1;
      };
    },
    async advance(ms) {
      const end = now + ms;
      await untilIdle();
      for (let at = nextAt(); at <= end; at = nextAt()) {
        now = Math.max(now, at);
        for (const [id, { at: due, callBack }] of timers) {
          if (due > now) continue;
          timers.delete(id);
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
