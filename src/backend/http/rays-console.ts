import { isApiPath, paths } from '../../contract/paths.ts';
import { rayPath } from '../../contract/ray-path.ts';
import type { RayOverview, RaysReply } from '../../contract/rays.ts';
import type { Clock } from '../../clock.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { Authenticator, Peer } from '../auth/authenticator.ts';
import type { MountedRay } from './rays-overview.ts';
import type { RequestBodies } from './request-body.ts';
import { guard } from './request-guard.ts';
import { stripBasePath } from '../web/base-path.ts';
import { problemReply } from '../web/problem-reply.ts';
import { requestPath } from '../web/request-path.ts';

/**
 * The console of several Rays: each one's back end below `/rays/<name>/`, and what stands above them: the page `Rays`, its API and the
 * sign-in for all. A path of a Ray passes that back end's own guard; every other one passes the guard here.
 */
export function createRaysConsole(parts: {
  readonly rays: readonly MountedRay[];
  readonly overview: () => Promise<readonly RayOverview[]>;
  readonly access: Authenticator;
  readonly bodies: RequestBodies;
  readonly files: FetchHandler | null;
  readonly allowedHosts: readonly string[];
  /** The path below which the console is served, with `/` at both ends. */
  readonly basePath: string;
  readonly newNonce: () => string;
  readonly consoleVersion: string;
  readonly clock: Clock;
}): (request: Request, from: Peer) => Promise<Response> {
  const { basePath, access } = parts;
  const byPath = parts.rays.map((ray) => ({ ray, path: rayPath(basePath, ray.name) }));
  const above = guard(
    async (request, from) => {
      const missing = missingAt(requestPath(request));
      if (missing !== null && !isOpenedByPerson(request)) return missing;
      const inside = stripBasePath(request, basePath);
      if (inside instanceof Response) return inside;
      return missing === null ? answer(inside, request, from) : pageInPlaceOf(missing, inside, from);
    },
    { allowedHosts: parts.allowedHosts, basePath, newNonce: parts.newNonce },
  );
  return (request, from) => {
    const found = at(requestPath(request))?.progress();
    return found?.kind === 'open' ? found.backend.fetch(request, from) : above(request, from);
  };

  function at(path: string): MountedRay | null {
    return byPath.find((each) => path.startsWith(each.path) || path === each.path.slice(0, -1))?.ray ?? null;
  }

  /** Why there is no console at a path of a Ray; null for every other path. */
  function missingAt(path: string): Response | null {
    const ray = at(path);
    const progress = ray?.progress();
    if (ray !== null && progress?.kind === 'opening')
      return problemReply(503, 'ray-opening', `The console of ${ray.name} is starting.`, { 'Retry-After': '1' });
    if (ray !== null && progress?.kind === 'not-opened')
      return problemReply(503, 'ray-not-opened', `The console of ${ray.name} could not start: ${progress.because}`);
    return path.startsWith(rayPath(basePath, ''))
      ? problemReply(404, 'no-such-ray', 'This console has no Ray of this name.')
      : null;
  }

  async function answer(inside: Request, source: Request, from: Peer): Promise<Response> {
    const { method } = inside;
    const path = requestPath(inside);
    const result = access.authenticate(inside, from);
    if (result.kind === 'refused') return result.reply;
    if (path === paths.signIn && method === 'POST') {
      const body = await parts.bodies.readSignIn(source);
      return body instanceof Response ? body : access.signIn(inside, from, body);
    }
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isApiPath(path))
      return isRead
        ? page(inside)
        : problemReply(405, 'method-not-allowed', 'Pages can only be read.', { Allow: 'GET, HEAD' });
    if (result.kind === 'signed-out') return result.reply;
    if (path === paths.signOut && method === 'POST') return access.signOut(inside, from);
    if (path !== paths.rays)
      return problemReply(404, 'no-such-path', 'Each Ray has an API of its own, below /rays/<name>/.');
    if (!isRead)
      return problemReply(405, 'method-not-allowed', 'This path answers GET, HEAD only.', { Allow: 'GET, HEAD' });
    const { name: who, authMethod: via } = result.principal;
    const { consoleVersion, clock } = parts;
    const rays = [...(await parts.overview())];
    return Response.json({ who, via, consoleVersion, now: clock.now(), rays } satisfies RaysReply, {
      headers: { 'Cache-Control': 'no-store' },
    });
  }

  /** A person who follows an old link, or the card of a Ray that could not start, gets the page of all Rays, which says what is wrong with that one. */
  async function pageInPlaceOf(missing: Response, inside: Request, from: Peer): Promise<Response> {
    const result = access.authenticate(inside, from);
    if (result.kind === 'refused') return result.reply;
    if (parts.files === null) return missing;
    const { body, headers } = await parts.files(inside);
    const retryAfter = missing.headers.get('Retry-After');
    if (retryAfter !== null) headers.set('Retry-After', retryAfter);
    return new Response(body, { status: missing.status, headers });
  }

  function page(inside: Request): Response | Promise<Response> {
    if (parts.files === null) return problemReply(404, 'no-pages', 'This console serves no pages, only its API.');
    return parts.files(inside);
  }
}

/** Whether a browser asks in order to show the reply: programs and the page itself do not ask for HTML. */
function isOpenedByPerson({ method, headers }: Request): boolean {
  return (method === 'GET' || method === 'HEAD') && headers.get('Accept')?.includes('text/html') === true;
}
