import { Hono, type Context } from 'hono';
import { changeRequest, type Change } from '../../contract/change.ts';
import { isApiPath, paths } from '../../contract/paths.ts';
import { denialReason, fleetDenialReason, writeDenialReason } from '../../contract/rights.ts';
import type { Session } from '../../contract/session.ts';
import type { Clock } from '../../clock.ts';
import { checkNewClusterId, splitJobClusterId } from '../../domain/cluster-id.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { isSettled } from '../../domain/result.ts';
import type { FetchHandler } from '../../fetch-handler.ts';
import type { Authenticator, Peer, Principal } from '../auth/authenticator.ts';
import { JournalUnwritable, type ChangeLog } from '../journal/change-log.ts';
import type { ChangeService } from '../changes/change-service.ts';
import type { EventStream } from './event-stream.ts';
import { exportChanges, listChanges } from './journal-routes.ts';
import { createNodeRoutes } from './node-routes.ts';
import { pathSegment } from '../web/path-segment.ts';
import { listNotReadYet, noSuchCluster, problemReply } from '../web/problem-reply.ts';
import type { RayApiPassThrough } from './ray-api-pass-through.ts';
import type { RaySessionMonitor } from '../fleet/ray-session-monitor.ts';
import { readJson } from '../web/read-json.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ShownFleet } from '../fleet/shown-fleet.ts';
import { singleFlight } from '../concurrency/single-flight.ts';
import type { Poller } from '../polling/poller.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** How long the fleet's first answer waits for the first reading of the list, ms. */
const FIRST_LIST_TIMEOUT = 3_000;

/** How long an answer waits for the fresh look that it was asked for, ms. */
const FRESH_READ_TIMEOUT = 3_000;

/** Fresh looks at a source begin so far apart, however often they are asked for, ms: anybody who may see the fleet may ask. */
const FRESH_READ_INTERVAL = 1_000;

export interface RouteParts {
  readonly rayAddress: string;
  readonly consoleVersion: string;
  readonly access: Authenticator;
  readonly clock: Clock;
  readonly model: FleetStore;
  readonly shown: ShownFleet;
  readonly watch: Poller;
  readonly changes: ChangeService;
  readonly published: RayApiPassThrough;
  readonly events: EventStream;
  readonly sessions: RaySessionMonitor;
  readonly store: ChangeLog;
  readonly simulator: FetchHandler | null;
  readonly files: FetchHandler | null;
}

/** `body`: the request's, read whole; the request itself has none any more. */
type Routes = { Bindings: { readonly from: Peer; readonly body: string }; Variables: { readonly visitor: Principal } };

