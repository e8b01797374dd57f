import { createInMemoryChangeLog } from '../../backend/journal/in-memory-change-log.ts';
import { createInMemoryPlanStore } from '../../backend/plans/in-memory-plan-store.ts';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import type { PlanStore } from '../../backend/plans/plan-store.ts';
import { paths } from '../../contract/paths.ts';
import { planReply, type PlanCommand, type PlanReply } from '../../contract/plan.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { isOutcomeOpen } from '../../domain/plan/run.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';
import { createFleet } from '../../simulator/engine/scenarios.ts';
import { removeCluster, saveCluster } from '../../simulator/engine/clusters.ts';
import type { World } from '../../simulator/engine/world.ts';
import { createRayHandler } from '../../simulator/ray-handler.ts';
import { createSimulation } from '../../simulator/simulation.ts';
import { createHandClock } from './hand-clock.ts';
import { createKillableConsole } from './killable-console.ts';
import { uuid } from './test-console.ts';

/** Replies to one write in Ray's place, or lets it pass on. `index`: how many writes came before it. */
export type OnWrite = (index: number, pass: () => Promise<Response>) => Promise<Response>;

/** A write as the network saw it. */
interface SeenWrite {
  readonly clusterId: string;
  /** Whether Ray took it. */
  readonly tookEffect: boolean;
}

/** Virtual clusters on a simulated Ray, none free, and a console over it that can be killed, with plans. */
export async function createPlannedFleet({
  nodes,
  clusters,
}: {
  readonly nodes: ReplicaSets;
  readonly clusters: Readonly<Record<string, ReplicaSets>>;
}) {
  const clock = createHandClock();
  const simulation = createSimulation(clock, 'empty', createFleet(nodes, 1, clock.now()));
  const passOn = createRayHandler(simulation);
  const writes: SeenWrite[] = [];
  let onWrite: OnWrite = (_, pass) => pass();
  const wire = async (request: Request): Promise<Response> => {
    if (request.method === 'GET') return passOn(request);
    const index = writes.length;
    const clusterId = await clusterOf(request.clone());
    writes.push({ clusterId, tookEffect: false });
    return onWrite(index, async () => {
      const reply = await passOn(request);
      writes[index] = { clusterId, tookEffect: reply.ok };
      return reply;
    });
  };

  const log = createInMemoryChangeLog({ clock, days: 400, most: 1_000 });
  const plans = createInMemoryPlanStore();
  let made = 0;
  const ids = () => uuid(5_000 + (made += 1));
  let isDiskFull = false;
  const ontoDisk: PlanStore = {
    ...plans,
    put: (plan) => (isDiskFull ? Promise.reject(new JournalUnwritable('The disk is full.')) : plans.put(plan)),
  };
  const open = () => createKillableConsole({ ray: wire, clock, log, plans: ontoDisk, ids });
  let console = open();

  /** Makes a virtual cluster so in Ray itself, past every console. */
  function setInRay(clusterId: string, want: ReplicaSets | null): void {
    const world = simulation.world();
    const revision = world.clusters.get(clusterId)?.revision ?? 0n;
    const refused =
      want === null
        ? removeCluster(world, clusterId)
        : saveCluster(world, { clusterId, divisible: false, replicaSets: new Map(Object.entries(want)), revision });
    if (typeof refused === 'string' || (refused !== null && !refused.ok)) throw new Error(`${clusterId}: refused`);
  }
  for (const [clusterId, want] of Object.entries(clusters)) setInRay(clusterId, want);
  await clock.advance(1_000);

  async function ask(method: string, path: string, body?: unknown): Promise<PlanReply> {
    const reply = await console.during(method === 'GET' ? console.ask(path) : console.write(method, path, body));
    if (!reply.ok) throw new Error(await reply.text());
    return planReply.parse(await reply.json());
  }

  return {
    clock,
    simulation,
    writes: writes as readonly SeenWrite[],
    setInRay,
    world: (): World => simulation.world(),
    interceptWrites: (next: OnWrite) => {
      onWrite = next;
    },
    /** What Ray has of a virtual cluster; null: it has none. */
    heldInRay(clusterId: string): ReplicaSets | null {
      const cluster = simulation.world().clusters.get(clusterId);
      return cluster === undefined ? null : Object.fromEntries(cluster.nodes.counts());
    },
    /** While it is full, no plan can be stored. */
    setDiskFull: (isFull: boolean) => {
      isDiskFull = isFull;
    },
    kill: () => console.kill(),
    async restart() {
      console.kill();
      console = open();
      await clock.advance(2_000);
    },
    put: (id: string, goals: readonly Goal[], version = 0) =>
      ask('PUT', paths.plan(id), { version, name: 'Night', goals }),
    get: (id: string) => ask('GET', paths.plan(id)),
    command: (id: string, command: PlanCommand) => ask('POST', paths.planRun(id), command),
    run: async (id: string, version: number) => {
      await ask('POST', paths.planRun(id), { kind: 'run', version });
    },
    /** The plan once nothing of it is on its way and each outcome is known, or somebody has to decide. */
    async settled(id: string): Promise<PlanReply> {
      for (let turn = 0; turn < 400; turn += 1) {
        const reply = await ask('GET', paths.plan(id));
        const { state, steps } = reply.plan.run;
        const isUnderWay = state.kind === 'running' || state.kind === 'stopping';
        if (!isUnderWay && !steps.some((each) => isOutcomeOpen(each.state))) return reply;
        await clock.advance(1_000);
      }
      throw new Error('The plan never settles.');
    },
    close: () => console.close(),
  };
}

export type PlannedFleet = Awaited<ReturnType<typeof createPlannedFleet>>;

async function clusterOf(request: Request): Promise<string> {
  if (request.method === 'DELETE') return decodeURIComponent(new URL(request.url).pathname.split('/')[2] ?? '');
  const body: { readonly virtualClusterId: string } = await request.json();
  return body.virtualClusterId;
}
