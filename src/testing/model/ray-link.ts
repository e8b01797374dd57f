import { AsyncLocalStorage } from 'node:async_hooks';
import type { RayReply, RayRequest, RayTransport } from '../../ray/client/transport.ts';
import { parseJson } from '../../ray/exact-json.ts';
import { connectionRefused, connectionReset, crashReply, type SimReply } from '../../simulator/replies/reply.ts';
import type { Simulation } from '../../simulator/simulation.ts';
import type { World } from '../../simulator/engine/world.ts';
import { newerRayTraceback } from '../../simulator/replies/tracebacks.ts';
import * as z from 'zod/mini';
import type { ModelClock } from './model-clock.ts';
import { BAD_GATEWAY, noFault, deliver, type NetworkFault } from './network-faults.ts';
import type { Coverage } from './coverage.ts';
import { withForged, type ForgedSupervisor } from './forged-supervisors.ts';
import type { Oracle } from './oracle.ts';

/** The origin of a request to Ray, kept across awaits: a change's id or a script's name. */
export const requestOrigin = new AsyncLocalStorage<string>();

/** The origin of requests about plans: what follows from one takes the id of each change that it makes. */
export const PLANNER = 'planner';

const saveBody = z.object({
  virtualClusterId: z.string(),
  divisible: z.boolean(),
  replicaSets: z.record(z.string(), z.number()),
  revision: z.string(),
});

/** A fault on the next `times` reads of some paths. */
interface ReadFault {
  /** The prefix of the paths. */
  readonly path: string;
  readonly fault: NetworkFault;
  times: number;
}

export interface RayLink {
  readonly send: RayTransport;
  /** The faults on the next writes, by origin. */
  readonly writeFaults: Map<string, readonly NetworkFault[]>;
  readFaults: ReadFault[];
  isAway: boolean;
  /** How many reads of the list still show the next cluster that is deleted through this link. */
  staleListReads: number;
  /** The revision that each origin's last save went out on, whether it arrived or not. */
  readonly lastRevisionSent: Map<string, string>;
  /** Makes the list current again, when the console that sent the delete is gone. */
  dropStaleList(): void;
}

/** Ray's replies for one version of its state. */
interface ReplyMemo {
  readonly world: World;
  readonly version: number;
  readonly replies: Map<string, SimReply>;
}

/** The list from before a delete that it doesn't show yet. */
interface StaleList {
  readonly reply: SimReply;
  readonly otherRevisions: string;
  left: number;
}

/** Larger than any reply of a world this small: the limit above which a back end polls Ray's cached copy (fact 4), bytes. */
export const HEAVY_BYTES = 200_000;

/** Makes the list that large. */
const PADDING = ' '.repeat(HEAVY_BYTES);

