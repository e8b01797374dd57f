import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Ray } from '../ray/client/client.ts';
import type { Authenticator, Peer } from './auth/authenticator.ts';
import { stripBasePath } from './web/base-path.ts';
import type { ChangeLog } from './journal/change-log.ts';
import { createChangeService } from './changes/change-service.ts';
import { createEventStream, type Deflate } from './http/event-stream.ts';
import { guard } from './http/request-guard.ts';
import { createBufferedChangeLog } from './journal/buffered-change-log.ts';
import { createRayApiPassThrough } from './http/ray-api-pass-through.ts';
import { createRaySessionMonitor } from './fleet/ray-session-monitor.ts';
import { createFleetStore } from './fleet/fleet-store.ts';
import { createWritePriority, type WritePriority } from './polling/write-priority.ts';
import { createRoutes } from './http/router.ts';
import { createReconciler } from './changes/reconciler.ts';
import { createPoller } from './polling/poller.ts';

/** What a back end is made of. */
export interface BackendParts {
  readonly ray: Ray;
  /** As the person knows it: `http://host:8265`, or `simulator`. */
  readonly rayAddress: string;
  /** Serves `/simulator/…`; null over a real Ray. */
  readonly simulator: FetchHandler | null;
  /** Who goes first at Ray, as its client has it too; left out: reads that began give way to nothing. */
  readonly writePriority?: WritePriority;
  readonly store: ChangeLog;
  readonly access: Authenticator;
  readonly clock: Clock;
  /** Makes UUIDs that can't be guessed. */
  readonly ids: () => string;
  /** The page's files; null where something else serves them. */
  readonly files: FetchHandler | null;
  readonly consoleVersion: string;
  /** For how long a change that a console before left open is looked for in good readings of Ray, ms. */
  readonly giveUpAfter?: number;
  /** Host names besides this machine's own by which the console is reached. */
  readonly allowedHosts?: readonly string[];
  /** The path below which the console lives, with `/` at both ends; `/` when left out. */
  readonly basePath?: string;
  /** Packs the stream of events; left out: it goes out as it is. */
  readonly deflate?: Deflate;
}

/** Longer than any call to Ray may take, so that what comes late has come. */
const DEFAULT_GIVE_UP_AFTER = 60_000;

export interface Backend {
  fetch(request: Request, from: Peer): Promise<Response>;
  /** Ends every stream and every timer, and waits for the writes that are on their way. */
  close(): Promise<void>;
}

/** The console's back end: begins to read Ray at once. */
export function createBackend(parts: BackendParts): Backend {
  const { ray, clock, ids, access, basePath = '/', writePriority = createWritePriority(clock) } = parts;
  const model = createFleetStore({ clock, ids, startedReadOnly: access.readOnly });
  const started = model.moment();
  const watch = createPoller({ ray, model, clock, writePriority });
  const log = createBufferedChangeLog({ log: parts.store, clock });
  const settling = createReconciler({
    model,
    watch,
    log,
    clock,
    giveUpAfter: parts.giveUpAfter ?? DEFAULT_GIVE_UP_AFTER,
  });
  // What the console before left open is taken up before anything new can come.
  void settling.resume(started);
  const changes = createChangeService({ ray, model, watch, log, settling, clock, writePriority });
  if (!access.readOnly) void changes.resumeWaiting();
  const sessions = createRaySessionMonitor({
    model,
    clock,
    ids,
    isOurDoing: (clusterId) => changes.wasRecentlyRemoved(clusterId),
  });
  const published = createRayApiPassThrough({ ray, model, changes, ids });
  const events = createEventStream({ model, watch, clock, deflate: parts.deflate ?? null });
  const routes = createRoutes({ ...parts, store: log, model, watch, changes, published, events, sessions });
  /** Writes that somebody waits for: each is answered before the journal closes. */
  const writing = new Set<Promise<Response>>();
  const answer = guard(
    async (request, from, body) => {
      const inside = stripBasePath(request, basePath);
      return inside instanceof Response ? inside : routes.fetch(inside, { from, body });
    },
    { allowedHosts: parts.allowedHosts ?? [], basePath, newNonce: ids },
  );
  return {
    fetch(request, from) {
      const reply = answer(request, from);
      if (request.method === 'GET' || request.method === 'HEAD') return reply;
      writing.add(reply);
      return reply.finally(() => writing.delete(reply));
    },
    async close() {
      events.close();
      await Promise.allSettled(writing);
      await changes.idle();
      settling.close();
      watch.close();
      model.nodeFeed().close();
      await log.close();
    },
  };
}
