import type { OpenStream } from '../../app/api/live-updates.ts';
import { fleetUpdate } from '../../contract/fleet.ts';
import { paths } from '../../contract/paths.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { ModelClock } from './model-clock.ts';

/** As in a browser: an event source opens again so long after its stream broke, ms. */
const RECONNECT_MS = 2_000;

/** The streams of one page, as an event source reads them; each event arrives so late as the line is slow. */
export interface StreamLink {
  readonly open: OpenStream;
  /** How late events arrive, ms. */
  delay: number;
  /** Breaks what is open. */
  break(): void;
}

export function createStreamLink(fetch: FetchHandler, origin: string, clock: ModelClock): StreamLink {
  const breakers = new Set<() => void>();
  const later = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  const line: StreamLink = {
    delay: 1,
    break() {
      for (const each of [...breakers]) each();
    },
    open(since, on) {
      let last = since;
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
          const path = last === null ? paths.fleetEvents : `${paths.fleetEvents}?since=${encodeURIComponent(last)}`;
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
            if (line.delay > 0) await later(line.delay);
            if (isBroken) break;
            for (let end = text.indexOf('\n\n'); end >= 0 && !isBroken; end = text.indexOf('\n\n')) {
              take(text.slice(0, end));
              text = text.slice(end + 2);
            }
          }
        } catch {
          // It never came about: as broken as any.
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
            .find((one) => one.startsWith(`${name}: `))
            ?.slice(name.length + 2);
        const id = field('id');
        const data = field('data');
        if (id === undefined || data === undefined) return;
        const from = last;
        last = id;
        const parsed = fleetUpdate.safeParse(JSON.parse(data));
        if (parsed.success) on.update(parsed.data, from);
      }

      void read();
      return () => {
        isClosed = true;
        cancelReopening();
        stop();
      };
    },
  };
  return line;
}
