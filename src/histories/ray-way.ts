import { AsyncLocalStorage } from 'node:async_hooks';
import type { FetchHandler } from '../fetch-handler.ts';
import { parseJson } from '../ray/wire.ts';
import { connectionRefused, connectionReset, crashReply, toResponse } from '../simulator/reply.ts';
import type { Simulation } from '../simulator/simulation.ts';
import { newerRayTraceback } from '../simulator/tracebacks.ts';
import * as z from 'zod/mini';
import type { HistoryClock } from './clock.ts';
import { fine, underway, type Fate } from './fates.ts';
import type { Tally } from './tally.ts';
import type { Truth } from './truth.ts';

/** On whose behalf something is sent to Ray: a change's id, or a script's name. It follows what is awaited. */
export const onBehalfOf = new AsyncLocalStorage<string>();

const saveBody = z.object({
  virtualClusterId: z.string(),
  divisible: z.boolean(),
  replicaSets: z.record(z.string(), z.number()),
  revision: z.string(),
});

/** Which reads fare badly, and for how many times more. */
interface Trouble {
  /** What the path begins with. */
  readonly path: string;
  readonly fate: Fate;
  times: number;
}

export interface RayWay {
  readonly fetch: FetchHandler;
  /** How the next writes of a change, or of whoever else is named, fare. */
  readonly writeFates: Map<string, readonly Fate[]>;
  troubles: Trouble[];
  isAway: boolean;
}

/** A spaced-out list outweighs what the back end reads fresh each time: then it polls what Ray's cache holds (fact 4). */
const PADDING = ' '.repeat(500_001);

/** The way from one back end (or a script) to the simulated Ray: what arrives is noted in the truth. */
export function createRayWay(parts: {
  readonly simulation: Simulation;
  readonly truth: Truth;
  readonly clock: HistoryClock;
  readonly tally: Tally;
  /** Which back end's. */
  readonly backend: number;
  readonly isListHeavy: boolean;
}): RayWay {
  const { simulation, truth, clock, tally, backend } = parts;
  const way: RayWay = { fetch, writeFates: new Map(), troubles: [], isAway: false };

  function fateOf(isRead: boolean, tag: string, path: string): Fate {
    if (way.isAway) return { ...fine, breaks: 'refused' };
    if (isRead) {
      const trouble = way.troubles.find((each) => each.times > 0 && path.startsWith(each.path));
      if (trouble === undefined) return fine;
      trouble.times -= 1;
      return trouble.fate;
    }
    const [next, ...rest] = way.writeFates.get(tag) ?? [];
    if (next === undefined) return fine;
    way.writeFates.set(tag, rest);
    return next;
  }

  async function fetch(request: Request): Promise<Response> {
    const { method, signal } = request;
    const url = new URL(request.url);
    const path = url.pathname + url.search;
    const isRead = method === 'GET';
    const tag = onBehalfOf.getStore() ?? 'nobody';
    const body = await request.text();
    const fate = fateOf(isRead, tag, path);
    if (fate !== fine) tally.fault(isRead ? 'read' : 'write', fate);
    if (!isRead) tally.writes += 1;
    clock.stir();
    return underway(
      { fate, signal, after: (ms, callBack) => clock.after(ms, callBack), broken: connectionReset, refused: connectionRefused },
      () => arrive(method, path, body, tag, request.headers.get('User-Agent'), fate),
    );
  }

  function arrive(method: string, path: string, body: string, tag: string, userAgent: string | null, fate: Fate): Response {
    truth.observe();
    const write = method === 'GET' ? null : writeIn(method, path, body);
    const before = write === null ? null : truth.now(write.clusterId);
    const reply = simulation.routes()(simulation.world(), { method, path, userAgent, body });
    truth.observe();
    if (write !== null) truth.note({ ...write, tag, backend, tookEffect: reply.status === 200 }, before);
    if (fate.breaks === 'traceback') return toResponse(crashReply(newerRayTraceback()), method);
    if (parts.isListHeavy && method === 'GET' && path.startsWith('/virtual_clusters')) {
      return toResponse({ ...reply, parts: [...reply.parts, PADDING] }, method, fate.breaks === 'cut');
    }
    return toResponse(reply, method, fate.breaks === 'cut');
  }

  return way;
}

function writeIn(method: string, path: string, body: string) {
  if (method === 'DELETE') return { clusterId: decodeURIComponent(path.split('/')[2] ?? ''), save: null };
  const { virtualClusterId, ...save } = saveBody.parse(parseJson(body));
  return { clusterId: virtualClusterId, save };
}
