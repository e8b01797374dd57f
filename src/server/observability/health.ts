import type { Peer } from '../../backend/auth/authenticator.ts';

type Handle = (request: Request, from: Peer) => Promise<Response>;

/** Whether the console can do its work, and what is missing. */
export interface Readiness {
  /** Whether Ray's list was read at least once. */
  listRead(): boolean;
  /** Whether the last write to the journal went well. */
  journalWritable(): boolean;
  /** Whether it is being stopped. */
  stopping(): boolean;
}

/**
 * Answers `/healthz` and `/readyz` before anything else: whoever asks, by whatever host name. They tell nothing but
 * that. `/healthz`: the process serves. `/readyz`: 200 once Ray's list has been read, while the journal can be written
 * and nobody stops the console; else 503. While the console stops, nothing else is answered: 503.
 */
export function withHealth(handle: Handle, readiness: Readiness): Handle {
  return async (request, from) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz' || pathname === '/readyz')
      return answer(request, pathname === '/healthz' ? null : readiness);
    if (!readiness.stopping()) return handle(request, from);
    const body = {
      problem: 'stopping',
      detail: 'The console is being stopped. Nothing was done; try again in a moment.',
    };
    return Response.json(body, {
      status: 503,
      headers: { Connection: 'close', 'Retry-After': '5', 'Cache-Control': 'no-store' },
    });
  };
}

function answer({ method }: Request, readiness: Readiness | null): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  if (method !== 'GET' && method !== 'HEAD')
    return new Response(null, { status: 405, headers: { ...headers, Allow: 'GET, HEAD' } });
  if (readiness === null) return Response.json({ ok: true }, { headers });
  const checks = { list: readiness.listRead(), journal: readiness.journalWritable(), serving: !readiness.stopping() };
  const ok = Object.values(checks).every(Boolean);
  return Response.json({ ok, checks }, { status: ok ? 200 : 503, headers });
}