/** The network between one back end (or a script) and the simulated Ray. What arrives is recorded in the oracle. */
export function createRayLink(parts: {
  readonly simulation: Simulation;
  readonly oracle: Oracle;
  readonly clock: ModelClock;
  readonly coverage: Coverage;
  /** The index of the back end. */
  readonly backend: number;
  readonly isListHeavy: boolean;
  /** The actors that pretend to be supervisors. */
  readonly forged: () => readonly ForgedSupervisor[];
  /** Whether this origin requests the immediate removal of the cluster. */
  readonly requestsRemoval: (tag: string, clusterId: string) => boolean;
}): RayLink {
  const { simulation, oracle, clock, coverage, backend } = parts;
  let staleList: StaleList | null = null;
  let replyMemo: ReplyMemo = { world: simulation.world(), version: -1, replies: new Map() };
  const rayLink: RayLink = {
    send,
    writeFaults: new Map(),
    readFaults: [],
    isAway: false,
    staleListReads: 0,
    lastRevisionSent: new Map(),
    dropStaleList() {
      staleList = null;
    },
  };

  /** A delete without an immediate request behind it belongs to a deferred deletion. */
  function tagOf(method: string, path: string): string {
    const tag = requestOrigin.getStore() ?? 'nobody';
    const clusterId = decodeURIComponent(path.split('/')[2] ?? '');
    return method === 'DELETE' && !parts.requestsRemoval(tag, clusterId) ? `idle ${clusterId}` : tag;
  }

  function nextFault(isRead: boolean, tag: string, path: string): NetworkFault {
    if (rayLink.isAway) return { ...noFault, failure: 'refused' };
    if (isRead) {
      const readFault = rayLink.readFaults.find((each) => each.times > 0 && path.startsWith(each.path));
      if (readFault === undefined) return noFault;
      readFault.times -= 1;
      return readFault.fault;
    }
    const [next, ...rest] = rayLink.writeFaults.get(tag) ?? [];
    if (next === undefined) return noFault;
    rayLink.writeFaults.set(tag, rest);
    return next;
  }

  async function send({ url, method, headers, body, signal }: RayRequest): Promise<RayReply> {
    const path = url.pathname + url.search;
    const isRead = method === 'GET';
    const tag = tagOf(method, url.pathname);
    const fault = nextFault(isRead, tag, path);
    if (fault !== noFault) coverage.countFault(isRead ? 'read' : 'write', fault);
    if (!isRead) {
      coverage.writes += 1;
      const save = writeIn(method, path, body ?? '')?.save;
      if (save !== undefined && save !== null) rayLink.lastRevisionSent.set(tag, save.revision);
    }
    clock.noteActivity();
    return deliver(
      {
        fault,
        signal,
        after: (ms, callBack) => clock.after(ms, callBack),
        connectionReset,
        connectionRefused,
        proxyPage: () => toReply({ ...BAD_GATEWAY, parts: [BAD_GATEWAY.text] }),
      },
      () => arrive(method, path, body ?? '', tag, headers['User-Agent'] ?? null, fault),
    );
  }

  function arrive(
    method: string,
    path: string,
    body: string,
    tag: string,
    userAgent: string | null,
    fault: NetworkFault,
  ): RayReply {
    oracle.observe();
    const world = simulation.world();
    const write = method === 'GET' ? null : writeIn(method, path, body);
    const before = write === null ? null : oracle.current(write.clusterId);
    const stops = write?.stops ?? null;
    const ranBefore = stops !== null && oracle.isJobActive(stops);
    const isRemoval = method === 'DELETE' && fault === noFault && before !== null;
    const list =
      isRemoval && rayLink.staleListReads > 0 ? replyTo('GET', `/virtual_clusters?before=${tag}`, userAgent, '') : null;
    const isList = method === 'GET' && path.startsWith('/virtual_clusters');
    const reply = (isList ? staleListReply() : null) ?? replyTo(method, path, userAgent, body);
    oracle.observe();
    if (write !== null) {
      const { clusterId, save } = write;
      const tookEffect = stops === null ? reply.status === 200 : ranBefore && !oracle.isJobActive(stops);
      oracle.recordWrite({ clusterId, save, tag, backend, tookEffect }, before);
    }
    if (list !== null && reply.status === 200) {
      staleList = { reply: list, otherRevisions: revisionsOf(world), left: rayLink.staleListReads };
      rayLink.staleListReads = 0;
    }
    if (path === '/api/version' && fault === noFault) oracle.recordSessionRead(backend);
    if (fault.failure === 'traceback') return toReply(crashReply(newerRayTraceback()));
    if (path.startsWith('/api/v0/actors') && reply.status === 200)
      return toReply({ ...reply, parts: [withForgedRows(reply)] }, fault.failure === 'cut');
    if (parts.isListHeavy && isList)
      return toReply({ ...reply, parts: [...reply.parts, PADDING] }, fault.failure === 'cut');
    return toReply(reply, fault.failure === 'cut');
  }

  /** A real supervisor may be listed before a forged one or after it. */
  function withForgedRows(reply: SimReply): string {
    const forged = parts.forged();
    return withForged([...reply.parts].join(''), forged, forged.length % 2 === 0);
  }

  /** Ray's reply. Most reads find an unchanged state, so their replies are built once a version. */
  function replyTo(method: string, path: string, userAgent: string | null, body: string): SimReply {
    const world = simulation.world();
    const ask = () => simulation.routes()(world, { method, path, userAgent, body });
    // Other reads may be served from Ray's own cache (fact 4).
    const name = path.startsWith('/virtual_clusters?') ? '/virtual_clusters?' : path.startsWith('/api/') ? path : null;
    if (method !== 'GET' || name === null) return ask();
    if (replyMemo.world !== world || replyMemo.version !== world.version)
      replyMemo = { world, version: world.version, replies: new Map() };
    const before = replyMemo.replies.get(name);
    if (before !== undefined) return before;
    const reply = ask();
    const once = { ...reply, parts: [[...reply.parts].join('')] };
    replyMemo.replies.set(name, once);
    return once;
  }

  /** The list from before the delete, as long as nothing else has changed. */
  function staleListReply(): SimReply | null {
    if (staleList === null || staleList.left === 0 || staleList.otherRevisions !== revisionsOf(simulation.world()))
      return null;
    staleList.left -= 1;
    coverage.countFault('list', { ...noFault, failure: 'stale' });
    return staleList.reply;
  }

  return rayLink;
}

const encoder = new TextEncoder();

/** Not by `Request` and `Response`, which took a quarter of a history's time. `isCut`: it breaks off in the middle. */
function toReply({ status, contentType, parts }: SimReply, isCut = false): RayReply {
  const bytes = encoder.encode([...parts].join(''));
  return {
    status,
    header: (name) => (name.toLowerCase() === 'content-type' ? contentType : null),
    body: isCut ? firstHalf(bytes) : whole(bytes),
  };
}

async function* whole(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* firstHalf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, Math.ceil(bytes.byteLength / 2));
  throw connectionReset();
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
