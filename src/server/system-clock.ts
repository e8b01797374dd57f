import type { Clock } from '../clock.ts';

/** This machine's time at the start, then monotonic: setting the clock back reorders nothing. */
export function createSystemClock(): Clock {
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    after(ms, callBack) {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
  };
}
