import type { Clock } from '../../clock.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';

/** How the page and the console's back end stand. `since`: the page's time, milliseconds since 1970. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: number };

/** One open stream of updates; calling it closes the stream. */
export type OpenStream = (
  since: string | null,
  on: { readonly update: (update: FleetUpdate, since: string | null) => void; readonly failed: () => void },
) => () => void;

/** What tabs of one browser say to each other. */
export interface TabChannel {
  post(message: { readonly update: FleetUpdate; readonly since: string | null }): void;
  listen(callBack: (message: { readonly update: FleetUpdate; readonly since: string | null }) => void): () => void;
}

export interface LiveParts {
  readonly openStream: OpenStream;
  /** Held by one visible tab of a browser at a time; null where the browser has none: then the page polls. */
  readonly lock: ((held: () => Promise<void>, signal: AbortSignal) => Promise<void>) | null;
  readonly channel: TabChannel | null;
  readonly visibility: { isVisible(): boolean; subscribe(callBack: () => void): () => void };
  readonly clock: Clock;
  /** The version that the page has. */
  readonly version: () => string | null;
  /** Takes an update in; false when it counts from a version that the page hasn't. */
  readonly take: (update: FleetUpdate, since: string | null) => boolean;
  /** Asks the back end for what the page misses; whether an answer came before the signal gave it up. Never rejects. */
  readonly ask: (giveUp: AbortSignal) => Promise<boolean>;
}

/** Keeps the page's fleet moving while the page can be seen. */
export interface Live {
  start(): () => void;
  connection(): Connection;
  subscribe(callBack: () => void): () => void;
}

/** How often the page asks where no stream tells, ms. */
export const POLL = 3_000;

/** A stream says its ages at least every 10 s: a tab that has heard nothing for longer asks for itself. */
export const QUIET = 15_000;

/** How long the page waits for an answer, ms: a connection that a sleeping laptop left behind never gives one. */
export const ANSWER_WITHIN = 10_000;

/** One visible tab holds the stream and tells the others; hidden tabs cost nothing. */
export function createLive(parts: LiveParts): Live {
  const { clock, channel, lock, visibility } = parts;
  const subscribers = new Set<() => void>();
  let connection: Connection = { state: 'connecting' };
  let heardAt = Number.NEGATIVE_INFINITY;
  /** How often anything was heard. */
  let words = 0;
  let asking: Promise<void> | null = null;
  let isMissing = false;
  let leave: (() => void) | null = null;

  function subscribe(callBack: () => void): () => void {
    subscribers.add(callBack);
    return () => subscribers.delete(callBack);
  }

  function setConnection(next: Connection) {
    if (connection.state === next.state) return;
    connection = next;
    for (const callBack of subscribers) callBack();
  }

  function heard() {
    heardAt = clock.now();
    words += 1;
    setConnection({ state: 'live' });
  }

  async function askNow() {
    do {
      isMissing = false;
      const before = words;
      const giveUp = new AbortController();
      const cancel = clock.after(ANSWER_WITHIN, () => giveUp.abort());
      const isAnswered = await parts.ask(giveUp.signal);
      cancel();
      if (isAnswered) heard();
      // A stream that goes on meanwhile says more than one failed question.
      else if (words === before) setConnection({ state: 'lost', since: clock.now() });
    } while (isMissing && leave !== null);
    asking = null;
  }

  /** One question at a time. */
  function ask(): Promise<void> {
    asking ??= askNow();
    return asking;
  }

  function take(update: FleetUpdate, since: string | null) {
    heard();
    if (parts.take(update, since)) return;
    // The answer to a question that is under way may be from before the gap: then there is another one after it.
    isMissing = true;
    void ask();
  }

  function lead(signal: AbortSignal): Promise<void> {
    // The lock may come just as the tab is hidden.
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const close = parts.openStream(parts.version(), {
        update: (update, since) => {
          take(update, since);
          channel?.post({ update, since });
        },
        // A stream that ends is no sign yet: proxies end them too. An answer or none tells.
        failed: () => void ask(),
      });
      signal.addEventListener('abort', () => {
        close();
        resolve();
      });
    });
  }

  function join(): () => void {
    const leaving = new AbortController();
    const { signal } = leaving;
    const stopListening = channel?.listen(({ update, since }) => take(update, since));
    let cancelNext: () => void = () => undefined;
    const look = () => {
      if (lock === null || clock.now() - heardAt >= QUIET || connection.state === 'lost') void ask();
      plan();
    };
    // While a stream tells there is nothing to look for until it has been quiet for long.
    const plan = () => {
      cancelNext();
      const isTold = lock !== null && connection.state === 'live';
      cancelNext = clock.after(isTold ? Math.max(POLL, heardAt + QUIET - clock.now()) : POLL, look);
    };
    const stopPlanning = subscribe(plan);
    // What was heard before the tab was hidden says nothing of now.
    if (connection.state === 'live') setConnection({ state: 'connecting' });
    plan();
    // The stream goes on from what the first answer brought. An aborted wait for the lock rejects: leaving ends it so.
    void ask().finally(() => {
      if (lock !== null && !signal.aborted) void lock(() => lead(signal), signal).catch(() => undefined);
    });
    return () => {
      leaving.abort();
      stopListening?.();
      stopPlanning();
      cancelNext();
    };
  }

  return {
    start() {
      const changed = () => {
        if (visibility.isVisible() && leave === null) leave = join();
        else if (!visibility.isVisible() && leave !== null) {
          leave();
          leave = null;
          heardAt = Number.NEGATIVE_INFINITY;
        }
      };
      const stop = visibility.subscribe(changed);
      changed();
      return () => {
        stop();
        leave?.();
        leave = null;
      };
    },
    connection: () => connection,
    subscribe,
  };
}
