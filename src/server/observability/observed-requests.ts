import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Authenticator, Peer, AuthenticationResult } from '../../backend/auth/authenticator.ts';
import { paths } from '../../contract/paths.ts';
import type { ConsoleMetrics } from './console-metrics.ts';
import type { Log } from './log.ts';

interface Served {
  actor: string | null;
  /** For a wrong or old token, link or session: how often it failed, or null when that was logged before. */
  failures?: number | null;
}

/** Observes a server's requests and replies without being in their path. */
export interface ObservedRequests {
  /** Records which principal each request came from. */
  authenticator(access: Authenticator): Authenticator;
  /** Records that a request had a wrong or old token, link or session. `report`: how often it failed, when that is to be logged. */
  recordFailure(from: Peer, report: number | null): void;
  /** Call before a request is handled: links Node's request object with the peer by which the back end knows it. */
  associate(incoming: object, from: Peer): void;
  /** Call before the server listens. */
  watch(server: Server): void;
  /** Open event streams. */
  watchers(): number;
  /** Resolves when every request received so far, except event streams, has been answered. */
  drained(): Promise<void>;
}

/**
 * Counts and logs each request when its reply has ended: writes and refusals as `info`, the console's own failures as `error`,
 * the rest as `debug`; so is a request whose wrong or old credential was reported before. Only the URL's path is logged, since a query may hold secrets.
 */
export function observeRequests({
  metrics,
  log,
  rayAt = () => null,
}: {
  readonly metrics: () => Pick<ConsoleMetrics, 'request'>;
  readonly log: Log;
  /** The Ray of several whose console answers at a path; left out: there is only one. */
  readonly rayAt?: (path: string) => string | null;
}): ObservedRequests {
  // Not AsyncLocalStorage: it makes Node track every promise of the process.
  const servedByRequest = new WeakMap<object, Served>();
  const servedByPeer = new WeakMap<Peer, Served>();
  const streams = new Set<ServerResponse>();
  const unanswered = new Map<ServerResponse, Promise<void>>();

  function onRequest(incoming: IncomingMessage, outgoing: ServerResponse) {
    const at = performance.now();
    const served: Served = { actor: null };
    servedByRequest.set(incoming, served);
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
      // 499: the client went away before a reply.
      const status = outgoing.headersSent ? outgoing.statusCode : 499;
      if (!isStream) metrics().request(metricMethod(method), status, ms);
      const isWrite = method !== 'GET' && method !== 'HEAD';
      const { actor: who, failures } = served;
      const isNotable = (isWrite || status >= 400) && failures !== null;
      const level = status >= 500 && status !== 503 ? 'error' : isNotable ? 'info' : 'debug';
      const counted = typeof failures === 'number' ? { failures } : {};
      const ray = rayAt(path);
      log(level, 'request', { ...(ray === null ? {} : { ray }), method, path, status, ms, who, address, ...counted });
    });
  }

  function recordActor(result: AuthenticationResult, from: Peer): AuthenticationResult {
    const served = servedByPeer.get(from);
    if (served !== undefined && result.kind === 'authenticated') served.actor = result.principal.name;
    return result;
  }

  return {
    authenticator: (access) => ({
      ...access,
      authenticate: (request, from) => recordActor(access.authenticate(request, from), from),
      signIn(request, from, body) {
        const reply = access.signIn(request, from, body);
        const session = reply.headers.get('Set-Cookie')?.split(';', 1)[0];
        if (session === undefined) return reply;
        // The actor is the owner of the new session.
        const headers = new Headers(request.headers);
        headers.delete('Authorization');
        headers.set('Cookie', session);
        recordActor(access.authenticate(new Request(request.url, { headers }), from), from);
        return reply;
      },
    }),
    recordFailure(from, report) {
      const served = servedByPeer.get(from);
      if (served !== undefined) served.failures = report;
    },
    associate(incoming, from) {
      const served = servedByRequest.get(incoming);
      if (served !== undefined) servedByPeer.set(from, served);
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

/** Unknown methods share one label, so that a client can't create series. */
function metricMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].includes(method) ? method : 'other';
}
