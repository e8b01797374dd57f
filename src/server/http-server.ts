import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { getRequestListener } from '@hono/node-server';
import type { From } from '../backend/access.ts';
import { hostnameOf } from '../backend/hosts.ts';
import { packed } from './encoding.ts';
import type { TlsParts } from './tls.ts';

/** How long a client may take for a request's head and for all of it, ms: whoever is slower holds a connection for nothing. */
const BOUNDS = { headersTimeout: 15_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** The most connections at once: well over the most streams. */
const MOST_CONNECTIONS = 2_000;

/** A Node server for a handler of web requests, which packs its replies; over TLS when it is given a certificate. `incoming`: which of Node's own requests it is. `bounds`: only tests are less patient. */
export function createHttpServer(handle: (request: Request, from: From, incoming: object) => Promise<Response>, tls: TlsParts | null = null, bounds = BOUNDS): Server {
  const listener = getRequestListener(
    async (request, { incoming }) => {
      const { socket } = incoming;
      const from = { address: socket.remoteAddress ?? '', secure: socket instanceof TLSSocket, ...(socket.localPort === undefined ? {} : { port: socket.localPort }) };
      return packed(request, await handle(request, from, incoming));
    },
    // The platform's own Request and Response stay as they are.
    { overrideGlobalObjects: false },
  );
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
  const server = tls === null ? createServer(bounds, answer) : createTlsServer({ ...bounds, ...tls, minVersion: 'TLSv1.2' }, answer);
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}
