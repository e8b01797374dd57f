import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { createLocalAuthenticator } from '../../backend/auth/authenticator.ts';
import { createBackend } from '../../backend/backend.ts';
import { createInMemoryUsageStore } from '../../backend/usage/in-memory-usage-store.ts';
import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import type { Clock } from '../../clock.ts';
import { change, type Change } from '../../contract/change.ts';
import { fleetUpdate, type FleetUpdate } from '../../contract/fleet.ts';
import { nodePage, type NodePage } from '../../contract/nodes.ts';
import { CONSOLE_HEADER, paths } from '../../contract/paths.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { replicaSetsOf } from '../../domain/replica-sets.ts';
import { addClusterMetrics } from '../../server/observability/cluster-metrics.ts';
import { createMetrics } from '../../server/observability/metrics.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import type { Target } from '../../simulator/conformance/target.ts';

const peer = { address: '127.0.0.1', secure: false };
const listed = z.object({ data: z.object({ virtualClusters: z.array(z.object({ virtualClusterId: z.string() })) }) });

/** How long a case waits for a condition, ms. */
const TIMEOUT_MS = 60_000;

/** The console's back end over a real Ant Ray or over the simulator, with shortcuts for the requests of its page and of scripts. */
export function createConsoleOn(target: Target, clock: Clock) {
  const ray = createRay({
    transport: overFetch((request) => target.ray(request)),
    address: 'http://ray.local',
    clock,
    uniqueToken: () => target.unique(),
  });
  const backend = createBackend({
    ray,
    rayAddress: 'http://ray.local',
    simulator: null,
    store: createInMemoryChangeLog({ clock, days: 400, most: 100 }),
    access: createLocalAuthenticator({ readOnly: false }),
    clock,
    ids: randomUUID,
    files: null,
    consoleVersion: '0',
    usage: { store: createInMemoryUsageStore(), days: 400, mostBytes: 1e9 },
  });
  const metrics = createMetrics();
  addClusterMetrics(metrics, backend.fleet);

  /** Awaits a promise while time passes: the simulator's clock moves only when it is advanced. */
  async function during<T>(promise: Promise<T>): Promise<T> {
    let ended = false;
    const end = () => (ended = true);
    promise.then(end, end);
    for (let waited = 0; waited < TIMEOUT_MS && !ended; waited += 100) {
      // A promise that waits for no timer needs turns of the event loop only.
      await new Promise((resolve) => setImmediate(resolve));
      if (!ended) await target.wait(100);
    }
    return promise;
  }

  const ask = (method: string, path: string, body?: string) =>
    during(
      backend.fetch(
        new Request(`http://127.0.0.1${path}`, {
          method,
          headers: { 'Content-Type': 'application/json', [CONSOLE_HEADER]: '1' },
          ...(body === undefined ? {} : { body }),
        }),
        peer,
      ),
    );

  async function fleet(): Promise<FleetUpdate> {
    return fleetUpdate.parse(await (await ask('GET', paths.fleet)).json());
  }

  const console = {
    ask,
    clock,
    during,
    /** As a client over HTTP, which waits by itself. */
    send: (request: Request) => backend.fetch(request, peer),
    /** As a scrape has them. */
    metrics: () => during(metrics.text()),

    close: () => during(backend.close()),

    async change(wanted: ChangeRequest, id: string = randomUUID()): Promise<Change> {
      return change.parse(await (await ask('PUT', paths.change(id), JSON.stringify(wanted))).json());
    },

    fleet,

    async nodes(clusterId: string): Promise<NodePage['nodes']> {
      return nodePage.parse(await (await ask('GET', paths.clusterNodes(clusterId))).json()).nodes;
    },

    /** Polls the fleet until `find` finds something, for at most a minute. */
    async until<T>(
      what: string,
      find: (fleet: FleetUpdate) => Promise<T | null | undefined | false> | T | null | undefined | false,
    ): Promise<T> {
      for (let waited = 0; waited < TIMEOUT_MS; waited += 500) {
        const found = await find(await fleet());
        if (found !== null && found !== undefined && found !== false) return found;
        await target.wait(500);
      }
      throw new Error(`Timed out waiting for ${what}: ${JSON.stringify(await fleet()).slice(0, 3000)}`);
    },

    /** The cluster, once the fleet shows it. */
    cluster: (id: string): Promise<VirtualCluster> => console.until(id, (current) => clusterIn(current, id)),

    async scriptIds(): Promise<readonly string[]> {
      const reply = await ask('GET', paths.virtualClusters);
      return listed.parse(await reply.json()).data.virtualClusters.map((cluster) => cluster.virtualClusterId);
    },
  };
  return console;
}

export type ConsoleOnRay = ReturnType<typeof createConsoleOn>;

export function clusterIn(fleet: FleetUpdate, id: string): VirtualCluster | null {
  return fleet.clusters.find((cluster) => cluster.id === id) ?? null;
}

/** The base that an editor would open with. */
export function baseOf(cluster: VirtualCluster) {
  const counts = cluster.templates.map(({ templateId, count }) => [templateId, count] as const);
  return { revision: cluster.revision, replicaSets: replicaSetsOf(counts) };
}
