import type { FleetUpdate } from '../../contract/fleet.ts';

/** What the tabs of one browser tell each other. */
export type TabMessage =
  | { readonly kind: 'update'; readonly update: FleetUpdate; readonly since: string | null }
  /** This tab waits for updates. */
  | { readonly kind: 'waiting' }
  /** This tab holds the stream now; waiting tabs announce themselves again. */
  | { readonly kind: 'streaming' };

export interface TabChannel {
  post(message: TabMessage): void;
  listen(callBack: (message: TabMessage) => void): () => void;
}

/** Passes the updates of the tab that holds the stream on to the other visible tabs. */
export interface TabRelay {
  /** Listens for updates of another tab; the returned function stops. */
  join(receive: (update: FleetUpdate, since: string | null) => void): () => void;
  /** This tab holds the stream from now on. */
  lead(): void;
  pass(update: FleetUpdate, since: string | null): void;
}

/** Posts updates only once another tab waits for them: even a message that nobody hears goes through the browser process. */
export function createTabRelay(channel: TabChannel | null): TabRelay {
  let isAwaited = false;
  return {
    join(receive) {
      const stop = channel?.listen((message) => {
        switch (message.kind) {
          case 'update':
            receive(message.update, message.since);
            break;
          case 'waiting':
            isAwaited = true;
            break;
          case 'streaming':
            channel.post({ kind: 'waiting' });
        }
      });
      channel?.post({ kind: 'waiting' });
      return () => stop?.();
    },
    lead() {
      // Tabs may have closed since they were heard.
      isAwaited = false;
      channel?.post({ kind: 'streaming' });
    },
    pass(update, since) {
      if (isAwaited) channel?.post({ kind: 'update', update, since });
    },
  };
}
