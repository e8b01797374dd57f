import { ReplyCache } from './reply-cache.ts';
import { jobReply, jobsReply, noSuchJob, stateJobsReply } from './jobs.ts';
import { readJobBody } from './job-request-body.ts';
import { endJob, submitJob } from '../engine/jobs.ts';
import { listReply, removeReply, saveReply } from './virtual-clusters.ts';
import { nodesReply, NodeViewCache } from './node-summary.ts';
import { PythonError } from './python-error.ts';
import { pythonObject, pythonString } from './python-text.ts';
import { crashReply, jsonReply, textReply, type SimReply } from './reply.ts';
import { stateActorsReply } from './state-actors.ts';
import { stateClustersReply } from './state-clusters.ts';
import { stateNodesReply } from './state-nodes.ts';
import { parseStateQuery, type StateQuery } from './state-query.ts';
import { stateTraceback, type StateSource } from './tracebacks.ts';
import type { World } from '../engine/world.ts';

interface RayRequest {
  readonly method: string;
  /** As sent: still percent-encoded, with the query string. */
  readonly path: string;
  readonly userAgent: string | null;
  readonly body: string;
}

/** Replies like the dashboard of one running Ray, whose caches it holds. */
export type RayRoutes = (world: World, request: RayRequest) => SimReply;

/** How long Ray caches a reply, milliseconds (facts 4, 19). */
const LIST_CACHE_MS = 10_000;
const SUMMARY_CACHE_MS = 2000;

type Handler = (world: World, request: RayRequest, query: URLSearchParams, segment: string) => SimReply;

interface Route {
  readonly pattern: RegExp;
  readonly handlers: Readonly<Record<string, Handler>>;
}

/** The dashboard's routes. Paths are exact, and an unknown route or method is answered in plain text (fact 30). */
export function createRayRoutes(): RayRoutes {
  const list = new ReplyCache(LIST_CACHE_MS);
  const summary = new ReplyCache(SUMMARY_CACHE_MS);
  const views = new NodeViewCache();

  const routes: readonly Route[] = [
    {
      pattern: /^\/virtual_clusters$/,
      handlers: {
        GET: (world, { path }) => list.getOrCreate(path, world.now, () => listReply(world)),
        POST: (world, { body }) => saveReply(world, body),
      },
    },
    {
      pattern: /^\/virtual_clusters\/([^/]+)$/,
      handlers: { DELETE: (world, _, __, id) => removeReply(world, id) },
    },
    {
      pattern: /^\/nodes$/,
      handlers: {
        GET: (world, { path }, query) =>
          summary.getOrCreate(path, world.now, () => nodesReply(world, query.get('view'), views)),
      },
    },
    { pattern: /^\/api\/v0\/vclusters$/, handlers: { GET: stateHandler('vclusters', stateClustersReply) } },
    { pattern: /^\/api\/v0\/nodes$/, handlers: { GET: stateHandler('nodes', stateNodesReply) } },
    { pattern: /^\/api\/v0\/actors$/, handlers: { GET: stateHandler('actors', stateActorsReply) } },
    { pattern: /^\/api\/v0\/jobs$/, handlers: { GET: stateHandler('jobs', stateJobsReply) } },
    { pattern: /^\/api\/jobs\/$/, handlers: { GET: jobsReply, POST: submit } },
    { pattern: /^\/api\/jobs\/([^/]+)$/, handlers: { GET: (world, _, __, id) => jobReply(world, id) } },
    { pattern: /^\/api\/jobs\/([^/]+)\/stop$/, handlers: { POST: stop } },
    { pattern: /^\/api\/version$/, handlers: { GET: version } },
  ];

  return (world, request) => {
    const { method, path, userAgent } = request;
    // Ray's middleware reads this header first and crashes without it; it refuses writes of browsers (fact 13).
    if (userAgent === null) return textReply(500, '500 Internal Server Error\n\nServer got itself in trouble');
    if (userAgent.startsWith('Mozilla') && (method === 'POST' || method === 'PUT')) {
      return textReply(405, 'Method Not Allowed for browser traffic.');
    }
    const [pathname = '', ...search] = path.split('?');
    for (const { pattern, handlers } of routes) {
      const found = pattern.exec(pathname);
      if (found === null) continue;
      const segment = decode(found[1] ?? '');
      // The pattern of a segment in aiohttp matches no braces, encoded or not.
      if (/[{}]/.test(segment)) continue;
      const name = method === 'HEAD' ? 'GET' : method;
      const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
      if (handler === undefined) return textReply(405, '405: Method Not Allowed');
      return handler(world, request, new URLSearchParams(search.join('?')), segment);
    }
    return textReply(404, '404: Not Found');
  };
}

/** Decodes a path segment like aiohttp: malformed encoding is kept. Any text may be an id (fact 29). */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

function stateHandler(source: StateSource, reply: (world: World, options: StateQuery) => SimReply): Handler {
  return (world, _, query) => {
    try {
      return reply(world, parseStateQuery(query));
    } catch (error) {
      if (error instanceof PythonError) return crashReply(stateTraceback(source, error.lastLine));
      throw error;
    }
  };
}

function submit(world: World, { body }: RayRequest): SimReply {
  try {
    const request = readJobBody(body);
    if (request.submissionId !== undefined && world.jobs.has(request.submissionId)) {
      throw new PythonError(
        'ValueError',
        `Job with submission_id ${request.submissionId} already exists. Please use a different submission_id.`,
      );
    }
    const id = pythonString(submitJob(world, request).submissionId);
    return jsonReply(
      200,
      pythonObject([
        ['job_id', id],
        ['submission_id', id],
      ]),
    );
  } catch (error) {
    if (error instanceof PythonError) return textReply(400, `Traceback (most recent call last):\n${error.lastLine}\n`);
    throw error;
  }
}

function stop(world: World, _: RayRequest, __: URLSearchParams, submissionId: string): SimReply {
  const job = world.jobs.get(submissionId);
  if (job === undefined) return noSuchJob(submissionId);
  return jsonReply(200, `{"stopped": ${String(endJob(world, job, 'STOPPED'))}}`);
}

/** Another session name is another Ray (fact 27). */
function version(world: World): SimReply {
  return jsonReply(
    200,
    `{"version": "4", "ray_version": "2.44.1.1", "ray_commit": "{{RAY_COMMIT_SHA}}", "session_name": ${pythonString(world.sessionName)}}`,
  );
}
