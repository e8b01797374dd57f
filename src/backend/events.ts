import type { Clock } from '../clock.ts';
import type { Visitor } from './access.ts';
import { createOnceSoon } from './once-soon.ts';
import type { ReadModel } from './read-model.ts';
import type { Watch } from './watch.ts';

/** The longest silence on a stream, ms: then the sources' ages are said again. */
const HEARTBEAT = 10_000;

/** The most streams at once: one visible tab holds one. */
const MOST_STREAMS = 500;

/** The most of one name: whoever opens ever more takes none from others. */
const MOST_OF_ONE = 300;

/** Who reads a stream, for as long as they are let in. */
type Reader = Pick<Visitor, 'who' | 'via' | 'isStillIn'>;

/** For so long an event tells the time closely enough to be told to another watcher too, ms: ages are shown in seconds. */
const SHARED_FOR = 250;

/** A gzip stream's head, for one whose deflate blocks were packed before, each by itself. */
const GZIP_HEAD = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

/** The fleet as server-sent events. */
export interface Events {
  /**
   * A stream from a version on, for as long as its reader is let in; null when there are too many already, or too many of theirs.
   * `takesGzip`: whether the reader takes it packed.
   */
  open(since: string | null, reader: Reader, takesGzip: boolean): Response | null;
  close(): void;
}

/** Packs bytes into deflate blocks that refer to nothing before them: then they fit into any gzip stream. */
export type Deflate = (bytes: Uint8Array) => Uint8Array;

interface Stream {
  /** Whose it is. */
  readonly name: string;
  tell(): void;
  end(): void;
}

interface Event {
  readonly version: string;
  readonly bytes: (isPacked: boolean) => Uint8Array;
}

/**
 * Each event's id is its version, its data what moved since the one before. Nothing is kept for a stream but the
 * version that it has: a slow reader is sent all that moved since, at once, when it reads on. All who stand at the
 * same version are sent the same bytes, written and packed once. `deflate`: null where nothing can pack.
 * They are told after whatever moved the fleet is done: a write's own answer does not wait for them.
 */
export function createEvents(parts: {
  readonly model: ReadModel;
  readonly watch: Watch;
  readonly clock: Clock;
  readonly deflate: Deflate | null;
}): Events {
  const { model, watch, clock, deflate } = parts;
  const open = new Set<Stream>();
  const encoder = new TextEncoder();
  /** By the version that they count from. */
  let told = new Map<string | null, Event>();
  let toldAt = Number.NEGATIVE_INFINITY;
  let toldVersion = '';

  function eventSince(since: string | null): Event {
    const version = model.version();
    const age = clock.now() - toldAt;
    if (version !== toldVersion || age < 0 || age > SHARED_FOR) {
      told = new Map();
      toldVersion = version;
      toldAt = clock.now();
    }
    const known = told.get(since);
    if (known !== undefined) return known;
    const update = model.since(since);
    const event = {
      version: update.version,
      bytes: bothWays(`id: ${update.version}\ndata: ${JSON.stringify(update)}\n\n`),
    };
    told.set(since, event);
    return event;
  }

  /** A text as bytes, plain and packed, each made once when it is asked for. */
  function bothWays(text: string): Event['bytes'] {
    const plain = encoder.encode(text);
    let packed: Uint8Array | null = null;
    return (isPacked) => {
      if (!isPacked || deflate === null) return plain;
      packed ??= deflate(plain);
      return packed;
    };
  }

  const telling = createOnceSoon(clock, () => {
    for (const stream of open) stream.tell();
  });
  const unsubscribe = model.subscribe(() => {
    if (open.size === 0) return;
    telling.ask();
  });

  const retry = bothWays('retry: 2000\n\n');
  const opening = (isPacked: boolean) => (isPacked ? Uint8Array.from([...GZIP_HEAD, ...retry(true)]) : retry(false));

  function stream(
    since: string | null,
    { isStillIn, ...reader }: Reader,
    isPacked: boolean,
  ): ReadableStream<Uint8Array> {
    let sent = since;
    let started = false;
    let cancelHeartbeat: () => void = () => undefined;
    let release: () => void = () => undefined;
    let own: Stream | null = null;

    function send(controller: ReadableStreamDefaultController<Uint8Array>) {
      if (!isStillIn()) {
        own?.end();
        return;
      }
      const event = eventSince(sent);
      sent = event.version;
      started = true;
      controller.enqueue(event.bytes(isPacked));
      cancelHeartbeat();
      cancelHeartbeat = clock.after(HEARTBEAT, () => beat(controller));
    }

    function sendIfMoved(controller: ReadableStreamDefaultController<Uint8Array>) {
      if ((controller.desiredSize ?? 0) <= 0) return;
      if (!started || model.version() !== sent) send(controller);
    }

    function beat(controller: ReadableStreamDefaultController<Uint8Array>) {
      if ((controller.desiredSize ?? 0) > 0) send(controller);
      else cancelHeartbeat = clock.after(HEARTBEAT, () => beat(controller));
    }

    function letGo() {
      cancelHeartbeat();
      release();
      if (own !== null) open.delete(own);
    }

    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          release = watch.hold();
          own = {
            name: nameOf(reader),
            tell: () => sendIfMoved(controller),
            end() {
              letGo();
              controller.close();
            },
          };
          open.add(own);
          controller.enqueue(opening(isPacked));
        },
        pull: sendIfMoved,
        cancel: letGo,
      },
      { highWaterMark: 2 },
    );
  }

  return {
    open(since, reader, takesGzip) {
      const name = nameOf(reader);
      const theirs = [...open].filter((each) => each.name === name).length;
      if (open.size >= MOST_STREAMS || theirs >= MOST_OF_ONE) return null;
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
      telling.cancel();
      for (const stream of open) stream.end();
    },
  };
}

function nameOf({ via, who }: Omit<Reader, 'isStillIn'>): string {
  return `${via} ${who}`;
}
