import { countByTemplate } from '../engine/node-groups.ts';
import type { Simulation } from '../simulation.ts';

const MAX_NODES = 200;

/** The state of the simulation, including what Ray does not report. */
export function summarizeSimulation(simulation: Simulation) {
  const world = simulation.world();
  const alive = [...world.nodes.values()].filter((node) => node.state === 'alive');
  return {
    seed: world.seed,
    scenario: simulation.scenario,
    now: world.now,
    sessionName: world.sessionName,
    clusters: [...world.clusters.values()].map(({ id, divisible, nodes }) => ({
      id,
      divisible,
      replicaSets: Object.fromEntries(nodes.counts()),
    })),
    jobs: [...world.jobs.values()].map(({ submissionId, clusterId, status }) => ({
      submissionId,
      virtualClusterId: clusterId,
      status,
    })),
    nodes: sampleOf([...world.nodes.values()]).map((node) => ({
      id: node.id,
      templateId: node.templateId,
      clusterId: node.jobCluster?.id ?? node.cluster?.id ?? null,
      alive: node.state === 'alive',
    })),
    templates: Object.fromEntries(countByTemplate(alive)),
    away: simulation.isAway,
    faults: simulation.faults.list(),
  };
}

/** An evenly spaced sample of a large fleet. */
function sampleOf<T>(nodes: readonly T[]): readonly T[] {
  const step = Math.max(1, Math.ceil(nodes.length / MAX_NODES));
  return nodes.filter((_, index) => index % step === 0);
}
