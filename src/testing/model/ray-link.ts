import { AsyncLocalStorage } from 'node:async_hooks';
import type { FetchHandler } from '../../fetch-handler.ts';
import { parseJson } from '../../ray/exact-json.ts';
import {
  connectionRefused,
  connectionReset,
  crashReply,
  toResponse,
  type SimReply,
} from '../../simulator/replies/reply.ts';
import type { Simulation } from '../../simulator/simulation.ts';
import type { World } from '../../simulator/engine/world.ts';
import { newerRayTraceback } from '../../simulator/replies/tracebacks.ts';
import * as z from 'zod/mini';
import type { ModelClock } from './model-clock.ts';
import { noFault, deliver, type NetworkFault } from './network-faults.ts';
import type { Coverage } from './coverage.ts';
import type { Oracle } from './oracle.ts';

/** On whose behalf something is sent to Ray: a change's id, or a script's name. It follows what is awaited. */
export const requestOrigin = new AsyncLocalStorage<string>();

const saveBody = z.object({
  virtualClusterId: z.string(),
  divisible: z.boolean(),
  replicaSets: z.record(z.string(), z.number()),
  revision: z.string(),
});

/** Which reads fare badly, and for how many times more. */
interface ReadFault {
  /** What the path begins with. */
  readonly path: string;
  readonly fate: NetworkFault;
  times: number;
}

export interface RayLink {
  readonly fetch: FetchHandler;
  /** How the next writes of a change, or of whoever else is named, fare. */
  readonly writeFaults: Map<string, readonly NetworkFault[]>;
  readFaults: ReadFault[];
  isAway: boolean;
  /** For how many readings of the list the next cluster that is deleted here stays in it. */
  staleListReads: number;
  /** The list is up to date again: nobody is left who was told of the delete. */
  dropStaleList(): void;
}

/** What Ray said of the world as it is at one version of it. */
interface ReplyMemo {
  readonly world: World;
  readonly version: number;
  readonly replies: Map<string, SimReply>;
}

/** The list as it was before a delete that it doesn't show yet. */
interface StaleList {
  readonly reply: SimReply;
  readonly others: string;
  left: number;
}

/** A spaced-out list outweighs what the back end reads fresh each time: then it polls what Ray's cache holds (fact 4). */
const PADDING = ' '.repeat(500_001);

