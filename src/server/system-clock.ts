import type { Clock } from '../clock.ts';

/** The time of this machine as it was at the start, and steady from there: setting the clock back reorders nothing. */
export function createSystemClock(): Clock {
  return {
    now: () => Math.floor(performance.timeOrigin + performance.now()),
    after(ms, callBack) {
      const timer = setTimeout(callBack, ms);
      return () => clearTimeout(timer);
    },
  };
}
