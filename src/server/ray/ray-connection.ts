import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { RayReply, RayRequest, RayTransport } from '../../ray/client/transport.ts';
import { createBufferPool, type BufferPool } from './buffer-pool.ts';
import { createReadBuffer } from './read-buffer.ts';
import { bodyOf } from './reply-body.ts';

/**
 * How long an idle connection is kept, ms: longer than the shortest polling interval, and shorter than servers and proxies keep
 * theirs, so that no request goes out on a connection that the other side is closing.
 */
const KEEP_ALIVE_TIMEOUT = 4_000;

/** How long a preconnection is held for the next write, ms. One held longer may have died unnoticed. */
const PRECONNECT_LIFETIME = 10_000;

/** A preconnection of this age is replaced when Ray answers a read, ms, so that there is a fresh one while Ray is polled. */
const PRECONNECT_RENEWAL = 5_000;

/** The transport to Ray, with a hint for writes. */
export interface RayConnection {
  readonly transport: RayTransport;
  /**
   * Called just before a write: opens its connection in advance, unless one is held already. Over TLS it does nothing: a
   * write opens its own connection.
   */
  readonly expectWrite: () => void;
}

/**
 * Sends requests with only their own headers, `Host` and `Content-Length`. Node's fetch adds `Sec-Fetch-Mode` and others, by
 * which newer Rays take a write for a browser's (fact 13). Redirects are returned as replies; nothing is sent twice. `ca`: the
 * certificate authority (PEM) of a Ray behind TLS; null for the system's. `address`: where to preconnect for writes; null: never.
 * `lifetime` and `renewal` of a preconnection, ms: only tests shorten them. `buffers`: those of all Rays; left out: this one has its own.
 */
export function createRayConnection(
  parts: {
    readonly ca?: string | null;
    readonly address?: string | null;
    readonly lifetime?: number;
    readonly renewal?: number;
    readonly buffers?: BufferPool;
  } = {},
): RayConnection {
  const { ca = null, address = null, lifetime = PRECONNECT_LIFETIME, renewal = PRECONNECT_RENEWAL } = parts;
  const { buffers = createBufferPool() } = parts;
  const kept = { keepAlive: true, timeout: KEEP_ALIVE_TIMEOUT, onread: createReadBuffer() };
  const trust = ca === null ? {} : { ca };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent({ ...kept, ...trust });
  const preconnection = createPreconnection(address === null ? null : new URL(address), lifetime, renewal);

  function open({ url, method, headers: given, body }: RayRequest): ClientRequest {
    const isRead = isReadMethod(method);
    const hasLength = body !== null || !(isRead || method === 'DELETE');
    const headers = hasLength ? { ...given, 'Content-Length': String(Buffer.byteLength(body ?? '')) } : given;
    // A write never reuses a connection: a kept one may break at that moment, which would leave the outcome unknown.
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
      // An error after the reply's head fails the body; this promise has resolved by then.
      sending.on('error', failed);
      sending.on('response', (incoming) => {
        const { statusCode: status = 0 } = incoming;
        if (status >= 200 && status <= 599) {
          // After the reply's end, so that preconnecting does not compete with it.
          if (isReadMethod(request.method)) incoming.once('end', () => preconnection.renew(request.url));
          return resolve(replyFrom(incoming, status, buffers));
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

function replyFrom(incoming: IncomingMessage, status: number, buffers: BufferPool): RayReply {
  return {
    status,
    header(name) {
      const value = incoming.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : (value ?? null);
    },
    body: bodyOf(incoming, buffers),
  };
}

/** Ray closed the connection, or sent something without a request. */
const DROP_EVENTS = ['data', 'error', 'end', 'close'] as const;

/** One connection opened in advance for the next write to a plain Ray, and closed when none comes. */
interface Preconnection {
  /** Opens one unless one is held. */
  open(): void;
  /** Called when the Ray at `url` has answered a read: replaces an old one. */
  renew(url: URL): void;
  take(url: URL): Socket | null;
}

function createPreconnection(address: URL | null, lifetime: number, renewal: number): Preconnection {
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

  /** The next write opens its own connection, and so finds out what is wrong. */
  function dropped() {
    const socket = release();
    // A destroyed socket may emit one more error.
    socket?.on('error', () => undefined);
    socket?.destroy();
  }

  function open() {
    if (held !== null || address?.protocol !== 'http:') return;
    const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
    const socket = connect({ host, port: Number(address.port === '' ? 80 : address.port), noDelay: true });
    held = { socket, timer: setTimeout(dropped, lifetime).unref(), since: performance.now() };
    for (const event of DROP_EVENTS) socket.once(event, dropped);
    // An unused preconnection does not keep the process alive.
    socket.unref();
  }

  return {
    open,
    renew(url) {
      if (url.origin !== address?.origin) return;
      if (held !== null && performance.now() - held.since >= renewal) dropped();
      open();
    },
    take: (url) => (url.origin === address?.origin ? release() : null),
  };
}
