import type { Clock } from '../../clock.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import { createEmitter } from '../../emitter.ts';
import { createTabRelay, type TabChannel } from './tab-relay.ts';

/** The state of the connection to the console's back end. `since`: the page's time, milliseconds since 1970. */
export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'lost'; readonly since: number };

/** What a fetch came to; `refused`: the console answered that nobody is signed in. */
export type FetchOutcome = 'answered' | 'refused' | 'failed';

/** Opens a stream of updates; the returned function closes it. `since`: the version to start from. */
export type OpenStream = (
  since: string | null,
  on: { readonly update: (update: FleetUpdate, since: string | null) => void; readonly failed: () => void },
) => () => void;

export interface LiveUpdatesParts {
  readonly openStream: OpenStream;
  /** Held by one visible tab of a browser at a time; null where the browser has no locks: then the page polls. */
  readonly lock: ((held: () => Promise<void>, signal: AbortSignal) => Promise<void>) | null;
  readonly channel: TabChannel | null;
  readonly visibility: { isVisible(): boolean; subscribe(callBack: () => void): () => void };
  readonly clock: Clock;
  /** The version that the page has; null before the first answer. */
  readonly currentVersion: () => string | null;
  /** Applies an update; false when it is relative to a version that the page does not have. */
  readonly applyUpdate: (update: FleetUpdate, since: string | null) => boolean;
  /** Fetches what the page misses. Never rejects; `failed` once the signal has aborted. */
  readonly fetchUpdates: (giveUp: AbortSignal) => Promise<FetchOutcome>;
}

/** Keeps the page's fleet current while the page is visible. */
export interface LiveUpdates {
  /** Starts; the returned function stops. */
  start(): () => void;
  /**
   * Called after a write: fetches what it changed, unless a live stream brings that by itself. Calls at the same time
   * share one request at a time. Resolves once the fetch, if any, is over; never rejects.
   */
  refresh(): Promise<void>;
  connection(): Connection;
  subscribe(callBack: () => void): () => void;
}

/** The polling interval without a stream, ms. */
export const POLL_INTERVAL_MS = 3_000;

/** A stream sends its ages at least every 10 s: a tab that received nothing for longer fetches by itself, ms. */
export const STREAM_SILENCE_LIMIT_MS = 15_000;

/** How long the page waits for an answer, ms: over a connection left behind by a sleeping laptop none ever comes. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** One visible tab holds the stream and passes its updates on to the others; hidden tabs cost nothing. */
export function createLiveUpdates(parts: LiveUpdatesParts): LiveUpdates {
  const { clock, lock, visibility } = parts;
  const relay = createTabRelay(parts.channel);
  const connectionChanges = createEmitter();
  let connection: Connection = { state: 'connecting' };
  let lastUpdateAt = Number.NEGATIVE_INFINITY;
  /** When the stream, of this tab or another one, last brought an update. */
  let lastStreamedAt = Number.NEGATIVE_INFINITY;
  /** How many updates and answers have arrived. */
  let updateCount = 0;
  let pendingFetch: Promise<void> | null = null;
  let isFetchOutdated = false;
  let stopUpdates: (() => void) | null = null;

  function setConnection(next: Connection) {
    if (connection.state === next.state) return;
    connection = next;
    connectionChanges.emit();
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
      const outcome = await parts.fetchUpdates(abortController.signal);
      cancel();
      if (outcome === 'answered') markUpdateReceived();
      // The console is there: as soon as somebody is signed in, nothing was lost.
      else if (outcome === 'refused') setConnection({ state: 'connecting' });
      // A stream that goes on meanwhile outweighs one failed request.
      else if (updateCount === before) setConnection({ state: 'lost', since: clock.now() });
    } while (isFetchOutdated && stopUpdates !== null);
    pendingFetch = null;
  }

  /** One request at a time. */
  function fetchNow(): Promise<void> {
    pendingFetch ??= runFetch();
    return pendingFetch;
  }

  /** Fetches state from after this call: an answer already under way may be older, so another request follows it. */
  function fetchFromNow(): Promise<void> {
    isFetchOutdated = true;
    return fetchNow();
  }

  function receiveUpdate(update: FleetUpdate, since: string | null) {
    markUpdateReceived();
    lastStreamedAt = lastUpdateAt;
    if (parts.applyUpdate(update, since)) return;
    void fetchFromNow();
  }

  function holdStream(signal: AbortSignal): Promise<void> {
    // The lock may be granted just as the tab is hidden.
    if (signal.aborted) return Promise.resolve();
    relay.lead();
    return new Promise((resolve) => {
      const close = parts.openStream(parts.currentVersion(), {
        update: (update, since) => {
          receiveUpdate(update, since);
          relay.pass(update, since);
        },
        // A stream that ends proves nothing, since proxies end them too. A request shows whether the console is there.
        failed: () => {
          lastStreamedAt = Number.NEGATIVE_INFINITY;
          void fetchNow();
        },
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
    const leaveRelay = relay.join(receiveUpdate);
    let cancelNext: () => void = () => undefined;
    const poll = () => {
      if (lock === null || clock.now() - lastUpdateAt >= STREAM_SILENCE_LIMIT_MS || connection.state !== 'live')
        void fetchNow();
      scheduleNextPoll();
    };
    // A live stream needs no polling until it has been silent for long.
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
    const stopRescheduling = connectionChanges.subscribe(scheduleNextPoll);
    // What arrived before the tab was hidden says nothing about now.
    if (connection.state === 'live') setConnection({ state: 'connecting' });
    scheduleNextPoll();
    // The stream continues from the first answer. Stopping aborts the wait for the lock, which then rejects.
    void fetchNow().finally(() => {
      if (lock !== null && !signal.aborted) void lock(() => holdStream(signal), signal).catch(() => undefined);
    });
    return () => {
      leaving.abort();
      leaveRelay();
      stopRescheduling();
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
          lastStreamedAt = Number.NEGATIVE_INFINITY;
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
    async refresh() {
      const isStreaming = connection.state === 'live' && clock.now() - lastStreamedAt < STREAM_SILENCE_LIMIT_MS;
      if (!isStreaming) await fetchFromNow();
    },
    connection: () => connection,
    subscribe: connectionChanges.subscribe,
  };
}
