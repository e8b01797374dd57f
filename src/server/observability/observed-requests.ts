import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Authenticator, Peer, AuthenticationResult } from '../../backend/auth/authenticator.ts';
import { paths } from '../../contract/paths.ts';
import type { ConsoleMetrics } from './console-metrics.ts';
import type { Log } from './log.ts';

interface Served {
  actor: string | null;
}

/** Watches what a server answers, without standing in between. */
export interface ObservedRequests {
  /** An access that tells who a request came from, once that is known. */
  authenticator(access: Authenticator): Authenticator;
  /** To be called with each request before it is handled: as what it is known by further in. */
  associate(incoming: object, from: Peer): void;
  /** To be called with a server before it listens. */
  watch(server: Server): void;
  /** How many read the stream now. */
  watchers(): number;
  /** Resolves when every request that came so far, but for streams, has its whole answer. */
  drained(): Promise<void>;
}

/**
 * Each request is counted when its answer has ended, and logged: writes and refusals as `info`, failures of the
 * console's own as `error`, the rest as `debug`. Of its URL only the path is kept: a query may hold what is nobody's.
 */
export function observeRequests({
  metrics,
  log,
}: {
  readonly metrics: () => ConsoleMetrics;
  readonly log: Log;
}): ObservedRequests {
  // Not by async context: to follow that, Node watches every promise of the process.
  const begunBy = new WeakMap<object, Served>();
  const cameFrom = new WeakMap<Peer, Served>();
  const streams = new Set<ServerResponse>();
  const unanswered = new Map<ServerResponse, Promise<void>>();

  function onRequest(incoming: IncomingMessage, outgoing: ServerResponse) {
    const at = performance.now();
    const served: Served = { actor: null };
    begunBy.set(incoming, served);
    const method = incoming.method ?? '';
    const path = (incoming.url ?? '').split('?', 1)[0] ?? '';
    const isStream = method === 'GET' && path.endsWith(paths.fleetEvents);
    const address = incoming.socket.remoteAddress ?? '';
    if (isStream) streams.add(outgoing);
    else unanswered.set(outgoing, new Promise((resolve) => void outgoing.once('close', resolve)));
    outgoing.on('close', () => {
      streams.delete(outgoing);
      unanswered.delete(outgoing);
      const ms = Math.round(performance.now() - at);
      // Nothing was answered: whoever asked went away before.
      const status = outgoing.headersSent ? outgoing.statusCode : 499;
      if (!isStream) metrics().request(metricMethod(method), status, ms);
      const isWrite = method !== 'GET' && method !== 'HEAD';
      const level = status >= 500 && status !== 503 ? 'error' : isWrite || status >= 400 ? 'info' : 'debug';
      log(level, 'request', { method, path, status, ms, who: served.actor, address });
    });
  }

  function recordActor(recognized: AuthenticationResult, from: Peer): AuthenticationResult {
    const served = cameFrom.get(from);
    if (served !== undefined && recognized.kind === 'visitor') served.actor = recognized.principal.name;
    return recognized;
  }

  return {
    authenticator: (access) => ({
      ...access,
      authenticate: (request, from) => recordActor(access.authenticate(request, from), from),
      signIn(request, from, body) {
        const reply = access.signIn(request, from, body);
        const session = reply.headers.get('Set-Cookie')?.split(';', 1)[0];
        if (session === undefined) return reply;
        // Whoever the new session is of has signed in.
        const headers = new Headers(request.headers);
        headers.delete('Authorization');
        headers.set('Cookie', session);
        recordActor(access.authenticate(new Request(request.url, { headers }), from), from);
        return reply;
      },
    }),
    associate(incoming, from) {
      const served = begunBy.get(incoming);
      if (served !== undefined) cameFrom.set(from, served);
    },
    watch(server) {
      server.prependListener('request', onRequest);
    },
    watchers: () => streams.size,
    async drained() {
      await Promise.all(unanswered.values());
    },
  };
}

/** Whatever else a client calls its method, it makes no metric of its own. */
function metricMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].includes(method) ? method : 'other';
}
