import { Hono } from 'hono';
import { isApiPath, paths } from '../../contract/paths.ts';
import { listRoutes } from '../../contract/routes.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { Authenticator, Principal } from '../auth/authenticator.ts';
import { JournalUnwritable } from '../journal/change-log.ts';
import { pathSegment } from '../web/path-segment.ts';
import { problemReply } from '../web/problem-reply.ts';
import { requestPath } from '../web/request-path.ts';
import { createChangeRoutes, type ChangeRouteParts } from './change-routes.ts';
import { createFleetRoutes, type FleetRouteParts } from './fleet-routes.ts';
import type { Handlers, RouteContext, RouteEnv } from './handler.ts';
import { createJournalRoutes, type JournalRouteParts } from './journal-routes.ts';
import { createNodeRoutes } from './node-routes.ts';
import { createNoticeRoutes } from './notice-routes.ts';
import { createPlanRoutes, type PlanRouteParts } from './plan-routes.ts';
import { createProfileRoutes, type ProfileRouteParts } from './profile-routes.ts';
import type { RayApiPassThrough } from './ray-api-pass-through.ts';
import { createRayApiRoutes } from './ray-api-routes.ts';
import type { RequestBodies } from './request-body.ts';
import { isWrite } from './request-guard.ts';
import { createSessionRoutes, type SessionRouteParts } from './session-routes.ts';
import { createUsageRoutes, type UsageRouteParts } from './usage-routes.ts';
import { createSimulatorRoutes, type SimulatorRouteParts } from './simulator-routes.ts';

export interface RouteParts
  extends
    SessionRouteParts,
    FleetRouteParts,
    ChangeRouteParts,
    JournalRouteParts,
    PlanRouteParts,
    ProfileRouteParts,
    SimulatorRouteParts,
    UsageRouteParts {
  readonly access: Authenticator;
  readonly passThrough: RayApiPassThrough;
  readonly bodies: RequestBodies;
  readonly files: FetchHandler | null;
}

/** Every path of the console. Problems are in the user's words; those of Ray's API are in Ray's form. */
export function createRoutes(parts: RouteParts): Hono<RouteEnv> {
  const { access, bodies, files } = parts;
  const handlers: Handlers = {
    ...createSessionRoutes(parts),
    ...createFleetRoutes(parts),
    ...createNodeRoutes(parts),
    ...createChangeRoutes(parts),
    ...createJournalRoutes(parts),
    ...createProfileRoutes(parts),
    ...createUsageRoutes(parts),
    ...createNoticeRoutes(parts),
    ...createPlanRoutes(parts),
    ...createRayApiRoutes(parts),
    ...createSimulatorRoutes(parts),
  };
  // Strict, since Ray does not answer `/virtual_clusters/` as the list either. The path as the guard has checked it, not decoded.
  const app = new Hono<RouteEnv>({ strict: true, getPath: requestPath });

  // Before every route: without authentication, only the page's files and the sign-in are served.
  app.use(async (c, next) => {
    const result = access.authenticate(c.req.raw, c.env.from);
    if (result.kind === 'authenticated') {
      c.set('principal', result.principal);
      return isWrite(c.req.raw) ? withBody(c, result.principal, next) : next();
    }
    if (result.kind === 'refused') return result.reply;
    if (c.req.path === paths.signIn && c.req.method === 'POST') {
      const body = await bodies.readSignIn(c.env.source);
      return body instanceof Response ? body : access.signIn(c.req.raw, c.env.from, body);
    }
    return isPage(c) ? servePage(c) : result.reply;
  });

  /** Reads the body of a write, and holds it until there is a reply. */
  async function withBody(c: RouteContext, principal: Principal, next: () => Promise<void>): Promise<Response | void> {
    const body = await bodies.read(c.env.source, principal);
    if (body instanceof Response) return body;
    try {
      // A slow body can outlast its sender's credentials.
      if (!principal.isStillValid()) return credentialsEnded();
      c.env.body = body.text;
      await next();
    } finally {
      body.release();
    }
  }

  const byName = new Map(Object.entries(handlers));
  for (const { name, method, path } of listRoutes()) {
    const handler = byName.get(name);
    if (handler === undefined) throw new Error(`No handler for ${name}`);
    const idAt = path.split('/').indexOf(':id');
    app.on(method, path, (c) => handler(c, idAt < 0 ? null : pathSegment(c.req.raw, idAt)));
  }

  const allowedAt = createAllowedMethods();
  app.notFound(async (c) => {
    const { method, path } = c.req;
    const allowed = allowedAt(path);
    if (allowed !== null) {
      return problemReply(405, 'method-not-allowed', `This path answers ${allowed} only.`, { Allow: allowed });
    }
    if (isApiPath(path)) {
      return problemReply(404, 'no-such-path', 'The console has nothing at this path.');
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return problemReply(405, 'method-not-allowed', 'Pages can only be read.', { Allow: 'GET, HEAD' });
    }
    return servePage(c);
  });

  // Error messages go to logs only: they may contain text from Ray.
  app.onError((error) =>
    error instanceof JournalUnwritable
      ? journalUnwritable()
      : problemReply(500, 'failed', 'The console failed. What was asked may or may not have happened.'),
  );

  /** Whether a request is for the page's own files, which contain no data of the fleet. */
  function isPage({ req }: RouteContext): boolean {
    return (req.method === 'GET' || req.method === 'HEAD') && !isApiPath(req.path);
  }

  function servePage(c: RouteContext): Response | Promise<Response> {
    if (files === null) return problemReply(404, 'no-pages', 'This console serves no pages, only its API.');
    return files(c.req.raw);
  }

  return app;
}

/** The `Allow` header of a path of the back end; null for every other path. */
function createAllowedMethods(): (path: string) => string | null {
  const methodsByPath = new Map<string, string[]>();
  for (const { method, path } of listRoutes()) {
    const methods = methodsByPath.get(path) ?? [];
    methods.push(...(method === 'GET' ? ['GET', 'HEAD'] : [method]));
    methodsByPath.set(path, methods);
  }
  const patterns = [...methodsByPath].map(([path, methods]) => ({
    pattern: pathPattern(path),
    allowed: methods.join(', '),
  }));
  return (path) => patterns.find(({ pattern }) => pattern.test(path))?.allowed ?? null;
}

function pathPattern(path: string): RegExp {
  const source = path.replaceAll('.', '\\.').replace(':id', '[^/]+').replace('/*', '(/.*)?');
  return new RegExp(`^${source}$`);
}

function credentialsEnded(): Response {
  return problemReply(401, 'signed-out', 'The session or token ended before the request did. Nothing was done.', {
    'WWW-Authenticate': 'Bearer',
  });
}

function journalUnwritable(): Response {
  return problemReply(
    503,
    'journal-unwritable',
    "The console can't write its journal, so nothing was sent to Ray. Is the disk full?",
  );
}
