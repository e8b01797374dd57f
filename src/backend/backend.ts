import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import type { Ray } from '../ray/client.ts';
import type { Access, From } from './access.ts';
import { belowBasePath } from './base-path.ts';
import type { ChangeLog } from './change-log.ts';
import { createChanges } from './changes.ts';
import { createEvents, type Deflate } from './events.ts';
import { guard } from './guard.ts';
import { createJournal } from './journal.ts';
import { createPublished } from './published.ts';
import { createRaySessions } from './ray-sessions.ts';
import { createReadModel } from './read-model.ts';
import { createRightOfWay, type RightOfWay } from './right-of-way.ts';
import { createRoutes } from './routes.ts';
import { createSettling } from './settling.ts';
import { createWatch } from './watch.ts';

/** What a back end is made of. */
export interface BackendParts {
  readonly ray: Ray;
  /** As the person knows it: `http://host:8265`, or `simulator`. */
  readonly rayAddress: string;
  /** Serves `/simulator/…`; null over a real Ray. */
  readonly simulator: FetchHandler | null;
  /** Who goes first at Ray, as its client has it too; left out: reads that began give way to nothing. */
  readonly rightOfWay?: RightOfWay;
  readonly store: ChangeLog;
  readonly access: Access;
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
const GIVE_UP_AFTER = 60_000;

export interface Backend {
  fetch(request: Request, from: From): Promise<Response>;
  /** Ends every stream and every timer, and waits for the writes that are on their way. */
  close(): Promise<void>;
}

/** The console's back end: begins to read Ray at once. */
export function createBackend(parts: BackendParts): Backend {
  const { ray, clock, ids, access, basePath = '/', rightOfWay = createRightOfWay(clock) } = parts;
  const model = createReadModel({ clock, ids, startedReadOnly: access.readOnly });
  const started = model.moment();
  const watch = createWatch({ ray, model, clock, rightOfWay });
  const log = createJournal({ log: parts.store, clock });
  const settling = createSettling({ model, watch, log, clock, giveUpAfter: parts.giveUpAfter ?? GIVE_UP_AFTER });
  // What the console before left open is taken up before anything new can come.
  void settling.takeUp(started);
  const changes = createChanges({ ray, model, watch, log, settling, clock, rightOfWay });
  if (!access.readOnly) void changes.resumeWaiting();
  const sessions = createRaySessions({
    model,
    clock,
    ids,
    isOurDoing: (clusterId) => changes.isJustRemoved(clusterId),
  });
  const published = createPublished({ ray, model, changes, ids });
  const events = createEvents({ model, watch, clock, deflate: parts.deflate ?? null });
  const routes = createRoutes({ ...parts, store: log, model, watch, changes, published, events, sessions });
  /** Writes that somebody waits for: each is answered before the journal closes. */
  const writing = new Set<Promise<Response>>();
  const answer = guard(
    async (request, from, body) => {
      const inside = belowBasePath(request, basePath);
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
      model.nodes().close();
      await log.close();
    },
  };
}
