import { Agent as PlainAgent, request as plainRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { FetchHandler } from '../fetch-handler.ts';

/**
 * How long an idle connection is kept, ms: over the shortest time between two reads, and below what servers and
 * proxies keep theirs, so that no request goes out on one that is just being closed.
 */
const KEPT_IDLE = 4_000;

/** Replies that have no body by HTTP's own rules. */
const bodiless = new Set([204, 205, 304]);

/**
 * Sends a request with just the headers that it has, `Host` and `Content-Length`. Node's own fetch adds
 * `Sec-Fetch-Mode` and others, and newer Rays take a write with those for a browser's (fact 13). Redirects are
 * replies like any other. Nothing is sent twice. Rejects with an `Error` whose `cause` is Node's own error; once the
 * head of the reply is there, what fails later fails the body. `ca`: the authority (PEM) that a Ray behind TLS must be signed
 * by; null for the usual ones.
 */
export function createRayFetch({ ca = null }: { readonly ca?: string | null } = {}): FetchHandler {
  const kept = { keepAlive: true, timeout: KEPT_IDLE };
  const trust = ca === null ? {} : { ca };
  const plain = new PlainAgent(kept);
  const tls = new TlsAgent({ ...kept, ...trust });

  function open(request: Request, body: Buffer | null): ClientRequest {
    const url = new URL(request.url);
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const headers: Record<string, string> = Object.fromEntries(request.headers);
    if (body !== null || !(isRead || request.method === 'DELETE')) headers['content-length'] = String(body?.byteLength ?? 0);
    const { method } = request;
    // A write has a connection of its own: one that was kept may break just then, and nobody would know what came of it.
    if (url.protocol === 'https:') return tlsRequest(url, { method, headers, agent: isRead ? tls : false, ...trust });
    return plainRequest(url, { method, headers, agent: isRead ? plain : false });
  }

  return async (request) => {
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
