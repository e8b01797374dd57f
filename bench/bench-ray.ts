import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { createBenchFleet } from './bench-fleet.ts';
import { builtScript } from './paths.ts';

/** A simulated Ray in its own process, controlled by the benchmark. */
export interface BenchRay {
  readonly address: string;
  /** Replaces the fleet; see `createBenchFleet`. */
  fleet(nodes: number, clusters: number, shares?: Readonly<Record<string, number>>): Promise<void>;
  addNode(): Promise<void>;
  killNode(id: string): Promise<void>;
  /** Saves a cluster as another administrator, on the newest revision. */
  edit(clusterId: string, replicaSets: Readonly<Record<string, number>>): Promise<void>;
  /** Sends a write straight to Ray, as a script does; the reply's text. */
  write(method: 'POST' | 'DELETE', id: string, body?: unknown): Promise<string>;
  /** The current list of virtual clusters, bypassing Ray's cache. */
  list(): Promise<string>;
  /** The number of calls since the start, by method and path. */
  calls(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const HEADERS = { 'User-Agent': 'bench', 'Content-Type': 'application/json' };

/** `pageFolder`: of Ray's own page, to be served as well; null to serve the API alone. */
export async function startRay(pageFolder: string | null = null): Promise<BenchRay> {
  const { rays, stop } = await startRays(1, { pageFolder });
  const [ray] = rays;
  if (ray === undefined) throw new Error('The simulated Ray did not start.');
  return { ...ray, stop };
}

/** Several in one process, so that each costs what its nodes cost. `kept`: they write a reply only once while nothing changes. */
export async function startRays(
  count: number,
  { kept = false, pageFolder = null }: { readonly kept?: boolean; readonly pageFolder?: string | null } = {},
): Promise<{ readonly rays: readonly Omit<BenchRay, 'stop'>[]; readonly stop: () => Promise<void> }> {
  const child = fork(
    builtScript('ray-process'),
    [String(count), kept ? 'kept' : 'made', ...(pageFolder === null ? [] : [pageFolder])],
    {
      execArgv: ['--max-old-space-size=8000'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const [message] = await once(child, 'message');
  const { ports } = z.object({ ports: z.array(z.number()) }).parse(message);
  return {
    rays: ports.map((port, index) => benchRayAt(`http://127.0.0.1:${String(port)}`, index + 1)),
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

/** `seed`: of its fleets, so that no two Rays have a node of the same id. */
function benchRayAt(address: string, seed: number): Omit<BenchRay, 'stop'> {
  async function ask(path: string, method = 'GET', body?: unknown): Promise<string> {
    const reply = await fetch(address + path, {
      method,
      headers: HEADERS,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${String(reply.status)} ${text.slice(0, 300)}`);
    return text;
  }

  return {
    address,
    fleet: (nodes, clusters, shares) =>
      createBenchFleet((method, path, body) => ask(path, method, body), nodes, clusters, shares, seed),
    async addNode() {
      await ask('/simulator/nodes', 'POST', { templateId: '4c8g', count: 1 });
    },
    async killNode(id) {
      await ask(`/simulator/nodes/${id}`, 'DELETE');
    },
    async edit(clusterId, replicaSets) {
      await ask(`/simulator/clusters/${clusterId}`, 'POST', { replicaSets });
    },
    write: (method, id, body) =>
      ask(method === 'POST' ? '/virtual_clusters' : `/virtual_clusters/${encodeURIComponent(id)}`, method, body),
    list: () => ask(`/virtual_clusters?t=${String(Math.random())}`),
    calls: async () => z.record(z.string(), z.number()).parse(JSON.parse(await ask('/bench/calls'))),
  };
}
