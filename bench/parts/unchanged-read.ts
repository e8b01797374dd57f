import { setImmediate } from 'node:timers/promises';
import { createFleetStore } from '../../src/backend/fleet/fleet-store.ts';
import { createShownFleet } from '../../src/backend/fleet/shown-fleet.ts';
import { calls } from '../../src/ray/client/calls.ts';
import { createRay } from '../../src/ray/client/client.ts';
import { overFetch } from '../../src/ray/client/transport.ts';
import { createSystemClock } from '../../src/server/system-clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { createBenchFleet } from '../bench-fleet.ts';
import { median } from '../measurements.ts';

/** The cost of one unchanged read of all of Ray compared with `JSON.parse` of the same replies in the same run. Times in ms. */
export interface UnchangedRead {
  readonly nodes: number;
  readonly clusters: number;
  /** The size of each reply in bytes, by path. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Medians over alternating rounds: parsing alone, and the whole read with validation, join and versions. */
  readonly parseMs: number;
  readonly readMs: number;
  /** The longest time that a read blocked the event loop, over all rounds. */
  readonly longestBlockMs: number;
  /** The heap after a garbage collection with only the fleet retained, bytes; null without `--expose-gc`. */
  readonly heap: number | null;
  /** How often the version changed although the fleet did not. */
  readonly versionsMoved: number;
}

/** The sources that a console polls on a large fleet, where the summary is too large to be read. */
const polledSources = ['list', 'state', 'liveness', 'actors', 'jobs', 'identity'] as const;
type PolledSource = (typeof polledSources)[number];

/** Two replies of each source, as bytes: the same fleet with other key orders and other usage. */
async function recordReplies(nodes: number, clusters: number): Promise<readonly ReadonlyMap<string, Uint8Array>[]> {
  const clock = createSystemClock();
  const simulator = createSimulator({ seed: 1, clock, scenario: 'head-only' });
  const ask = async (handler: 'ray' | 'control', method: string, path: string, body?: unknown): Promise<Uint8Array> => {
    const init = {
      method,
      headers: { 'User-Agent': 'bench' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const reply = await simulator[handler](new Request(`http://ray${path}`, init));
    if (!reply.ok) throw new Error(`${path}: ${(await reply.text()).slice(0, 300)}`);
    return reply.bytes();
  };
  await createBenchFleet(
    (method, path, body) => ask(path.startsWith('/simulator') ? 'control' : 'ray', method, path, body),
    nodes,
    clusters,
  );
  const recordAll = async () => {
    const replies = new Map<string, Uint8Array>();
    for (const name of polledSources) {
      const { path, query } = calls[name];
      replies.set(
        path,
        await ask('ray', 'GET', `${path}?${query}${name === 'list' ? `t=${String(Math.random())}` : ''}`),
      );
    }
    return replies;
  };
  const first = await recordAll();
  await ask('control', 'POST', '/simulator/clock', { advanceMs: 3_000 });
  return [first, await recordAll()];
}

export async function measureUnchangedRead(nodes: number, clusters: number, rounds: number): Promise<UnchangedRead> {
  const replies = await recordReplies(nodes, clusters);
  const texts = replies.map((each) => [...each.values()].map((bytes) => new TextDecoder().decode(bytes)));
  const clock = createSystemClock();
  let turn = 0;
  const ray = createRay({
    transport: overFetch((request) => Promise.resolve(inParts(replies[turn % 2]?.get(new URL(request.url).pathname)))),
    address: 'http://ray',
    clock,
    uniqueToken: () => String(turn),
    yieldToEventLoop: () => setImmediate(),
  });
  const store = createFleetStore({ clock, ids: () => 'bench', startedReadOnly: false });
  const shown = createShownFleet({ store, clock, pending: () => [], notice: () => null });
  const readAll: Record<PolledSource, () => Promise<void>> = {
    list: async () => {
      const moment = store.moment();
      store.acceptList(await ray.read('list', { fresh: true }), moment);
    },
    state: async () => {
      const moment = store.moment();
      store.accept('state', await ray.read('state'), moment);
    },
    liveness: async () => {
      const moment = store.moment();
      store.accept('liveness', await ray.read('liveness'), moment);
    },
    actors: async () => {
      const moment = store.moment();
      store.accept('actors', await ray.read('actors'), moment);
    },
    jobs: async () => {
      const moment = store.moment();
      store.accept('jobs', await ray.read('jobs'), moment);
    },
    identity: async () => {
      const moment = store.moment();
      store.acceptIdentity(await ray.read('identity'), moment);
    },
  };
  const parseMs: number[] = [];
  const readMs: number[] = [];
  let longestBlockMs = 0;
  let versionsMoved = 0;
  let before = '';
  for (turn = 0; turn < rounds; turn += 1) {
    let started = performance.now();
    for (const text of texts[turn % 2] ?? []) JSON.parse(text);
    parseMs.push(performance.now() - started);
    const stopWatching = watchEventLoop();
    started = performance.now();
    for (const name of polledSources) {
      await readAll[name]();
      shown.updateSince(before === '' ? null : before);
      await setImmediate();
    }
    readMs.push(performance.now() - started);
    // The first round builds the fleet; later rounds change nothing.
    if (turn > 0) longestBlockMs = Math.max(longestBlockMs, stopWatching());
    else stopWatching();
    if (turn > 0 && shown.version() !== before) versionsMoved += 1;
    before = shown.version();
  }
  const bytes = Object.fromEntries([...(replies[0] ?? [])].map(([path, each]) => [path, each.byteLength]));
  texts.length = 0;
  return {
    nodes,
    clusters,
    bytes,
    parseMs: median(parseMs.slice(1)),
    readMs: median(readMs.slice(1)),
    longestBlockMs,
    versionsMoved,
    heap: heapNow(),
  };
}

/** A response that streams its body in 64 KiB chunks, as a socket does. */
function inParts(bytes: Uint8Array | undefined): Response {
  if (bytes === undefined) return new Response(null, { status: 404 });
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(bytes.slice(at, at + 65_536));
      at += 65_536;
      if (at >= bytes.byteLength) controller.close();
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'application/json' } });
}

/**
 * Measures the longest turn of the event loop until the returned function is called. A turn counts as the lesser of wall time
 * and CPU time, so that neither other processes nor the garbage collector's threads are included.
 */
function watchEventLoop(): () => number {
  let last = { at: performance.now(), cpu: cpuNow() };
  let longest = 0;
  let ended = false;
  const sample = () => {
    const now = { at: performance.now(), cpu: cpuNow() };
    longest = Math.max(longest, Math.min(now.at - last.at, now.cpu - last.cpu));
    last = now;
    if (!ended) globalThis.setImmediate(sample);
  };
  globalThis.setImmediate(sample);
  return () => {
    ended = true;
    return longest;
  };
}

/** The CPU time of the process so far, ms. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function heapNow(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
