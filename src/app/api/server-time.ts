import type { Clock } from '../../clock.ts';
import type { LiveUpdatesParts } from './live-updates.ts';

/** The back end's time as the page can tell it: what ages are counted by. */
export interface ServerTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back every so often (ms) while the page can be seen, and at once when it can be seen again. */
  every(ms: number, callBack: () => void): () => void;
  /** The same, each time after as long as is said then (ms). */
  after(next: () => number, callBack: () => void): () => void;
}

interface ServerTimeParts {
  readonly clock: Clock;
  readonly visibility: LiveUpdatesParts['visibility'];
  /** The back end's time in what last came from it, and the page's own then; null before. */
  readonly told: () => { readonly now: number; readonly receivedAt: number } | null;
}

/** One timer for each interval that is asked for, however many ask; none while the page is hidden. */
export function createServerTime({ clock, visibility, told: latestReading }: ServerTimeParts): ServerTime {
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
      const last = latestReading();
      return last === null ? clock.now() : last.now + Math.max(0, clock.now() - last.receivedAt);
    },
    every(ms, callBack) {
      // Each asks for itself, even with the same function.
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
