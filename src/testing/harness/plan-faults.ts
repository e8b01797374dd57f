import { updateNode } from '../../simulator/engine/membership.ts';
import { submitJob, endJob } from '../../simulator/engine/jobs.ts';
import { createRestartedWorld } from '../../simulator/engine/scenarios.ts';
import { connectionReset } from '../../simulator/replies/reply.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import type { PlannedFleet } from './planned-fleet.ts';

type Pass = () => Promise<Response>;

/** Something that goes wrong at one step of a plan. */
export interface PlanFault {
  readonly name: string;
  /** What happens when the step's write arrives; its reply. */
  readonly strike: (fleet: PlannedFleet, step: PlanStep, pass: Pass) => Promise<Response>;
  /** What a person does about it before `Resume`; left out: nothing. */
  readonly repair?: (fleet: PlannedFleet, step: PlanStep) => void;
  /** `console`: it is killed; `ray`: another Ray is there afterwards, without virtual clusters (fact 27). */
  readonly ends?: 'console' | 'ray';
}

const page = (status: number, text: string) => () => Promise.resolve(new Response(text, { status }));
const ALL_CPUS = 1;

/** Something runs on each node of the virtual cluster, or nothing does any more. */
function setBusy({ world }: PlannedFleet, clusterId: string, isBusy: boolean): void {
  const cluster = world().clusters.get(clusterId);
  for (const node of cluster?.nodes ?? []) updateNode(world(), node, { usedCpus: isBusy ? ALL_CPUS : 0 });
}

/** What makes Ray refuse a step for want of nodes, or because the virtual cluster is in use. */
const shortage: PlanFault = {
  name: 'shortage',
  strike(fleet, { clusterId, from, to }, pass) {
    const world = fleet.world();
    if (to === null) submitJob(world, { entrypoint: 'sleep', clusterId, replicaSets: null, cpus: 0 });
    else if ((from?.['4c8g'] ?? 0) > (to['4c8g'] ?? 0)) setBusy(fleet, clusterId, true);
    else fleet.setInRay('thief', { '4c8g': [...world.freePool].filter((node) => node.templateId === '4c8g').length });
    return pass();
  },
  repair(fleet, { clusterId }) {
    const world = fleet.world();
    for (const job of world.jobs.values()) endJob(world, job, 'STOPPED');
    setBusy(fleet, clusterId, false);
    if (world.clusters.has('thief')) fleet.setInRay('thief', null);
  },
};

export const planFaults: readonly PlanFault[] = [
  { name: 'rejected', strike: page(405, '405: Method Not Allowed') },
  shortage,
  {
    name: 'conflict',
    strike(fleet, { clusterId, from }, pass) {
      fleet.setInRay(clusterId, from === null ? { '4c8g': 0 } : from['4c8g'] === 1 ? null : { '4c8g': 0 });
      return pass();
    },
    repair: (fleet, { clusterId, from }) => fleet.setInRay(clusterId, from),
  },
  {
    name: 'only the revision moved',
    strike(fleet, { clusterId, from }, pass) {
      if (from !== null) fleet.setInRay(clusterId, from);
      return pass();
    },
  },
  {
    name: 'lost answer',
    async strike(_fleet, _step, pass) {
      await pass();
      throw connectionReset();
    },
  },
  {
    name: 'lost request',
    strike: () => Promise.reject(connectionReset()),
  },
  { name: 'made-up HTTP 500', strike: page(500, '500 Internal Server Error') },
  {
    name: 'Ray restarted before it arrives',
    strike(fleet, _step, pass) {
      fleet.simulation.replaceWorld(createRestartedWorld(fleet.world(), fleet.clock.now()));
      return pass();
    },
    ends: 'ray',
  },
  {
    name: 'Ray restarted before it answers',
    async strike(fleet, _step, pass) {
      await pass();
      fleet.simulation.replaceWorld(createRestartedWorld(fleet.world(), fleet.clock.now()));
      throw connectionReset();
    },
    ends: 'ray',
  },
  {
    name: 'console killed before it arrives',
    strike(fleet) {
      fleet.kill();
      return new Promise(() => undefined);
    },
    ends: 'console',
  },
  {
    name: 'console killed before the answer',
    strike(fleet, _step, pass) {
      fleet.kill();
      return pass();
    },
    ends: 'console',
  },
];
