import type { LiveUpdatesParts } from '../../app/api/live-updates.ts';
import type { TabChannel } from '../../app/api/tab-relay.ts';
import type { ModelClock } from './model-clock.ts';

/** What the tabs of one browser share: a lock and a broadcast channel. */
export interface Browser {
  readonly lock: NonNullable<LiveUpdatesParts['lock']>;
  /** One tab's end of the channel: it receives what the other tabs post. */
  channel(): TabChannel;
}

export function createBrowser(clock: ModelClock): Browser {
  let tail: Promise<void> = Promise.resolve();
  const listeners = new Map<object, (message: Parameters<TabChannel['post']>[0]) => void>();
  return {
    lock(held, signal) {
      const turn = tail.then(() => (signal.aborted ? undefined : held()));
      tail = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn;
    },
    channel() {
      const self = {};
      return {
        post(message) {
          for (const [owner, listener] of listeners)
            if (owner !== self) clock.after(1, () => listener(structuredClone(message)));
        },
        listen(callBack) {
          listeners.set(self, callBack);
          return () => listeners.delete(self);
        },
      };
    },
  };
}

/** A tab's session storage, which survives a reload. */
export function createSessionStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
  };
}