/** Every path of the console. Problems are in the user's words; the published API's in Ray's form. */
export function createRoutes(parts: RouteParts): Hono<Routes> {
  const { access, clock, model, shown, watch, changes, published, events, sessions, store } = parts;
  const freshReadPause = () => new Promise<void>((resolve) => void clock.after(FRESH_READ_INTERVAL, resolve));
  const usageReads = (['jobs', 'actors', 'state'] as const).map((name) =>
    singleFlight(() => watch.refresh(name), freshReadPause),
  );
  // Not strict would take `/virtual_clusters/` for the list; Ray doesn't.
  const app = new Hono<Routes>({ strict: true });

  // Before every other: whoever is not known gets the page, which asks them to sign in, and nothing else.
  app.use(async (c, next) => {
    const recognized = access.authenticate(c.req.raw, c.env.from);
    if (recognized.kind === 'visitor') {
      c.set('visitor', recognized.principal);
      return next();
    }
    if (recognized.kind === 'refused') return recognized.reply;
    if (c.req.path === paths.signIn && c.req.method === 'POST') return access.signIn(c.req.raw, c.env.from, c.env.body);
    return isPage(c) ? pages(c) : recognized.reply;
  });

  app.post(paths.signIn, (c) => access.signIn(c.req.raw, c.env.from, c.env.body));
  app.post(paths.signOut, (c) => access.signOut(c.req.raw, c.env.from));

  app.get(paths.session, (c) => {
    const visitor = c.get('visitor');
    const identity = model.state('identity').last?.value ?? null;
    const unreadable = visitor.mayWrite && model.readOnly() === 'list-unreadable';
    const session: Session = {
      who: visitor.name,
      mayWrite: visitor.mayWrite && !unreadable,
      mayNotWriteBecause: unreadable ? LIST_UNREADABLE : visitor.mayNotWriteBecause,
      clusters: visitor.clusters === null ? null : [...visitor.clusters],
      via: visitor.authMethod,
      ray: {
        address: parts.rayAddress,
        simulated: parts.simulator !== null,
        version: identity?.version ?? null,
        sessionName: identity?.sessionName ?? null,
      },
      consoleVersion: parts.consoleVersion,
    };
    return c.json(session);
  });

  app.get(paths.fleet, async (c) => {
    const fresh = c.req.query('fresh');
    if (fresh !== undefined && fresh !== 'users')
      return problemReply(400, 'bad-query', 'What is read afresh can only be users.');
    watch.noteInterest();
    await waitForFirstList();
    if (fresh === 'users') await refreshUsage();
    return c.json(shown.updateSince(c.req.query('since') ?? null));
  });

  app.get(paths.fleetEvents, (c) => {
    // The answer to a HEAD drops its body without a word, and would leave a stream open for nobody.
    if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
    const since = c.req.header('Last-Event-ID') ?? c.req.query('since') ?? null;
    const takesGzip = /(?:^|,)\s*gzip\s*(?:,|$)/.test(c.req.header('Accept-Encoding') ?? '');
    return (
      events.open(since, c.get('visitor'), takesGzip) ??
      problemReply(503, 'too-many-streams', 'Too many pages are open at once. Close some.')
    );
  });

  app.route('/', createNodeRoutes({ model, shown, watch, clock }));

  app.get('/api/clusters/:id/raw', (c) => {
    const id = pathSegment(c.req.raw, 3);
    const list = model.state('list').last;
    if (list === null) return listNotReadYet();
    // The reading may be older than our own delete.
    const raw = id === null || model.listedCluster(id) === null ? null : list.value.raw(id);
    if (raw === null) return noSuchCluster();
    return c.body(raw, 200, { 'Content-Type': 'text/plain; charset=utf-8' });
  });

  app.get(paths.changes, async (c) => listChanges(store, new URL(c.req.url).searchParams));
  app.get(paths.changesExport, async (c) => exportChanges(store, new URL(c.req.url).searchParams));

  app.get('/api/changes/:id', async (c) => {
    watch.noteInterest();
    const id = pathSegment(c.req.raw, 3);
    const change = id === null ? null : await changes.check(id.toLowerCase());
    if (change === null) return problemReply(404, 'no-such-change', 'The console knows no change of this id.');
    return changeReply(change);
  });

  app.put('/api/changes/:id', async (c) => {
    const id = pathSegment(c.req.raw, 3)?.toLowerCase() ?? '';
    if (!UUID.test(id)) return problemReply(400, 'bad-change-id', "A change's id must be a UUID.");
    const visitor = c.get('visitor');
    const none = writeDenialReason(visitor);
    if (none !== null) return forbidden(none);
    const body = readJson(c.env.body);
    if (body === undefined) return problemReply(400, 'not-json', 'The body is not JSON.');
    const wanted = changeRequest.safeParse(body);
    if (!wanted.success) {
      const issue = wanted.error.issues[0];
      const where = issue === undefined || issue.path.length === 0 ? 'The change' : issue.path.join('.');
      return problemReply(400, 'bad-change', `${where}: ${issue?.message ?? 'is not as it should be'}.`);
    }
    const wrong = idProblem(wanted.data);
    if (wrong !== null) return problemReply(400, 'bad-cluster-id', wrong);
    const no = denialReason(visitor, wanted.data.clusterId) ?? jobDenialReason(visitor, wanted.data);
    if (no !== null) return forbidden(no);
    // A change that is known is told of, whatever may be written now.
    if (model.readOnly() === 'list-unreadable' && (await store.get(id)) === null)
      return problemReply(503, 'list-unreadable', LIST_UNREADABLE);
    const change = await changes.submit({
      id,
      request: wanted.data,
      actor: visitor.name,
      address: visitor.address,
      authMethod: visitor.authMethod,
    });
    if (change === null) return problemReply(409, 'id-taken', 'This id stands for another change already.');
    return changeReply(change);
  });

  app.delete('/api/changes/:id', async (c) => {
    const visitor = c.get('visitor');
    const none = writeDenialReason(visitor);
    if (none !== null) return forbidden(none);
    const id = pathSegment(c.req.raw, 3)?.toLowerCase() ?? '';
    const asked = (await store.get(id))?.change;
    const no = asked === undefined ? null : denialReason(visitor, asked.wanted.clusterId);
    if (no !== null) return forbidden(no);
    const isCancelled = await changes.cancel(id, visitor.name);
    const change = (await store.get(id))?.change;
    if (change === undefined) return problemReply(404, 'no-such-change', 'The console knows no change of this id.');
    return isCancelled
      ? changeReply(change)
      : problemReply(409, 'not-waiting', 'Only a change that waits can be cancelled; this one does not.');
  });

  app.delete('/api/notices/:id', async (c) => {
    const no = fleetDenialReason(c.get('visitor'));
    if (no !== null) return forbidden(no);
    sessions.dismiss(pathSegment(c.req.raw, 3) ?? '');
    return c.body(null, 204);
  });

  app.get(paths.virtualClusters, () => published.list());
  app.post(paths.virtualClusters, async (c) => published.save(c.env.body, c.get('visitor')));
  app.delete('/virtual_clusters/:id', async (c) => {
    const id = pathSegment(c.req.raw, 2);
    if (id === null) return problemReply(400, 'bad-path', 'The id in the path is not encoded as it should be.');
    return published.remove(id, c.get('visitor'));
  });

  app.all('/simulator/*', async (c) => {
    const { simulator } = parts;
    if (simulator === null)
      return problemReply(404, 'not-simulated', 'This console shows a real Ray: there is no simulation.');
    const isWrite = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    const no = isWrite ? fleetDenialReason(c.get('visitor')) : null;
    if (no !== null) return forbidden(no);
    const { method, headers, url } = c.req.raw;
    const reply = await simulator(new Request(url, { method, headers, body: isWrite ? c.env.body : null }));
    const control = isWrite && !c.req.path.startsWith('/simulator/ray/');
    // The same seed tells the same story again, revisions and all: to the console it is another Ray.
    if (control && reply.ok && c.req.path === '/simulator/reset') sessions.reset();
    if (control && reply.ok) watch.refreshAll();
    return reply;
  });

  app.notFound(async (c) => {
    const { method, path } = c.req;
    const allowed = allowedMethods(path);
    if (allowed !== null) {
      return problemReply(405, 'method-not-allowed', `This path answers ${allowed} only.`, { Allow: allowed });
    }
    if (isApiPath(path)) {
      return problemReply(404, 'no-such-path', 'The console has nothing at this path.');
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return problemReply(405, 'method-not-allowed', 'Pages can only be read.', { Allow: 'GET, HEAD' });
    }
    return pages(c);
  });

  // The words of an error are for logs: they may hold what Ray said.
  app.onError((error) =>
    error instanceof JournalUnwritable
      ? unwritable()
      : problemReply(500, 'failed', 'The console failed. What was asked may or may not have happened.'),
  );

  /** Whether a request is for the page's own files, which hold nothing of the fleet's. */
  function isPage({ req }: Context<Routes>): boolean {
    return (req.method === 'GET' || req.method === 'HEAD') && !isApiPath(req.path);
  }

  function pages(c: Context<Routes>): Response | Promise<Response> {
    if (parts.files === null) return problemReply(404, 'no-pages', 'This console serves no pages, only its API.');
    return parts.files(c.req.raw);
  }

  /** A job is named by itself, so that it runs in the virtual cluster that it is said to must be seen. */
  function jobDenialReason(visitor: Principal, wanted: ChangeRequest): string | null {
    if (wanted.kind !== 'stop-job' || visitor.clusters === null) return null;
    const usedBy = model.fleet().clusters.get(wanted.clusterId)?.usedBy;
    const jobs = usedBy?.known === true ? [...usedBy.value.jobs, ...usedBy.value.jobClusters] : [];
    if (jobs.some((job) => job.submissionId === wanted.submissionId)) return null;
    return `The console does not see this job in ${wanted.clusterId}, and you may not stop jobs of every virtual cluster.`;
  }

  function waitForFirstList(): Promise<unknown> {
    if (model.state('list').last !== null || model.state('list').failure !== null) return Promise.resolve();
    return withTimeout(FIRST_LIST_TIMEOUT, watch.firstList);
  }

  /** Reads anew who uses the clusters; one that takes too long is not waited for: the answer's `readAt` says how old each is. */
  function refreshUsage(): Promise<void> {
    return withTimeout(FRESH_READ_TIMEOUT, Promise.all(usageReads.map((look) => look())));
  }

  function withTimeout(ms: number, wait: Promise<unknown>): Promise<void> {
    return new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      void wait.then(() => {
        cancel();
        resolve();
      });
    });
  }

  return app;
}

