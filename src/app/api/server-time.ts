import type { Clock } from '../../clock.ts';
import type { LiveUpdatesParts } from './live-updates.ts';

/** The back end's time as the page estimates it, by which ages are counted. */
export interface ServerTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back every `ms` while the page is visible, and at once when it becomes visible again. */
  every(ms: number, callBack: () => void): () => void;
  /** The same with an interval (ms) that `next` returns each time. */
  after(next: () => number, callBack: () => void): () => void;
}

interface ServerTimeParts {
  readonly clock: Clock;
  readonly visibility: LiveUpdatesParts['visibility'];
  /** The back end's time in its newest update, and the page's own when that arrived; null before the first one. */
  readonly lastReading: () => { readonly now: number; readonly receivedAt: number } | null;
}

/** One timer per interval, however many callers share it; none while the page is hidden. */
export function createServerTime({ clock, visibility, lastReading }: ServerTimeParts): ServerTime {
  const timersByInterval = new Map<number, { readonly callBacks: Set<() => void>; stop: () => void }>();

  function startTimer(ms: () => number, callBacks: ReadonlySet<() => void>): () => void {
    let cancel: () => void = () => undefined;
    const next = () => {
      cancel = clock.after(ms(), () => {
        next();
        for (const callBack of callBacks) callBack();
      });
    };
    const changed = () => {
      cancel();
      if (visibility.isVisible()) next();
    };
    const stopWatching = visibility.subscribe(() => {
      changed();
      if (visibility.isVisible()) for (const callBack of callBacks) callBack();
    });
    changed();
    return () => {
      stopWatching();
      cancel();
    };
  }

  return {
    now() {
      const last = lastReading();
      return last === null ? clock.now() : last.now + Math.max(0, clock.now() - last.receivedAt);
    },
    every(ms, callBack) {
      // A function of its own, so that the same callback can be registered twice.
      const own = () => callBack();
      let held = timersByInterval.get(ms);
      if (held === undefined) {
        const callBacks = new Set<() => void>();
        held = { callBacks, stop: startTimer(() => ms, callBacks) };
        timersByInterval.set(ms, held);
      }
      const { callBacks, stop } = held;
      callBacks.add(own);
      return () => {
        callBacks.delete(own);
        if (callBacks.size > 0 || timersByInterval.get(ms)?.callBacks !== callBacks) return;
        stop();
        timersByInterval.delete(ms);
      };
    },
    after: (next, callBack) => startTimer(next, new Set([callBack])),
  };
}
