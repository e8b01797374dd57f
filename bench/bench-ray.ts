import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod/mini';
import { builtScript } from './paths.ts';

/** The simulated Ray that a bench holds in its hand. */
export interface BenchRay {
  readonly address: string;
  /** An empty fleet of so many nodes of four templates, in so many virtual clusters, a tenth of it free; a job in every tenth. */
  fleet(nodes: number, clusters: number): Promise<void>;
  addNode(): Promise<void>;
  killNode(id: string): Promise<void>;
  /** Another administrator's save, on the newest revision. */
  edit(clusterId: string, replicaSets: Readonly<Record<string, number>>): Promise<void>;
  /** A write past the console, as a script sends it: the reply's text. */
  write(method: 'POST' | 'DELETE', id: string, body?: unknown): Promise<string>;
  /** The management list as it is now, past Ray's cache. */
  list(): Promise<string>;
  /** How often each method and path was called since the start. */
  calls(): Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

const SHARES = { '4c8g': 0.4, '8c16g': 0.3, '16c64g': 0.2, gpu_a10: 0.1 } as const;
const AGENT = { 'User-Agent': 'bench', 'Content-Type': 'application/json' };

export async function startRay(): Promise<BenchRay> {
  const child = fork(builtScript('ray-process'), {
    execArgv: ['--max-old-space-size=8000'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [told] = await once(child, 'message');
  const { port } = z.object({ port: z.number() }).parse(told);
  const address = `http://127.0.0.1:${String(port)}`;

  async function ask(path: string, method = 'GET', body?: unknown): Promise<string> {
    const reply = await fetch(address + path, {
      method,
      headers: AGENT,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${String(reply.status)} ${text.slice(0, 300)}`);
    return text;
  }

  return {
    address,
    async fleet(nodes, clusters) {
      const templates = Object.fromEntries(
        Object.entries(SHARES).map(([id, share]) => [id, Math.round(nodes * share)]),
      );
      await ask('/simulator/reset', 'POST', { seed: 1, templates, lively: true });
      const each = Object.fromEntries(
        Object.entries(SHARES).map(([id, share]) => [id, Math.floor((nodes * 0.9 * share) / clusters)]),
      );
      for (let index = 1; index <= clusters; index += 1) {
        const virtualClusterId = `team-${String(index).padStart(4, '0')}`;
        await ask('/virtual_clusters', 'POST', { virtualClusterId, divisible: index % 3 === 0, replicaSets: each });
        if (index % 10 === 1) await ask('/simulator/jobs', 'POST', { virtualClusterId, cpus: 1 });
      }
      await ask('/simulator/clock', 'POST', { advanceMs: 30_000 });
    },
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
    async stop() {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
