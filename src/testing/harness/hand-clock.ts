import type { Clock } from '../../clock.ts';

/** A clock that stands still until a test moves it. */
export interface HandClock extends Clock {
  /** Moves on by `ms`, calling back whatever falls due on the way, each at its own time, and lets promises run. */
  advance(ms: number): Promise<void>;
  /** Lets every promise run that needs no time. */
  settle(): Promise<void>;
  /** How many call-backs wait. */
  waiting(): number;
}

export function createHandClock(start = 1_800_000_000_000): HandClock {
  let now = start;
  let nextId = 0;
  const waiting = new Map<number, { readonly at: number; readonly callBack: () => void }>();
  // Replies of the Fetch API are read over several turns of the event loop, so promises alone don't do.
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
