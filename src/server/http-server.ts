import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { From } from '../backend/access.ts';

/** A Node server for a handler of web requests. */
export function createHttpServer(handle: (request: Request, from: From) => Promise<Response>): Server {
  const listener = getRequestListener(
    async (request, { incoming }) => handle(request, { address: incoming.socket.remoteAddress ?? '', secure: false }),
    // The platform's own Request and Response stay as they are.
    { overrideGlobalObjects: false },
  );
  return createServer((incoming, outgoing) => {
    void listener(incoming, outgoing);
  });
}
