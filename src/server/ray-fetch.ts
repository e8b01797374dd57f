import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { FetchHandler } from '../fetch-handler.ts';

/**
 * How long an idle connection is kept, ms: over the shortest time between two reads, and below what servers and
 * proxies keep theirs, so that no request goes out on one that is just being closed.
 */
const KEPT_IDLE = 4_000;

/** How long a connection is held for a write that was said to come, ms: over the journal's two syncs on a slow disk. */
const HELD_FOR = 1_000;

/** How Ray is reached. */
export interface RayFetch {
  readonly fetch: FetchHandler;
  /**
   * Says that a write is about to go out: the new connection that it gets is opened meanwhile. Only for a plain Ray; over
   * TLS a write opens its own when it goes.
   */
  readonly expectWrite: () => void;
}

/** Replies that have no body by HTTP's own rules. */
const bodiless = new Set([204, 205, 304]);

/**
 * Sends a request with just the headers that it has, `Host` and `Content-Length`. Node's own fetch adds
 * `Sec-Fetch-Mode` and others, and newer Rays take a write with those for a browser's (fact 13). Redirects are
 * replies like any other. Nothing is sent twice. Rejects with an `Error` whose `cause` is Node's own error; once the
 * head of the reply is there, what fails later fails the body. `ca`: the authority (PEM) that a Ray behind TLS must be signed
 * by; null for the usual ones. `address`: where writes will go; null, or over TLS: none is expected. `heldFor`: only tests hold
 * a connection shorter.
 */
export function createRayFetch({ ca = null, address = null, heldFor = HELD_FOR }: { readonly ca?: string | null; readonly address?: string | null; readonly heldFor?: number } = {}): RayFetch {
  const kept = { keepAlive: true, timeout: KEPT_IDLE };
  const trust = ca === null ? {} : { ca };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent({ ...kept, ...trust });
  const ahead = createConnectionAhead(address === null ? null : new URL(address), heldFor);

  function open(request: Request, body: Buffer | null): ClientRequest {
    const url = new URL(request.url);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const headers: Record<string, string> = Object.fromEntries(request.headers);
    if (body !== null || !(isRead || request.method === 'DELETE')) headers['content-length'] = String(body?.byteLength ?? 0);
    const { method } = request;
    // A write has a connection of its own: one that was kept may break just then, and nobody would know what came of it.
    if (url.protocol === 'https:') return tlsRequest(url, { method, headers, agent: isRead ? tls : false, ...trust });
    const socket = isRead ? null : ahead.take(url);
    if (socket !== null) return plainRequest(url, { method, headers, createConnection: () => socket });
    return plainRequest(url, { method, headers, agent: isRead ? plain : false });
  }

  const fetch: FetchHandler = async (request) => {
    const { signal } = request;
    const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
    return new Promise<Response>((resolve, reject) => {
      const failed = (cause: unknown) => reject(new TypeError('The request to Ray failed.', { cause }));
      if (signal.aborted) return failed(signal.reason);
      const sending = open(request, body);
      const abort = () => sending.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal.addEventListener('abort', abort, { once: true });
      sending.on('close', () => signal.removeEventListener('abort', abort));
      // It may fail after the reply's head, too: then the body fails, and nobody waits for this any more.
      sending.on('error', failed);
      sending.on('response', (incoming) => {
        try {
          resolve(replyFrom(incoming));
        } catch (error) {
          sending.destroy();
          failed(error);
        }
      });
      sending.end(body ?? undefined);
    });
  };
  return { fetch, expectWrite: ahead.open };
}

/** One connection that is opened for the next write to a plain `address`, and let go when none comes. */
function createConnectionAhead(address: URL | null, heldFor: number): { readonly open: () => void; readonly take: (url: URL) => Socket | null } {
  let held: { readonly socket: Socket; readonly timer: NodeJS.Timeout } | null = null;

  function letGo(): Socket | null {
    if (held === null) return null;
    const { socket, timer } = held;
    clearTimeout(timer);
    socket.removeListener('error', dropped);
    socket.removeListener('end', dropped);
    socket.removeListener('close', dropped);
    held = null;
    return socket;
  }

  /** A write then finds out for itself what is wrong with Ray. */
  function dropped() {
    const socket = letGo();
    // It may fail once more.
    socket?.on('error', () => undefined);
    socket?.destroy();
  }

  return {
    open() {
      if (held !== null || address?.protocol !== 'http:') return;
      const host = address.hostname.replace(/^\[(.*)\]$/, '$1');
      const socket = connect({ host, port: Number(address.port === '' ? 80 : address.port), noDelay: true });
      held = { socket, timer: setTimeout(dropped, heldFor).unref() };
      for (const event of ['error', 'end', 'close'] as const) socket.once(event, dropped);
      // Else nobody would hear that Ray hung up.
      socket.resume();
    },
    take: (url) => (url.origin === address?.origin ? letGo() : null),
  };
}

/** The reply with its body as it comes. Throws for a status or a header that no `Response` can have. */
function replyFrom(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  const status = incoming.statusCode ?? 0;
  if (bodiless.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(incoming), { status, headers });
}

/** Read as it is asked for; cancelling lets the connection go. */
function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> {
  const parts: AsyncIterator<unknown> = incoming[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done === true) controller.close();
      else if (value instanceof Uint8Array) controller.enqueue(value);
      else throw new TypeError('not bytes');
    },
    cancel() {
      incoming.destroy();
    },
  });
}
