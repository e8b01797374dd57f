import type { Clock } from '../../clock.ts';

/** The simulated time: the base clock plus manual advances. It never goes back. */
export interface VirtualClock extends Clock {
  /** Advances by `ms`, running the timers due meanwhile in order. */
  advance(ms: number): void;
}

interface Timer {
  readonly at: number;
  readonly callBack: () => void;
  cancel: () => void;
}

export function createVirtualClock(clock: Clock): VirtualClock {
  let offset = 0;
  const waiting = new Set<Timer>();
  const now = () => clock.now() + offset;

  const arm = (entry: Timer): void => {
    entry.cancel = clock.after(Math.max(0, entry.at - now()), () => {
      if (waiting.delete(entry)) entry.callBack();
    });
  };
  const drop = (entry: Timer): void => {
    entry.cancel();
    waiting.delete(entry);
  };

  return {
    now,
    after(ms, callBack) {
      const entry: Timer = { at: now() + ms, callBack, cancel: () => undefined };
      waiting.add(entry);
      arm(entry);
      return () => drop(entry);
    },
    advance(ms) {
      const end = now() + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
        if (next === undefined) break;
        drop(next);
        offset = Math.max(offset, next.at - clock.now());
        next.callBack();
      }
      offset = Math.max(offset, end - clock.now());
      // The remaining timers are now due sooner by the base clock.
      for (const entry of waiting) {
        entry.cancel();
        arm(entry);
      }
    },
  };
}
