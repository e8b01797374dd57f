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

export interface LiveUpdatesParts {
  readonly openStream: OpenStream;
  /** Held by one visible tab of a browser at a time; null where the browser has none: then the page polls. */
  readonly lock: ((held: () => Promise<void>, signal: AbortSignal) => Promise<void>) | null;
  readonly channel: TabChannel | null;
  readonly visibility: { isVisible(): boolean; subscribe(callBack: () => void): () => void };
  readonly clock: Clock;
  /** The version that the page has. */
  readonly currentVersion: () => string | null;
  /** Takes an update in; false when it counts from a version that the page hasn't. */
  readonly applyUpdate: (update: FleetUpdate, since: string | null) => boolean;
  /** Asks the back end for what the page misses; whether an answer came before the signal gave it up. Never rejects. */
  readonly fetchUpdates: (giveUp: AbortSignal) => Promise<boolean>;
}

/** Keeps the page's fleet moving while the page can be seen. */
export interface LiveUpdates {
  start(): () => void;
  connection(): Connection;
  subscribe(callBack: () => void): () => void;
}

/** How often the page asks where no stream tells, ms. */
export const POLL_INTERVAL_MS = 3_000;

/** A stream says its ages at least every 10 s: a tab that has heard nothing for longer asks for itself. */
export const STREAM_SILENCE_LIMIT_MS = 15_000;

/** How long the page waits for an answer, ms: a connection that a sleeping laptop left behind never gives one. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** One visible tab holds the stream and tells the others; hidden tabs cost nothing. */
export function createLiveUpdates(parts: LiveUpdatesParts): LiveUpdates {
  const { clock, channel, lock, visibility } = parts;
  const subscribers = new Set<() => void>();
  let connection: Connection = { state: 'connecting' };
  let lastUpdateAt = Number.NEGATIVE_INFINITY;
  /** How often anything was heard. */
  let updateCount = 0;
  let pendingFetch: Promise<void> | null = null;
  let isFetchOutdated = false;
  let stopUpdates: (() => void) | null = null;

  function subscribe(callBack: () => void): () => void {
    subscribers.add(callBack);
    return () => subscribers.delete(callBack);
  }

  function setConnection(next: Connection) {
    if (connection.state === next.state) return;
    connection = next;
    for (const callBack of subscribers) callBack();
  }

  function markUpdateReceived() {
    lastUpdateAt = clock.now();
    updateCount += 1;
    setConnection({ state: 'live' });
  }

  async function runFetch() {
    do {
      isFetchOutdated = false;
      const before = updateCount;
      const abortController = new AbortController();
      const cancel = clock.after(REQUEST_TIMEOUT_MS, () => abortController.abort());
      const isAnswered = await parts.fetchUpdates(abortController.signal);
      cancel();
      if (isAnswered) markUpdateReceived();
      // A stream that goes on meanwhile says more than one failed question.
      else if (updateCount === before) setConnection({ state: 'lost', since: clock.now() });
    } while (isFetchOutdated && stopUpdates !== null);
    pendingFetch = null;
  }

  /** One question at a time. */
  function ask(): Promise<void> {
    pendingFetch ??= runFetch();
    return pendingFetch;
  }

  function receiveUpdate(update: FleetUpdate, since: string | null) {
    markUpdateReceived();
    if (parts.applyUpdate(update, since)) return;
    // The answer to a question that is under way may be from before the gap: then there is another one after it.
    isFetchOutdated = true;
    void ask();
  }

  function holdStream(signal: AbortSignal): Promise<void> {
    // The lock may come just as the tab is hidden.
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const close = parts.openStream(parts.currentVersion(), {
        update: (update, since) => {
          receiveUpdate(update, since);
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

  function startUpdates(): () => void {
    const leaving = new AbortController();
    const { signal } = leaving;
    const stopListening = channel?.listen(({ update, since }) => receiveUpdate(update, since));
    let cancelNext: () => void = () => undefined;
    const poll = () => {
      if (lock === null || clock.now() - lastUpdateAt >= STREAM_SILENCE_LIMIT_MS || connection.state === 'lost')
        void ask();
      scheduleNextPoll();
    };
    // While a stream tells there is nothing to look for until it has been quiet for long.
    const scheduleNextPoll = () => {
      cancelNext();
      const isStreaming = lock !== null && connection.state === 'live';
      cancelNext = clock.after(
        isStreaming
          ? Math.max(POLL_INTERVAL_MS, lastUpdateAt + STREAM_SILENCE_LIMIT_MS - clock.now())
          : POLL_INTERVAL_MS,
        poll,
      );
    };
    const stopPlanning = subscribe(scheduleNextPoll);
    // What was heard before the tab was hidden says nothing of now.
    if (connection.state === 'live') setConnection({ state: 'connecting' });
    scheduleNextPoll();
    // The stream goes on from what the first answer brought. An aborted wait for the lock rejects: leaving ends it so.
    void ask().finally(() => {
      if (lock !== null && !signal.aborted) void lock(() => holdStream(signal), signal).catch(() => undefined);
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
        if (visibility.isVisible() && stopUpdates === null) stopUpdates = startUpdates();
        else if (!visibility.isVisible() && stopUpdates !== null) {
          stopUpdates();
          stopUpdates = null;
          lastUpdateAt = Number.NEGATIVE_INFINITY;
        }
      };
      const stop = visibility.subscribe(changed);
      changed();
      return () => {
        stop();
        stopUpdates?.();
        stopUpdates = null;
      };
    },
    connection: () => connection,
    subscribe,
  };
}
