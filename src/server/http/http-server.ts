import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { Peer } from '../../backend/auth/authenticator.ts';
import { hostnameOf } from '../../backend/web/hosts.ts';
import { compressReply } from './compression.ts';
import type { TlsParts } from './tls.ts';

/**
 * How long a client may take for its handshake, for a request's head and for all of it, ms: whoever is slower holds a connection
 * for nothing. `timeout`: for so long nothing may move on one, as when nobody takes the reply; well over the silence of a stream.
 * `mostOfOne`: the most connections of one address, so that some of all are left for others.
 */
const BOUNDS = {
  handshakeTimeout: 15_000,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  timeout: 120_000,
  mostOfOne: 1_500,
};

/** The most connections at once: well over the most streams. */
const MAX_CONNECTIONS = 2_000;

/** A Node server for a handler of web requests, which packs its replies; over TLS when it is given a certificate. `incoming`: which of Node's own requests it is. `patience`: only tests have less. From then on the process's `Request` and `Response` are the library's, which are lighter to answer with. */
export function createHttpServer(
  handle: (request: Request, from: Peer, incoming: object) => Promise<Response>,
  tls: TlsParts | null = null,
  patience: Partial<typeof BOUNDS> = {},
): Server {
  const { timeout, mostOfOne, ...bounds } = { ...BOUNDS, ...patience };
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
    // Node takes the first of two; whatever stands before the console may take the other.
    const hosts = incoming.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
    // And a name that could stand in no URL is nobody's (`12x.0.0.1` looks like an address and is none).
    if (hosts.length !== 1 || hostnameOf(incoming.headers.host ?? '') === null) {
      outgoing.writeHead(400, { Connection: 'close' }).end();
      return;
    }
    void listener(incoming, outgoing);
  };
  const server =
    tls === null ? createServer(bounds, answer) : createTlsServer({ ...bounds, ...tls, minVersion: 'TLSv1.2' }, answer);
  server.maxConnections = MAX_CONNECTIONS;
  server.timeout = timeout;
  server.on('connection', limitPerAddress(mostOfOne));
  return server;
}

/** Lets go of every connection of an address that has so many already. */
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
