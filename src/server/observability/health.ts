import type { Peer } from '../../backend/auth/authenticator.ts';

type Handle = (request: Request, from: Peer) => Promise<Response>;

/** What readiness depends on. */
export interface Readiness {
  /** Whether Ray's list has been read at least once. */
  listRead(): boolean;
  /** Whether the last write to the journal succeeded. */
  journalWritable(): boolean;
  /** Whether the last sample of usage was kept; the console is ready without it, too. */
  usageKept(): boolean;
  /** Whether the console is shutting down. */
  stopping(): boolean;
}

/**
 * Health checks, answered before authentication and for any host name; they reveal nothing else. `/healthz`: 200 while the process
 * serves. `/readyz`: 200 once Ray's list has been read, while the journal is writable and the console is not shutting down; else
 * 503. During shutdown every other request gets 503.
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
  return Response.json(
    { ok, checks: readiness.usageKept() ? checks : { ...checks, usage: false } },
    { status: ok ? 200 : 503, headers },
  );
}
