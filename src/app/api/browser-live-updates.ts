import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import { basePath, withBasePath } from '../routing/base-path.ts';
import type { LiveUpdatesParts, OpenStream } from './live-updates.ts';
import type { TabChannel, TabMessage } from './tab-relay.ts';

/** The name of the lock and the channel; consoles under other base paths of the same host have their own. */
const NAME = 'virtual-cluster-console';

/** How long after a stream has ended for good the page opens another one, ms. */
const REOPEN_DELAY_MS = 3_000;

/** The parts of `createLiveUpdates` that the browser provides. */
export function browserLiveUpdateParts(): Pick<LiveUpdatesParts, 'openStream' | 'lock' | 'channel' | 'visibility'> {
  return {
    openStream,
    lock: 'locks' in navigator ? (held, signal) => navigator.locks.request(NAME + basePath(), { signal }, held) : null,
    channel: 'BroadcastChannel' in window ? tabChannel() : null,
    visibility: pageVisibility(window),
  };
}

/**
 * Whether the page is visible. A page that was left counts as hidden until it is shown again, even in the back/forward
 * cache (`persisted`): so it closes its stream, and on return fetches at once what it missed.
 */
export function pageVisibility(
  page: Pick<Window, 'addEventListener' | 'removeEventListener'> & { readonly document: Document },
): LiveUpdatesParts['visibility'] {
  const { document } = page;
  let isLeft = false;
  const left = () => (isLeft = true);
  const back = () => (isLeft = false);
  page.addEventListener('pagehide', left);
  page.addEventListener('pageshow', back);
  return {
    isVisible: () => !isLeft && document.visibilityState === 'visible',
    subscribe(callBack) {
      document.addEventListener('visibilitychange', callBack);
      for (const name of ['pagehide', 'pageshow'] as const) page.addEventListener(name, callBack);
      return () => {
        document.removeEventListener('visibilitychange', callBack);
        for (const name of ['pagehide', 'pageshow'] as const) page.removeEventListener(name, callBack);
      };
    },
  };
}

/** Server-sent events: each is relative to the one before it, whose id the browser repeats when it reconnects. */
const openStream: OpenStream = (since, on) => {
  let last = since;
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const path = withBasePath(paths.fleetEvents);
    source = new EventSource(last === null ? path : `${path}?since=${encodeURIComponent(last)}`);
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const since = last;
      // Even if this event is unreadable, the next one is relative to it.
      last = event.lastEventId;
      const parsed = fleetUpdate.safeParse(parseOrNull(event.data));
      if (parsed.success) on.update(parsed.data, since);
    });
    source.addEventListener('error', () => {
      on.failed();
      // The browser reconnects by itself, except after an answer that was not a stream.
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_DELAY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(reopening);
    source.close();
  };
};

function tabChannel(): TabChannel {
  const channel = new BroadcastChannel(NAME + basePath());
  return {
    post: (message) => channel.postMessage(message),
    listen(callBack) {
      const received = (event: MessageEvent<TabMessage>) => callBack(event.data);
      channel.addEventListener('message', received);
      return () => channel.removeEventListener('message', received);
    },
  };
}

function parseOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
