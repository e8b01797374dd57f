import * as z from 'zod/mini';
import type { Change } from '../../contract/change.ts';
import { changeList } from '../../contract/journal.ts';
import { paths } from '../../contract/paths.ts';
import { countByTemplate, type ReplicaSets } from '../../domain/replica-sets.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { parseJson } from '../../ray/exact-json.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { createHandClock } from './hand-clock.ts';
import { createTestConsole } from './test-console.ts';

/** A virtual cluster as Ray has it. */
export interface RayCluster {
  readonly divisible: boolean;
  readonly revision: string;
  readonly replicaSets: ReplicaSets;
}

const list = z.object({
  data: z.object({
    virtualClusters: z.array(
      z.object({
        virtualClusterId: z.string(),
        divisible: z.string(),
        revision: z.string(),
        nodeInstances: z.record(z.string(), z.object({ templateId: z.string() })),
      }),
    ),
  }),
});

/** Every virtual cluster in Ray's reply to a read of the list, by its id. */
export function clustersIn(reply: string): ReadonlyMap<string, RayCluster> {
  return new Map(
    list.parse(parseJson(reply)).data.virtualClusters.map((row) => [
      row.virtualClusterId,
      {
        divisible: row.divisible === 'true',
        revision: row.revision,
        replicaSets: countByTemplate(Object.values(row.nodeInstances)),
      },
    ]),
  );
}

/** A simulated Ray that scripts write to. */
export async function createScriptRay(templates: ReplicaSets) {
  const clock = createHandClock();
  const simulator = createSimulator({ seed: 1, clock });
  const reset = new Request('http://ray/simulator/reset', { method: 'POST', body: JSON.stringify({ templates }) });
  await simulator.control(reset);
  let looks = 0;
  /** The text of the reply. */
  const direct = async (method: string, path: string, body: string | null = null) => {
    const headers = { 'User-Agent': 'script', 'Content-Type': 'application/json' };
    return (await simulator.ray(new Request(`http://ray${path}`, { method, headers, body }))).text();
  };
  return {
    clock,
    simulator,
    direct,
    clusters: async () => clustersIn(await direct('GET', `${paths.virtualClusters}?look=${String((looks += 1))}`)),
  };
}

/** The same with a console over it, which scripts write through. */
export async function createScriptWorld(templates: ReplicaSets) {
  const { clock, simulator, direct, clusters } = await createScriptRay(templates);
  let writes = 0;
  let unique = 0;
  const ray = createRay({
    transport: overFetch((request) => {
      if (request.method !== 'GET') writes += 1;
      return simulator.ray(request);
    }),
    address: 'http://ray',
    clock,
    uniqueToken: () => String((unique += 1)),
  });
  const store = createInMemoryChangeLog({ clock, days: 400, most: 1_000 });
  const start = async () => {
    const started = createTestConsole({ ray, clock, store, ids: () => `id-${String((unique += 1))}` });
    await clock.settle();
    return started;
  };
  let console = await start();

  return {
    clock,
    direct,
    clusters,
    get console() {
      return console;
    },
    /** Starts the console again, with the same journal. */
    async restartConsole() {
      await clock.settle();
      await console.close();
      console = await start();
    },
    /** Restarts Ray, which loses its virtual clusters; the console notices. */
    async restartRay() {
      await simulator.control(new Request('http://ray/simulator/restart', { method: 'POST', body: '{}' }));
      await console.fleet();
      await clock.advance(60_000);
    },
    /** Through the console; the text of its reply. */
    async send(method: string, path: string, body?: string): Promise<string> {
      const content = body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } };
      return (await console.during(console.ask(path, { method, ...content }))).text();
    },
    /** How many writes have reached Ray through the console. */
    writes: () => writes,
    /** The journal's rows, newest first, once everything that Ray has answered is recorded. */
    async journal(): Promise<readonly Change[]> {
      await clock.settle();
      const reply: unknown = await (await console.ask(`${paths.changes}?limit=100`)).json();
      return changeList.parse(reply).changes;
    },
    close: () => console.close(),
  };
}

export type ScriptWorld = Awaited<ReturnType<typeof createScriptWorld>>;
