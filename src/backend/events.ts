import type { Clock } from '../clock.ts';
import type { ReadModel } from './read-model.ts';
import type { Watch } from './watch.ts';

/** The longest silence on a stream, ms: then the sources' ages are said again. */
const HEARTBEAT = 10_000;

/** The most streams at once: one visible tab holds one. */
const MOST_STREAMS = 500;

/** The fleet as server-sent events. */
export interface Events {
  /** A stream from a version on, for as long as its reader is let in; null when there are too many already. */
  open(since: string | null, isStillIn: () => boolean): Response | null;
  close(): void;
}

/**
 * Each event's id is its version, its data what moved since the one before. Nothing is kept for a stream but the
 * version that it has: a slow reader is sent all that moved since, at once, when it reads on.
 */
export function createEvents({ model, watch, clock }: { readonly model: ReadModel; readonly watch: Watch; readonly clock: Clock }): Events {
  const open = new Set<() => void>();
  const encoder = new TextEncoder();

  function stream(since: string | null, isStillIn: () => boolean): ReadableStream<Uint8Array> {
    let sent = since;
    let started = false;
    let cancelHeartbeat: () => void = () => undefined;
    let unsubscribe: () => void = () => undefined;
    let release: () => void = () => undefined;
    let end: () => void = () => undefined;

    function send(controller: ReadableStreamDefaultController<Uint8Array>) {
      if (!isStillIn()) {
        end();
        return;
      }
      const update = model.since(sent);
      sent = update.version;
      started = true;
      controller.enqueue(encoder.encode(`id: ${update.version}\ndata: ${JSON.stringify(update)}\n\n`));
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
      unsubscribe();
      release();
      open.delete(end);
    }

    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          release = watch.hold();
          unsubscribe = model.subscribe(() => sendIfMoved(controller));
          end = () => {
            letGo();
            controller.close();
          };
          open.add(end);
          controller.enqueue(encoder.encode('retry: 2000\n\n'));
        },
        pull: sendIfMoved,
        cancel: letGo,
      },
      { highWaterMark: 2 },
    );
  }

  return {
    open(since, isStillIn) {
      if (open.size >= MOST_STREAMS) return null;
      return new Response(stream(since, isStillIn), {
        headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' },
      });
    },
    close() {
      for (const end of open) end();
    },
  };
}
