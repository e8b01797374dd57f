import type { Peer } from '../../backend/auth/authenticator.ts';

type Handle = (request: Request, from: Peer) => Promise<Response>;

/** What the readiness of one Ray's console depends on. */
export interface RayReadiness {
  /** Whether Ray's list has been read at least once. */
  listRead(): boolean;
  /** Whether the last write to the journal succeeded. */
  journalWritable(): boolean;
  /** Whether the last sample of usage was kept; the console is ready without it, too. */
  usageKept(): boolean;
}

export interface Readiness {
  /** By name; by null the only Ray. Null: it is not open yet. */
  rayOf(name: string | null): RayReadiness | null;
  /** The names of several Rays; null where there is one without a name. */
  readonly names: readonly string[] | null;
  /** Whether the console is shutting down. */
  stopping(): boolean;
}

const RAY_PROBE = /^\/rays\/([^/]+)\/readyz$/;

/**
 * Health checks, answered before authentication and for any host name; they reveal nothing else. `/healthz`: 200 while the process
 * serves. `/readyz`: 200 once Ray's list has been read, while the journal is writable and the console is not shutting down; else
 * 503. Of several Rays one that is ready is enough, so that one that is away takes none of the others out of service;
 * `/rays/<name>/readyz` answers for each. During shutdown every other request gets 503.
 */
export function withHealth(handle: Handle, readiness: Readiness): Handle {
  const { names } = readiness;
  return async (request, from) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return answer(request, { ok: true });
    if (pathname === '/readyz') return answer(request, names === null ? oneReady(null) : someReady(names));
    const probed = RAY_PROBE.exec(pathname)?.[1];
    if (probed !== undefined && names?.includes(probed) === true) return answer(request, oneReady(probed));
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

  function oneReady(name: string | null) {
    const ray = readiness.rayOf(name);
    const checks = {
      list: ray?.listRead() ?? false,
      journal: ray?.journalWritable() ?? false,
      serving: !readiness.stopping(),
    };
    const ok = Object.values(checks).every(Boolean);
    return { ok, checks: ray?.usageKept() === false ? { ...checks, usage: false } : checks };
  }

  function someReady(rays: readonly string[]) {
    const ready = rays.filter((name) => oneReady(name).ok).length;
    const serving = !readiness.stopping();
    return { ok: serving && ready > 0, checks: { rays: { ready, of: rays.length }, serving } };
  }
}

function answer({ method }: Request, body: { readonly ok: boolean }): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
  if (method !== 'GET' && method !== 'HEAD')
    return new Response(null, { status: 405, headers: { ...headers, Allow: 'GET, HEAD' } });
  return Response.json(body, { status: body.ok ? 200 : 503, headers });
}
