import type { Clock } from '../../clock.ts';
import { principalKey, type Principal } from '../auth/authenticator.ts';
import { createDebounce, type Debounce } from '../concurrency/debounce.ts';
import type { UpdateCause } from '../fleet/fleet-store.ts';
import type { ShownFleet } from '../fleet/shown-fleet.ts';
import type { Poller } from '../polling/poller.ts';
import { createStreamRoom, type RoomStream, type StreamRoom } from './stream-room.ts';

/** Longest silence on a stream, ms; then an event refreshes the sources' ages. */
const HEARTBEAT = 10_000;

/** The reader of a stream, for as long as their credentials are valid. */
type Reader = Pick<Principal, 'name' | 'authMethod' | 'isStillValid'>;

/** How long an event's bytes may be shared with other readers, ms: ages are shown in seconds. */
const SHARE_WINDOW = 250;

/**
 * Readings are sent in batches, ms: the sources are read at the same time, and a page would draw one node once for each of them.
 */
const BATCH_WINDOW = 200;

/** Events kept for one version of the fleet; a stream that starts from yet another version gets the whole fleet. */
const MAX_SHARED_EVENTS = 32;

/** The gzip header of a stream whose deflate blocks were compressed separately beforehand. */
const GZIP_HEAD = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** The fleet as server-sent events. */
export interface EventStream {
  /**
   * A stream from a version on, for as long as its reader is let in; or why not: they have their share, or all are taken by others
   * who have no more than they. `takesGzip`: whether the reader takes it packed.
   */
  open(since: string | null, reader: Reader, takesGzip: boolean): Response | 'share-used' | 'full';
  close(): void;
}

/** Packs bytes into deflate blocks that refer to nothing before them: then they fit into any gzip stream. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

interface Stream extends RoomStream {
  notify(): void;
}

interface Event {
  readonly version: string;
  readonly bytes: (isPacked: boolean) => Uint8Array;
}

/**
 * Each event's id is its version, its data what changed since the previous event. A stream's only state is the version
 * that it has: a slow reader gets all later changes in one event when it reads on. Streams at the same version share the
 * same bytes, serialized and compressed once. `deflate`: null where compression is not available.
 * Events are sent after the update that changed the fleet has finished: the reply to a write does not wait for them.
 */
export function createEventStream(parts: {
  readonly shown: ShownFleet;
  readonly poller: Poller;
  readonly clock: Clock;
  readonly deflate: Deflate | null;
  /** Shared with the streams of other Rays; left out: of this one alone. */
  readonly room?: StreamRoom;
}): EventStream {
  const { shown, poller, clock, deflate, room = createStreamRoom() } = parts;
  const open = new Set<Stream>();
  const encoder = new TextEncoder();
  /** By the version that each starts from. */
  let cachedEvents = new Map<string | null, Event>();
  let cachedAt = Number.NEGATIVE_INFINITY;
  let cachedVersion = '';
  let cachedTryAt: number | null = null;

  function eventSince(since: string | null): Event {
    const version = shown.version();
    const tryAt = shown.nextTryAt();
    const age = clock.now() - cachedAt;
    if (version !== cachedVersion || tryAt !== cachedTryAt || age < 0 || age > SHARE_WINDOW) {
      cachedEvents = new Map();
      cachedVersion = version;
      cachedTryAt = tryAt;
      cachedAt = clock.now();
    }
    const known = cachedEvents.get(since);
    if (known !== undefined) return known;
    if (since !== null && cachedEvents.size >= MAX_SHARED_EVENTS) return eventSince(null);
    const update = shown.updateSince(since);
    // Anything may be asked for: what no version was is the same as none.
    if (since !== null && update.whole) return eventSince(null);
    const event = {
      version: update.version,
      bytes: lazyEncodings(`id: ${update.version}\ndata: ${JSON.stringify(update)}\n\n`),
    };
    cachedEvents.set(since, event);
    return event;
  }

  /** A text as bytes, plain and packed, each made once when it is asked for. */
  function lazyEncodings(text: string): Event['bytes'] {
    const plain = encoder.encode(text);
    let packed: Uint8Array | null = null;
    return (isPacked) => {
      if (!isPacked || deflate === null) return plain;
      packed ??= deflate(plain);
      return packed;
    };
  }

  const notify = () => {
    for (const stream of open) stream.notify();
  };
  /** Somebody acted, and waits for the result. */
  const notifications = {
    action: createDebounce(clock, notify),
    reading: createDebounce(clock, notify, BATCH_WINDOW),
  } satisfies Record<UpdateCause, Debounce>;
  const unsubscribe = shown.subscribe((cause) => {
    if (open.size > 0) notifications[cause].trigger();
  });

  const retry = lazyEncodings('retry: 2000\n\n');
  const opening = (isPacked: boolean) => (isPacked ? Uint8Array.from([...GZIP_HEAD, ...retry(true)]) : retry(false));

  function stream(
    since: string | null,
    { isStillValid, ...reader }: Reader,
    isPacked: boolean,
  ): ReadableStream<Uint8Array> {
    let sent = since;
    let sentTryAt: number | null = null;
    let started = false;
    let cancelHeartbeat: () => void = () => undefined;
    let release: () => void = () => undefined;
    let own: Stream | null = null;

    function send(controller: ReadableStreamDefaultController<Uint8Array>) {
      if (!isStillValid()) {
        own?.end();
        return;
      }
      const event = eventSince(sent);
      sent = event.version;
      sentTryAt = shown.nextTryAt();
      started = true;
      controller.enqueue(event.bytes(isPacked));
      cancelHeartbeat();
      cancelHeartbeat = clock.after(HEARTBEAT, () => beat(controller));
    }

    function sendIfMoved(controller: ReadableStreamDefaultController<Uint8Array>) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      // While Ray is away each failed try is an event, with the time of the next one.
      if (!started || shown.version() !== sent || shown.nextTryAt() !== sentTryAt) send(controller);
    }

    function beat(controller: ReadableStreamDefaultController<Uint8Array>) {
      if ((controller.desiredSize ?? 0) > 0) send(controller);
      else cancelHeartbeat = clock.after(HEARTBEAT, () => beat(controller));
    }

    function cleanUp() {
      cancelHeartbeat();
      release();
      if (own === null) return;
      open.delete(own);
      room.delete(own);
    }

    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          release = poller.addWatcher();
          own = {
            name: principalKey(reader),
            notify: () => sendIfMoved(controller),
            end() {
              cleanUp();
              controller.close();
            },
          };
          open.add(own);
          room.add(own);
          controller.enqueue(opening(isPacked));
        },
        pull: sendIfMoved,
        cancel: cleanUp,
      },
      { highWaterMark: 2 },
    );
  }

  return {
    open(since, reader, takesGzip) {
      const name = principalKey(reader);
      const refusal = room.makeRoomFor(name);
      if (refusal !== null) return refusal;
      const isPacked = takesGzip && deflate !== null;
      return new Response(stream(since, reader, isPacked), {
        headers: {
          'Content-Type': 'text/event-stream',
          'Cache-Control': 'no-store, no-transform',
          'X-Accel-Buffering': 'no',
          Vary: 'Accept-Encoding',
          ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
        },
      });
    },
    close() {
      unsubscribe();
      for (const each of Object.values(notifications)) each.cancel();
      for (const stream of open) stream.end();
    },
  };
}
