import type { Clock } from '../clock.ts';
import { Faults } from './faults.ts';
import { createRayRoutes, type RayRoutes } from './ray-routes.ts';
import type { SimReply } from './reply.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { passTime, type World } from './world.ts';

/** One simulated Ray with what can be done to it from outside. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly faults: Faults;
  /** The world as of now. */
  world(): World;
  /** Another world, and another dashboard with empty caches. `scenario`: its name, null for a fleet of one's own. */
  replaceWorld(world: World, scenario: string | null): void;
  scenario(): string | null;
  routes(): RayRoutes;
  /** Whether Ray is gone: nothing reaches it. */
  isAway: boolean;
  /** What each read last answered, for the fault `stale`. */
  readonly lastAnswers: Map<string, SimReply>;
}

export function createSimulation(given: Clock, scenario: string, world: World): Simulation {
  const clock = createVirtualClock(given);
  const lastAnswers = new Map<string, SimReply>();
  let current: { world: World; scenario: string | null; routes: RayRoutes } = { world, scenario, routes: createRayRoutes() };
  return {
    clock,
    faults: new Faults(),
    isAway: false,
    lastAnswers,
    world() {
      passTime(current.world, clock.now());
      return current.world;
    },
    replaceWorld(next, name) {
      current = { world: next, scenario: name, routes: createRayRoutes() };
      lastAnswers.clear();
    },
    scenario: () => current.scenario,
    routes: () => current.routes,
  };
}
