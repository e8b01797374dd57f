import type { Clock } from '../../clock.ts';

/** The simulated world's time: that of the clock it was given, moved on by hand. Never goes back. */
export interface VirtualClock extends Clock {
  /** Moves on by `ms`; what falls due on the way is called back in order. */
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
      // The others are due sooner than they were, by the clock that was given.
      for (const entry of waiting) {
        entry.cancel();
        arm(entry);
      }
    },
  };
}
