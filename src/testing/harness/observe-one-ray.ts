import type { Server } from 'node:http';
import type { Fleet } from '../../domain/fleet.ts';
import { createObservability, type Observability } from '../../server/observability/observability.ts';
import type { ObservedRayParts, RayObservability } from '../../server/observability/ray-observability.ts';

/** The observability of a console of one Ray, in one object. */
export interface OneRayObservability
  extends Omit<Observability, 'ofRay' | 'metricsServer'>, Omit<RayObservability, 'addClusters'> {
  metricsServer(fleet: (() => Fleet | null) | null): Server;
}

export function observeOneRay(
  parts: Parameters<typeof createObservability>[0] & ObservedRayParts,
): OneRayObservability {
  const all = createObservability(parts);
  const ray = all.ofRay(null, parts);
  return {
    ...all,
    ...ray,
    metricsServer(fleet) {
      if (fleet !== null) ray.addClusters(fleet);
      return all.metricsServer();
    },
  };
}
