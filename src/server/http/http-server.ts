import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { Peer } from '../../backend/auth/authenticator.ts';
import { hostnameOf } from '../../backend/web/hosts.ts';
import { compressReply } from './compression.ts';
import type { TlsParts } from './tls.ts';
import { boundUnread } from './unread-replies.ts';

/**
 * Bounds of a connection, ms: for the handshake, for a request's head and for the whole request, so that slow clients do not hold
 * connections. `timeout`: how long nothing may move, as when a client does not read its reply; well over an event stream's
 * heartbeat. `maxPerAddress`: connections of one address, so that no address can use them all up. `unread`: of replies that wait to be
 * taken.
 */
const BOUNDS = {
  handshakeTimeout: 15_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  timeout: 120_000,
  maxPerAddress: 1_500,
  unread: { most: 64 * 1024 * 1024, every: 2_000, slowBelow: 4_096 },
};

/** Connections in all; well over the most event streams. */
const MAX_CONNECTIONS = 2_000;

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
  const { timeout, maxPerAddress, unread, ...timeouts } = { ...BOUNDS, ...bounds };
  const listener = getRequestListener(async (request, { incoming }) => {
    const { socket } = incoming;
    const from = {
      address: socket.remoteAddress ?? '',
      secure: socket instanceof TLSSocket,
      ...(socket.localPort === undefined ? {} : { port: socket.localPort }),
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
    void listener(incoming, outgoing);
  };
  const server =
    tls === null
      ? createServer(timeouts, answer)
      : createTlsServer({ ...timeouts, ...tls, minVersion: 'TLSv1.2' }, answer);
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = timeout;
  server.on('connection', limitPerAddress(maxPerAddress));
  boundUnread(server, tls === null ? 'connection' : 'secureConnection', unread);
  return server;
}

/** Closes a new connection of an address that has the most already. */
function limitPerAddress(most: number): (socket: Socket) => void {
  const held = new Map<string, number>();
  return (socket) => {
    const { remoteAddress: address = '' } = socket;
    const before = held.get(address) ?? 0;
    if (before >= most) {
      socket.destroy();
      return;
    }
    held.set(address, before + 1);
    socket.once('close', () => {
      const left = (held.get(address) ?? 1) - 1;
      if (left === 0) held.delete(address);
      else held.set(address, left);
    });
  };
}
