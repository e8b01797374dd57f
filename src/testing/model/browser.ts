import type { LiveUpdatesParts, TabChannel } from '../../app/api/live-updates.ts';
import type { ModelClock } from './model-clock.ts';

/** What the tabs of one browser share: a lock, a channel, and each tab its session's storage. */
export interface Browser {
  readonly lock: NonNullable<LiveUpdatesParts['lock']>;
  /** A tab's end of the channel: it hears the others. */
  channel(): TabChannel;
}

export function createBrowser(clock: ModelClock): Browser {
  let tail: Promise<void> = Promise.resolve();
  const listeners = new Map<object, (message: Parameters<TabChannel['post']>[0]) => void>();
  return {
    lock(held, signal) {
      const mine = tail.then(() => (signal.aborted ? undefined : held()));
      tail = mine.then(
        () => undefined,
        () => undefined,
      );
      return mine;
    },
    channel() {
      const me = {};
      return {
        post(message) {
          for (const [who, hear] of listeners) if (who !== me) clock.after(1, () => hear(structuredClone(message)));
        },
        listen(callBack) {
          listeners.set(me, callBack);
          return () => listeners.delete(me);
        },
      };
    },
  };
}

/** A tab's session storage: it outlives a reload. */
export function createSessionStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
  };
}
