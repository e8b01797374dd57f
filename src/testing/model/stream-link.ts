import type { OpenStream } from '../../app/api/live-updates.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { ModelClock } from './model-clock.ts';

/** How long a browser's `EventSource` waits before it reconnects, ms. */
const RECONNECT_MS = 2_000;

/** The event streams of one page, read as an `EventSource` does. */
export interface StreamLink {
  readonly open: OpenStream;
  /** The delay of each event, ms. */
  delay: number;
  /** Breaks the open streams. */
  break(): void;
}

export function createStreamLink(fetch: FetchHandler, origin: string, clock: ModelClock): StreamLink {
  const breakers = new Set<() => void>();
  const delay = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  const streamLink: StreamLink = {
    delay: 1,
    break() {
      for (const each of [...breakers]) each();
    },
    open(since, on) {
      let lastEventId = since;
      let isClosed = false;
      let cancelReopening: () => void = () => undefined;
      let stop: () => void = () => undefined;

      async function read() {
        const abort = new AbortController();
        let isBroken = false;
        const breakOff = () => {
          isBroken = true;
          abort.abort();
        };
        stop = breakOff;
        breakers.add(breakOff);
        try {
          const path =
            lastEventId === null ? paths.fleetEvents : `${paths.fleetEvents}?since=${encodeURIComponent(lastEventId)}`;
          const response = await fetch(new Request(new URL(path, origin), { signal: abort.signal }));
          const reader = response.body?.getReader();
          abort.signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
          let text = '';
          const decoder = new TextDecoder();
          while (reader !== undefined && !isBroken) {
            const { done, value } = await reader.read();
            clock.noteActivity();
            if (done) break;
            text += decoder.decode(value, { stream: true });
            if (streamLink.delay > 0) await delay(streamLink.delay);
            if (isBroken) break;
            for (let end = text.indexOf('\n\n'); end >= 0 && !isBroken; end = text.indexOf('\n\n')) {
              take(text.slice(0, end));
              text = text.slice(end + 2);
            }
          }
        } catch {
          // A connection that failed is treated like one that broke.
        }
        breakers.delete(breakOff);
        if (isClosed) return;
        on.failed();
        cancelReopening = clock.after(RECONNECT_MS, () => void read());
      }

      function take(event: string) {
        const field = (name: string) =>
          event
            .split('\n')
            .find((row) => row.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        const id = field('id');
        const data = field('data');
        if (id === undefined || data === undefined) return;
        const previousId = lastEventId;
        lastEventId = id;
        const parsed = fleetUpdate.safeParse(JSON.parse(data));
        if (parsed.success) on.update(parsed.data, previousId);
      }

      void read();
      return () => {
        isClosed = true;
        cancelReopening();
        stop();
      };
    },
  };
  return streamLink;
}
