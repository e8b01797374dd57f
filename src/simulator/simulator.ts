import type { Clock } from '../clock.ts';
import type { FetchHandler } from '../fetch-handler.ts';
import { createControl } from './control/control-routes.ts';
import { createRayHandler } from './ray-handler.ts';
import type { ClusterProfile } from '../domain/cluster-profile.ts';
import { ownersOf } from './engine/owners.ts';
import { presentFleetOf, simulatePast, simulatePastDay, type PastSample } from './engine/past-usage.ts';
import { createScenario, DEFAULT_SCENARIO } from './engine/scenarios.ts';
import { createSimulation } from './simulation.ts';

/**
 * An in-memory simulation of Ant Ray 2.44.1.1. `ray` answers like its dashboard; `control` answers the paths under
 * `/simulator`. The same seed and clock give the same replies. Throws `UnknownScenario`.
 */
export function createSimulator(options: {
  readonly seed: number;
  readonly clock: Clock;
  readonly scenario?: string;
}): {
  readonly ray: FetchHandler;
  readonly control: FetchHandler;
  /** A month that leads to the fleet as it is now, made up. `offset`: the zone whose nights and weekends it has, minutes west of UTC. */
  readonly past: (offset: number) => Iterable<PastSample>;
  /** A day before that. `day`: its midnight, UTC. */
  readonly pastDay: (offset: number, day: number) => Iterable<PastSample>;
  /** Who its virtual clusters are for, made up. */
  readonly profiles: () => ReadonlyMap<string, ClusterProfile>;
} {
  const { seed, clock, scenario = DEFAULT_SCENARIO } = options;
  const simulation = createSimulation(clock, scenario, createScenario(scenario, seed, clock.now()));
  const ray = createRayHandler(simulation);
  return {
    ray,
    control: createControl(simulation, ray),
    past: (offset) => simulatePast(presentFleetOf(simulation.world()), offset),
    pastDay: (offset, day) => simulatePastDay(presentFleetOf(simulation.world()), offset, day),
    profiles: () => ownersOf(simulation.world().clusters.keys()),
  };
}
