import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import { basePath, withBasePath } from '../routing/base-path.ts';
import type { LiveUpdatesParts, OpenStream, TabChannel } from './live-updates.ts';

/** Consoles below other paths of this host are others. */
const NAME = 'virtual-cluster-console';

/** How long after a stream ended for good the page opens another, ms. */
const REOPEN_DELAY_MS = 3_000;

/** The browser's own parts of `createLive`. */
export function browserLiveUpdateParts(): Pick<LiveUpdatesParts, 'openStream' | 'lock' | 'channel' | 'visibility'> {
  return {
    openStream,
    lock: 'locks' in navigator ? (held, signal) => navigator.locks.request(NAME + basePath(), { signal }, held) : null,
    channel: 'BroadcastChannel' in window ? tabChannel() : null,
    visibility: pageVisibility(window),
  };
}

/**
 * Whether the page can be seen. One that was left counts as hidden until it is shown again, even where the browser keeps it
 * as it is to come back to (`persisted`): so it lets go of its stream, and looks at once for what it missed.
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

/** Server-sent events: each counts from the one before it, whose id the browser repeats when it reconnects. */
const openStream: OpenStream = (since, on) => {
  let last = since;
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const path = withBasePath(paths.fleetEvents);
    source = new EventSource(last === null ? path : `${path}?since=${encodeURIComponent(last)}`);
    source.addEventListener('message', (event: MessageEvent<string>) => {
      const since = last;
      // Whatever the event holds, the next one counts from it.
      last = event.lastEventId;
      const parsed = fleetUpdate.safeParse(parseOrNull(event.data));
      if (parsed.success) on.update(parsed.data, since);
    });
    source.addEventListener('error', () => {
      on.failed();
      // The browser tries again by itself, except after an answer that was no stream.
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
      const heard = (event: MessageEvent<Parameters<typeof callBack>[0]>) => callBack(event.data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
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
