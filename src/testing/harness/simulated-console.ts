import { change as changeSchema, type Change } from '../../contract/change.ts';
import { paths } from '../../contract/paths.ts';
import type { FleetUpdate } from '../../contract/fleet.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import { replicaSetsOf, type ReplicaSets } from '../../domain/replica-sets.ts';
import type { ClusterSnapshot } from '../../domain/result.ts';
import { createRay } from '../../ray/client/client.ts';
import { overFetch } from '../../ray/client/transport.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import { createTestConsole, uuid } from './test-console.ts';
import { createHandClock } from './hand-clock.ts';

/** A simulated Ray on a hand clock, ways to change it past the console, and consoles over it. */
export async function createSimulatedRay(templates: ReplicaSets) {
  const clock = createHandClock();
  const simulator = createSimulator({ seed: 1, clock });
  let reads = 0;
  const interceptors = new Map<string, () => Response | null>();
  const fetch = async (request: Request) => interceptors.get(request.method)?.() ?? simulator.ray(request);
  const ray = createRay({
    transport: overFetch(fetch),
    address: 'http://ray',
    clock,
    uniqueToken: () => String((reads += 1)),
  });
  const control = async (method: string, path: string, body: unknown = {}) => {
    const reply = await simulator.control(
      new Request(`http://ray/simulator${path}`, {
        method,
        ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`);
    return reply;
  };
  await control('POST', '/reset', { templates });
  let changes = 0;

  return {
    clock,
    client: ray,
    control,
    /** Replies to the console's requests of a method in place of Ray; null passes one on to Ray. */
    intercept: (method: string, reply: () => Response | null) => void interceptors.set(method, reply),
    /** A request that a script sends straight to Ray. */
    script: (method: string, path: string, body?: unknown) =>
      simulator.ray(
        new Request(`http://ray${path}`, {
          method,
          headers: { 'User-Agent': 'script', 'Content-Type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    /** Starts a job; its submission id. `replicaSets` only in a divisible cluster. */
    async job(
      virtualClusterId: string,
      more: { readonly replicaSets?: ReplicaSets; readonly cpus?: number } = {},
    ): Promise<string> {
      const started: { submissionId: string } = await (
        await control('POST', '/jobs', { virtualClusterId, ...more })
      ).json();
      return started.submissionId;
    },
    /** Starts a console over this Ray; with the change log of an earlier one it is that console restarted. */
    start(
      store?: ChangeLog,
      more: Pick<Parameters<typeof createTestConsole>[0], 'access' | 'tokenGrant' | 'planStore' | 'ids'> = {},
    ) {
      const console = createTestConsole({
        ray,
        clock,
        simulator: simulator.control,
        ...(store === undefined ? {} : { store }),
        ...more,
      });
      const change = async (wanted: ChangeRequest): Promise<Change> => {
        const reply = await console.during(console.change((changes += 1), wanted));
        return changeSchema.parse(await reply.json());
      };
      const fleet = (): Promise<FleetUpdate> => console.during(console.fleet());
      return {
        ...console,
        fleet,
        change,
        /** The id of the last change sent. */
        lastId: () => uuid(changes),
        create: (id: string, want: ReplicaSets, divisible = false) =>
          change({ kind: 'save', clusterId: id, divisible, base: null, want }),
        async seen(id: string): Promise<ClusterSnapshot> {
          const cluster = (await fleet()).clusters.find((each) => each.id === id);
          if (cluster === undefined) throw new Error(`no cluster ${id}`);
          const sets = replicaSetsOf(cluster.templates.map(({ templateId, count }) => [templateId, count] as const));
          return { revision: cluster.revision, replicaSets: sets, divisible: cluster.divisible };
        },
        /** The change as recorded in the journal. */
        known: async (id: string): Promise<Change> =>
          changeSchema.parse(await (await console.during(console.ask(paths.change(id)))).json()),
      };
    },
  };
}
