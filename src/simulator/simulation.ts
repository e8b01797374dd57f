import type { Clock } from '../clock.ts';
import { ActiveFaults } from './control/fault-injection.ts';
import { createRayRoutes, type RayRoutes } from './replies/ray-routes.ts';
import type { SimReply } from './replies/reply.ts';
import { createVirtualClock, type VirtualClock } from './engine/virtual-clock.ts';
import { advanceTo, type World } from './engine/world.ts';

/** One simulated Ray with what can be done to it from outside. */
export interface Simulation {
  readonly clock: VirtualClock;
  readonly faults: ActiveFaults;
  /** The world as of now. */
  world(): World;
  /** Another world, and another dashboard with empty caches. */
  replaceWorld(world: World): void;
  /** The story that a reset tells again. */
  scenario: string;
  routes(): RayRoutes;
  /** Whether Ray is gone: nothing reaches it. */
  isAway: boolean;
  /** What each read last answered, for the fault `stale`. */
  readonly lastReplies: Map<string, SimReply>;
}

export function createSimulation(baseClock: Clock, scenario: string, world: World): Simulation {
  const clock = createVirtualClock(baseClock);
  const lastAnswers = new Map<string, SimReply>();
  let current = { world, routes: createRayRoutes() };
  return {
    clock,
    faults: new ActiveFaults(),
    scenario,
    isAway: false,
    lastReplies: lastAnswers,
    world() {
      advanceTo(current.world, clock.now());
      return current.world;
    },
    replaceWorld(next) {
      current = { world: next, routes: createRayRoutes() };
      lastAnswers.clear();
    },
    routes: () => current.routes,
  };
}