/** The way from one back end (or a script) to the simulated Ray: what arrives is noted in the truth. */
export function createRayLink(parts: {
  readonly simulation: Simulation;
  readonly truth: Oracle;
  readonly clock: ModelClock;
  readonly tally: Coverage;
  /** Which back end's. */
  readonly backend: number;
  readonly isListHeavy: boolean;
  /** Whether who is named so asks that this cluster be removed now. */
  readonly asksToRemove: (tag: string, clusterId: string) => boolean;
}): RayLink {
  const { simulation, truth, clock, tally, backend } = parts;
  let lagging: StaleList | null = null;
  let said: ReplyMemo = { world: simulation.world(), version: -1, replies: new Map() };
  const way: RayLink = {
    fetch,
    writeFaults: new Map(),
    readFaults: [],
    isAway: false,
    staleListReads: 0,
    dropStaleList() {
      lagging = null;
    },
  };

  /** A delete that no change asked for just now has waited until its cluster was idle. */
  function tagOf(method: string, path: string): string {
    const tag = requestOrigin.getStore() ?? 'nobody';
    const clusterId = decodeURIComponent(path.split('/')[2] ?? '');
    return method === 'DELETE' && !parts.asksToRemove(tag, clusterId) ? `idle ${clusterId}` : tag;
  }

  function fateOf(isRead: boolean, tag: string, path: string): NetworkFault {
    if (way.isAway) return { ...noFault, breaks: 'refused' };
    if (isRead) {
      const trouble = way.readFaults.find((each) => each.times > 0 && path.startsWith(each.path));
      if (trouble === undefined) return noFault;
      trouble.times -= 1;
      return trouble.fate;
    }
    const [next, ...rest] = way.writeFaults.get(tag) ?? [];
    if (next === undefined) return noFault;
    way.writeFaults.set(tag, rest);
    return next;
  }

  async function fetch(request: Request): Promise<Response> {
    const { method, signal } = request;
    const url = new URL(request.url);
    const path = url.pathname + url.search;
    const isRead = method === 'GET';
    const tag = tagOf(method, url.pathname);
    const body = await request.text();
    const fate = fateOf(isRead, tag, path);
    if (fate !== noFault) tally.countFault(isRead ? 'read' : 'write', fate);
    if (!isRead) tally.writes += 1;
    clock.noteActivity();
    return deliver(
      {
        fate,
        signal,
        after: (ms, callBack) => clock.after(ms, callBack),
        broken: connectionReset,
        refused: connectionRefused,
      },
      () => arrive(method, path, body, tag, request.headers.get('User-Agent'), fate),
    );
  }

  function arrive(
    method: string,
    path: string,
    body: string,
    tag: string,
    userAgent: string | null,
    fate: NetworkFault,
  ): Response {
    truth.observe();
    const world = simulation.world();
    const write = method === 'GET' ? null : writeIn(method, path, body);
    const before = write === null ? null : truth.current(write.clusterId);
    const stops = write?.stops ?? null;
    const ranBefore = stops !== null && truth.isJobActive(stops);
    const isRemoval = method === 'DELETE' && fate === noFault && before !== null;
    const list =
      isRemoval && way.staleListReads > 0 ? answer('GET', `/virtual_clusters?before=${tag}`, userAgent, '') : null;
    const isList = method === 'GET' && path.startsWith('/virtual_clusters');
    const reply = (isList ? staleListReply() : null) ?? answer(method, path, userAgent, body);
    truth.observe();
    if (write !== null) {
      const { clusterId, save } = write;
      const tookEffect = stops === null ? reply.status === 200 : ranBefore && !truth.isJobActive(stops);
      truth.recordWrite({ clusterId, save, tag, backend, tookEffect }, before);
    }
    if (list !== null && reply.status === 200) {
      lagging = { reply: list, others: revisionsOf(world), left: way.staleListReads };
      way.staleListReads = 0;
    }
    if (path === '/api/version' && fate === noFault) truth.recordSessionRead(backend);
    if (fate.breaks === 'traceback') return toResponse(crashReply(newerRayTraceback()), method);
    if (parts.isListHeavy && isList)
      return toResponse({ ...reply, parts: [...reply.parts, PADDING] }, method, fate.breaks === 'cut');
    return toResponse(reply, method, fate.breaks === 'cut');
  }

  /** What Ray says. Most reads find nothing new: what they read is put together once. */
  function answer(method: string, path: string, userAgent: string | null, body: string): SimReply {
    const world = simulation.world();
    const ask = () => simulation.routes()(world, { method, path, userAgent, body });
    // The others may be answered from Ray's own cache (fact 4).
    const name = path.startsWith('/virtual_clusters?') ? '/virtual_clusters?' : path.startsWith('/api/') ? path : null;
    if (method !== 'GET' || name === null) return ask();
    if (said.world !== world || said.version !== world.version)
      said = { world, version: world.version, replies: new Map() };
    const before = said.replies.get(name);
    if (before !== undefined) return before;
    const reply = ask();
    const once = { ...reply, parts: [[...reply.parts].join('')] };
    said.replies.set(name, once);
    return once;
  }

  /** The list of before the delete, while nothing else has moved. */
  function staleListReply(): SimReply | null {
    if (lagging === null || lagging.left === 0 || lagging.others !== revisionsOf(simulation.world())) return null;
    lagging.left -= 1;
    tally.countFault('list', { ...noFault, breaks: 'stale' });
    return lagging.reply;
  }

  return way;
}

function revisionsOf(world: World): string {
  return [...world.clusters.values()].map(({ id, revision }) => `${id} ${String(revision)}`).join();
}

function writeIn(method: string, path: string, body: string) {
  if (method === 'DELETE') return { clusterId: decodeURIComponent(path.split('/')[2] ?? ''), save: null, stops: null };
  const stops = /^\/api\/jobs\/([^/]+)\/stop$/.exec(path)?.[1];
  if (stops !== undefined) return { clusterId: '', save: null, stops };
  const { virtualClusterId, ...save } = saveBody.parse(parseJson(body));
  return { clusterId: virtualClusterId, save, stops: null };
}
