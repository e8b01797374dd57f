import type { Clock } from '../../clock.ts';

/** A clock that only `advance` moves. */
export interface HandClock extends Clock {
  /** Moves on by `ms`, runs every timer due on the way at its own time, and lets promises settle after each. */
  advance(ms: number): Promise<void>;
  /** Lets every promise settle that waits for no timer. */
  settle(): Promise<void>;
  /** The number of pending timers. */
  waiting(): number;
}

export function createHandClock(start = 1_800_000_000_000): HandClock {
  let now = start;
  let nextId = 0;
  const waiting = new Map<number, { readonly at: number; readonly callBack: () => void }>();
  // Fetch API bodies are read over several turns of the event loop, so that awaiting promises is not enough.
  const settle = async () => {
    for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    now: () => now,
    after(ms, callBack) {
      const id = nextId++;
      waiting.set(id, { at: now + Math.max(0, ms), callBack });
      return () => waiting.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const due = [...waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        waiting.delete(due[0]);
        now = Math.max(now, due[1].at);
        due[1].callBack();
        await settle();
      }
      now = end;
    },
    settle,
    waiting: () => waiting.size,
  };
}
