import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { RayReply, RayRequest, RayTransport } from '../../ray/client/transport.ts';

/**
 * How long an idle connection is kept, ms: over the shortest time between two reads, and below what servers and
 * proxies keep theirs, so that no request goes out on one that is just being closed.
 */
const KEEP_ALIVE_TIMEOUT = 4_000;

/** How long a connection is held for a write that may come, ms: what happens to one that is held longer may stay unseen. */
const PRECONNECT_LIFETIME = 10_000;

/** A held one gives way to a new one when Ray answers a read after so long, ms: while Ray is read, there is always one. */
const PRECONNECT_RENEWAL = 5_000;

/** How Ray is reached. */
export interface RayConnection {
  readonly transport: RayTransport;
  /**
   * Says that a write is about to go out: the new connection that it gets is opened meanwhile, where Ray did not just answer
   * a read, so that there is one already. Only for a plain Ray; over TLS a write opens its own when it goes.
   */
  readonly expectWrite: () => void;
}

/**
 * Sends a request with just the headers that it has, `Host` and `Content-Length`. Node's own fetch adds
 * `Sec-Fetch-Mode` and others, and newer Rays take a write with those for a browser's (fact 13). Redirects are
 * replies like any other. Nothing is sent twice. `ca`: the authority (PEM) that a Ray behind TLS must be signed
 * by; null for the usual ones. `address`: where writes will go; null, or over TLS: none is expected. `heldFor` and
 * `renewedAfter`: only tests hold a connection shorter.
 */
export function createRayConnection(
  parts: {
    readonly ca?: string | null;
    readonly address?: string | null;
    readonly heldFor?: number;
    readonly renewedAfter?: number;
  } = {},
): RayConnection {
  const { ca = null, address = null, heldFor = PRECONNECT_LIFETIME, renewedAfter = PRECONNECT_RENEWAL } = parts;
  const kept = { keepAlive: true, timeout: KEEP_ALIVE_TIMEOUT };
  const trust = ca === null ? {} : { ca };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent({ ...kept, ...trust });
  const preconnection = createPreconnection(address === null ? null : new URL(address), heldFor, renewedAfter);

  function open({ url, method, headers: given, body }: RayRequest): ClientRequest {
    const isRead = isReadMethod(method);
    const hasLength = body !== null || !(isRead || method === 'DELETE');
    const headers = hasLength ? { ...given, 'Content-Length': String(Buffer.byteLength(body ?? '')) } : given;
    // A write has a connection of its own: one that was kept may break just then, and nobody would know what came of it.
    if (url.protocol === 'https:') return tlsRequest(url, { method, headers, agent: isRead ? tls : false, ...trust });
    const socket = isRead ? null : preconnection.take(url);
    if (socket !== null) return plainRequest(url, { method, headers, createConnection: () => socket });
    return plainRequest(url, { method, headers, agent: isRead ? plain : false });
  }

  const transport: RayTransport = (request) =>
    new Promise<RayReply>((resolve, reject) => {
      const { signal, body } = request;
      const failed = (cause: unknown) => reject(new TypeError('The request to Ray failed.', { cause }));
      if (signal.aborted) return failed(signal.reason);
      const sending = open(request);
      const abort = () => sending.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal.addEventListener('abort', abort, { once: true });
      sending.on('close', () => signal.removeEventListener('abort', abort));
      // It may fail after the reply's head, too: then the body fails, and nobody waits for this any more.
      sending.on('error', failed);
      sending.on('response', (incoming) => {
        const { statusCode: status = 0 } = incoming;
        if (status >= 200 && status <= 599) {
          // Not before its end: what Ray has its hands full with goes first.
          if (isReadMethod(request.method)) incoming.once('end', () => preconnection.renew(request.url));
          return resolve(replyFrom(incoming, status));
        }
        sending.destroy();
        failed(new Error(`HTTP has no status ${String(status)}`));
      });
      sending.end(body ?? undefined);
    });
  return { transport, expectWrite: preconnection.open };
}

function isReadMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

function replyFrom(incoming: IncomingMessage, status: number): RayReply {
  return {
    status,
    header(name) {
      const value = incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    body: partsOf(incoming),
  };
}

/**
 * What comes, part by part; to leave off lets the connection go. Not by Node's own iterator: to set that up costs a write's short
 * reply more than all of its reading.
 */
async function* partsOf(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  let wake: () => void = () => undefined;
  for (const event of ['readable', 'end', 'error', 'close'] as const) incoming.on(event, () => wake());
  try {
    for (;;) {
      const part: Buffer | null = incoming.read();
      if (part !== null) yield part;
      else if (incoming.readableEnded) return;
      else if (incoming.destroyed)
        throw incoming.errored ?? new Error('The connection closed in the middle of the reply.');
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    if (!incoming.readableEnded) incoming.destroy();
  }
}

/** Ray hung up, or says something that nobody asked for. */
const DROP_EVENTS = ['data', 'error', 'end', 'close'] as const;

/** One connection that is opened for the next write to a plain Ray, and let go when none comes. */
interface Preconnection {
  /** Opens one, where there is none. */
  open(): void;
  /** Opens one in place of one that is no longer new, when the Ray at `url` has just answered. */
  renew(url: URL): void;
  take(url: URL): Socket | null;
}

function createPreconnection(address: URL | null, heldFor: number, renewedAfter: number): Preconnection {
  let held: { readonly socket: Socket; readonly timer: NodeJS.Timeout; readonly since: number } | null = null;

  function release(): Socket | null {
    if (held === null) return null;
    const { socket, timer } = held;
    socket.ref();
    clearTimeout(timer);
    for (const event of DROP_EVENTS) socket.removeListener(event, dropped);
    held = null;
    return socket;
  }

  /** A write then finds out for itself what is wrong with Ray. */
  function dropped() {
    const socket = release();
    // It may fail once more.
    socket?.on('error', () => undefined);
    socket?.destroy();
  }

  function open() {
    if (held !== null || address?.protocol !== 'http:') return;
    const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({ host, port: Number(address.port === '' ? 80 : address.port), noDelay: true });
    held = { socket, timer: setTimeout(dropped, heldFor).unref(), since: performance.now() };
    for (const event of DROP_EVENTS) socket.once(event, dropped);
    // Nothing waits for it yet.
    socket.unref();
  }

  return {
    open,
    renew(url) {
      if (url.origin !== address?.origin) return;
      if (held !== null && performance.now() - held.since >= renewedAfter) dropped();
      open();
    },
    take: (url) => (url.origin === address?.origin ? release() : null),
  };
}
