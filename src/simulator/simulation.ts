import type { Clock } from '../clock.ts';
import { ActiveFaults } from './control/fault-injection.ts';
import { createRayRoutes, type RayRoutes } from './replies/ray-routes.ts';
import type { SimReply } from './replies/reply.ts';
import { createVirtualClock, type VirtualClock } from './engine/virtual-clock.ts';
import { advanceTo, type World } from './engine/world.ts';

/** One simulated Ray and the controls that act on it from outside. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly faults: ActiveFaults;
  /** The world, advanced to the current time. */
  world(): World;
  /** Replaces the world, and the dashboard with its caches. */
  replaceWorld(world: World): void;
  /** The scenario that a reset starts again. */
  scenario: string;
  routes(): RayRoutes;
  /** Whether Ray is unreachable. */
  isAway: boolean;
  /** The last reply to each read, for the fault `stale`. */
  readonly lastReplies: Map<string, SimReply>;
}

export function createSimulation(baseClock: Clock, scenario: string, world: World): Simulation {
  const clock = createVirtualClock(baseClock);
  const lastReplies = new Map<string, SimReply>();
  let current = { world, routes: createRayRoutes() };
  return {
    clock,
    faults: new ActiveFaults(),
    scenario,
    isAway: false,
    lastReplies,
    world() {
      advanceTo(current.world, clock.now());
      return current.world;
    },
    replaceWorld(next) {
      current = { world: next, routes: createRayRoutes() };
      lastReplies.clear();
    },
    routes: () => current.routes,
  };
}
