import { setImmediate } from 'node:timers/promises';
import { createFleetStore } from '../../src/backend/fleet/fleet-store.ts';
import { createShownFleet } from '../../src/backend/fleet/shown-fleet.ts';
import { calls } from '../../src/ray/client/calls.ts';
import { createRay } from '../../src/ray/client/client.ts';
import { overFetch } from '../../src/ray/client/transport.ts';
import { createSystemClock } from '../../src/server/system-clock.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';

/** What one unchanged read of all of Ray costs beside `JSON.parse` of the same replies, in one run. Times in ms. */
export interface UnchangedRead {
  readonly nodes: number;
  readonly clusters: number;
  /** Bytes of the replies that were read, by call. */
  readonly bytes: Readonly<Record<string, number>>;
  /** Medians over the rounds, both sides in turns: parse alone, and parse, validation, join and versions together. */
  readonly parseMs: number;
  readonly readMs: number;
  /** The longest that anybody else waited meanwhile, over all rounds. */
  readonly longestBlockMs: number;
  /** The heap after a collection, in bytes, with the fleet held and nothing else; null without `--expose-gc`. */
  readonly heap: number | null;
  /** How often the version moved although nothing had. */
  readonly versionsMoved: number;
}

const SHARES = { '4c8g': 0.4, '8c16g': 0.3, '16c64g': 0.2, gpu_a10: 0.1 } as const;

/** What a console of a large fleet reads again and again; the summary is too large for it, and told so. */
const read = ['list', 'state', 'liveness', 'actors', 'jobs', 'identity'] as const;
type Read = (typeof read)[number];

/** Two answers of each call, as bytes: the same fleet, its keys in another order and its usage another. */
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
  const templates = Object.fromEntries(Object.entries(SHARES).map(([id, share]) => [id, Math.round(nodes * share)]));
  await ask('control', 'POST', '/simulator/reset', { seed: 1, templates, lively: true });
  const each = Object.fromEntries(
    Object.entries(SHARES).map(([id, share]) => [id, Math.floor((nodes * 0.9 * share) / clusters)]),
  );
  for (let index = 1; index <= clusters; index += 1) {
    const virtualClusterId = `team-${String(index).padStart(4, '0')}`;
    await ask('ray', 'POST', '/virtual_clusters', { virtualClusterId, divisible: index % 3 === 0, replicaSets: each });
    if (index % 10 === 1) await ask('control', 'POST', '/simulator/jobs', { virtualClusterId, cpus: 1 });
  }
  // Jobs start and are done with starting.
  await ask('control', 'POST', '/simulator/clock', { advanceMs: 30_000 });
  const one = async () => {
    const answers = new Map<string, Uint8Array>();
    for (const name of read) {
      const { path, query } = calls[name];
      answers.set(
        path,
        await ask('ray', 'GET', `${path}?${query}${name === 'list' ? `t=${String(Math.random())}` : ''}`),
      );
    }
    return answers;
  };
  const first = await one();
  await ask('control', 'POST', '/simulator/clock', { advanceMs: 3_000 });
  return [first, await one()];
}

export async function measureUnchangedRead(nodes: number, clusters: number, rounds: number): Promise<UnchangedRead> {
  const answers = await recordReplies(nodes, clusters);
  const texts = answers.map((each) => [...each.values()].map((bytes) => new TextDecoder().decode(bytes)));
  const clock = createSystemClock();
  let turn = 0;
  const ray = createRay({
    transport: overFetch((request) => Promise.resolve(inParts(answers[turn % 2]?.get(new URL(request.url).pathname)))),
    address: 'http://ray',
    clock,
    uniqueToken: () => String(turn),
    yieldToEventLoop: () => setImmediate(),
  });
  const model = createFleetStore({ clock, ids: () => 'bench', startedReadOnly: false });
  const shown = createShownFleet({ store: model, clock, pending: () => [], notice: () => null });
  const readAll: Record<Read, () => Promise<void>> = {
    list: async () => {
      const moment = model.moment();
      model.acceptList(await ray.read('list', { fresh: true }), moment);
    },
    state: async () => {
      const moment = model.moment();
      model.accept('state', await ray.read('state'), moment);
    },
    liveness: async () => {
      const moment = model.moment();
      model.accept('liveness', await ray.read('liveness'), moment);
    },
    actors: async () => {
      const moment = model.moment();
      model.accept('actors', await ray.read('actors'), moment);
    },
    jobs: async () => {
      const moment = model.moment();
      model.accept('jobs', await ray.read('jobs'), moment);
    },
    identity: async () => {
      const moment = model.moment();
      model.acceptIdentity(await ray.read('identity'), moment);
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
    const watch = watchEventLoop();
    started = performance.now();
    for (const name of read) {
      await readAll[name]();
      shown.updateSince(before === '' ? null : before);
      await setImmediate();
    }
    readMs.push(performance.now() - started);
    // The first reads make the fleet; all after change nothing.
    if (turn > 0) longestBlockMs = Math.max(longestBlockMs, watch());
    else watch();
    if (turn > 0 && shown.version() !== before) versionsMoved += 1;
    before = shown.version();
  }
  const bytes = Object.fromEntries([...(answers[0] ?? [])].map(([path, each]) => [path, each.byteLength]));
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

/** As a socket gives them. */
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
 * Measures the longest turn of the event loop until it is called: by the clock or by the CPU, whichever is less, so that
 * neither others on the machine nor the collector's own threads count as ours.
 */
function watchEventLoop(): () => number {
  let last = { at: performance.now(), cpu: cpuNow() };
  let longest = 0;
  let ended = false;
  const look = () => {
    const now = { at: performance.now(), cpu: cpuNow() };
    longest = Math.max(longest, Math.min(now.at - last.at, now.cpu - last.cpu));
    last = now;
    if (!ended) globalThis.setImmediate(look);
  };
  globalThis.setImmediate(look);
  return () => {
    ended = true;
    return longest;
  };
}

/** CPU time of the whole process, ms. */
function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function heapNow(): number | null {
  if (globalThis.gc === undefined) return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
