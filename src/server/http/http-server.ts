import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { Peer } from '../../backend/auth/authenticator.ts';
import { createShares } from '../../backend/concurrency/shares.ts';
import { hostnameOf, networkOf } from '../../backend/web/hosts.ts';
import { isNormalTarget, pathNotNormal } from '../../backend/web/request-path.ts';
import { commonHeaders, contentSecurityPolicy } from '../../backend/web/response-headers.ts';
import { compressReply } from './compression.ts';
import type { TlsParts } from './tls.ts';
import { boundUnread } from './unread-replies.ts';

/**
 * Bounds of a connection, ms: for the handshake, for a request's head and for the whole request, so that slow clients do not hold
 * connections. `timeout`: how long nothing may move, as when a client does not read its reply; well over an event stream's
 * heartbeat. `maxConnections`: connections in all, well over the most event streams; no address has more than stay free. `unread`:
 * of replies that wait to be taken.
 */
const BOUNDS = {
  handshakeTimeout: 15_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  timeout: 120_000,
  maxConnections: 2_000,
  unread: { most: 64 * 1024 * 1024, every: 2_000, slowBelow: 4_096 },
};

/** Of a refusal by the request line alone, before the back end. */
const REFUSAL_HEADERS = {
  ...commonHeaders,
  'Content-Security-Policy': contentSecurityPolicy(null),
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  Connection: 'close',
};

/**
 * A Node server for a handler of web requests that compresses replies; over TLS when it is given a certificate. `incoming`:
 * Node's own request object. `bounds`: only tests shorten them. Side effect: the process's global `Request` and `Response`
 * become the library's lighter ones.
 */
export function createHttpServer(
  handle: (request: Request, from: Peer, incoming: object) => Promise<Response>,
  tls: TlsParts | null = null,
  bounds: Partial<typeof BOUNDS> = {},
): Server {
  const { timeout, maxConnections, unread, ...timeouts } = { ...BOUNDS, ...bounds };
  const listener = getRequestListener(async (request, { incoming }) => {
    const { socket } = incoming;
    const repeatedHeaders = repeatedIn(incoming.rawHeaders);
    const from: Peer = {
      address: socket.remoteAddress ?? '',
      secure: socket instanceof TLSSocket,
      ...(socket.localPort === undefined ? {} : { port: socket.localPort }),
      ...(repeatedHeaders.length === 0 ? {} : { repeatedHeaders }),
    };
    return compressReply(request, await handle(request, from, incoming));
  });
  const answer: RequestListener = (incoming, outgoing) => {
    // Of two Host headers Node takes the first, and a proxy in front may take the second: refuse both. Refuse names that no URL
    // can hold, too (`12x.0.0.1` looks like an address and is none).
    const hosts = incoming.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    if (hosts.length !== 1 || hostnameOf(incoming.headers.host ?? '') === null) {
      outgoing.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    if (!isNormalTarget(incoming.url ?? '')) {
      void pathNotNormal()
        .text()
        .then((text) => outgoing.writeHead(400, REFUSAL_HEADERS).end(text));
      return;
    }
    void listener(incoming, outgoing);
  };
  const server =
    tls === null
      ? createServer(timeouts, answer)
      : createTlsServer({ ...timeouts, ...tls, minVersion: 'TLSv1.2' }, answer);
  server.maxConnections = maxConnections;
  // By default Node drops all headers after the first 2,000: a second line that must be seen could hide there. They are bounded in bytes.
  server.maxHeadersCount = 0;
  server.timeout = timeout;
  server.on('connection', shareConnections(maxConnections));
  boundUnread(server, tls === null ? 'connection' : 'secureConnection', unread);
  return server;
}

/** The names, in lower case, of headers that have more than one line. `raw`: names and values in turns. */
function repeatedIn(raw: readonly string[]): readonly string[] {
  const names = raw.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const name of names) (seen.has(name) ? repeated : seen).add(name);
  return [...repeated];
}

/** Closes a new connection of an address that has its share of all. */
function shareConnections(capacity: number): (socket: Socket) => void {
  const shares = createShares({ capacity, ratio: 1 });
  return (socket) => {
    const holder = networkOf(socket.remoteAddress ?? '');
    if (shares.take(holder, 1) !== 'taken') {
      socket.destroy();
      return;
    }
    socket.once('close', () => shares.release(holder, 1));
  };
}