const LIST_UNREADABLE =
  "This Ray's list of virtual clusters can't be read, so the console can't tell what a write would do. It only shows what else is known.";

/** It says how long it is: then nobody reads it to find out before it goes out. */
function changeReply(change: Change): Response {
  const bytes = new TextEncoder().encode(JSON.stringify(change));
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(bytes.byteLength) };
  return new Response(bytes, { status: isSettled(change.result) ? 200 : 202, headers });
}

/** Why a change can't go out with this id, in words; null when it can. The `##` trap can never be undone (fact 12). */
function idProblem(wanted: ChangeRequest): string | null {
  const { clusterId, kind } = wanted;
  if (kind === 'release') {
    return splitJobClusterId(clusterId) === null
      ? `${clusterId} names no job's cluster, so there is nothing to release.`
      : null;
  }
  if (kind === 'stop-job' && !/^[\w.-]+$/.test(wanted.submissionId))
    return `${wanted.submissionId} is no submission id of Ray's.`;
  if (clusterId.includes('##'))
    return 'An id with ## belongs to a job: Ray could never remove such a virtual cluster again.';
  if (kind === 'save' && wanted.base === null) {
    const wrong = checkNewClusterId(clusterId);
    if (wrong !== null) return `This can't be the id of a new virtual cluster (${wrong}).`;
  }
  return null;
}

function forbidden(why: string): Response {
  return problemReply(403, 'read-only', why);
}

/** What a path of the console's answers to, when it is one. */
function allowedMethods(path: string): string | null {
  if (
    /^\/api\/(session|fleet|fleet\/events|nodes(\/[^/]+)?|map|map\/nodes|lately|changes|changes\.jsonl|clusters\/[^/]+\/(nodes|raw))$/.test(
      path,
    )
  )
    return 'GET, HEAD';
  if (/^\/api\/changes\/[^/]+$/.test(path)) return 'GET, HEAD, PUT, DELETE';
  if (/^\/api\/notices\/[^/]+$/.test(path)) return 'DELETE';
  if (path === paths.signIn || path === paths.signOut) return 'POST';
  if (path === '/virtual_clusters') return 'GET, HEAD, POST';
  if (/^\/virtual_clusters\/[^/]+$/.test(path)) return 'DELETE';
  return null;
}

function unwritable(): Response {
  return problemReply(
    503,
    'journal-unwritable',
    "The console can't write its journal, so nothing was sent to Ray. Is the disk full?",
  );
}
