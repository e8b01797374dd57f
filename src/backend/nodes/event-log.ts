import { EVENT_RETENTION, keptEvents, type FleetEvent, type RecentEvents } from '../../contract/recent-events.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import type { NodeDiff } from './node-registry.ts';
import { deriveFleetEvents } from './fleet-events.ts';

/** The events of the fleet in the last minutes. */
export interface EventLog {
  /** Adds the events of the newest difference. `at`: when it came, ms since 1970. */
  record(difference: NodeDiff, clusters: ReadonlyMap<string, VirtualCluster>, at: number): void;
  /** Number of the newest event; 0 before the first. */
  last(): number;
  /** The events after number `n`. `now`: ms since 1970. */
  since(n: number, now: number): RecentEvents;
}

/** The events of one epoch. */
export function createEventLog(epoch: string): EventLog {
  let clustersBefore: ReadonlyMap<string, VirtualCluster> = new Map();
  let kept: readonly FleetEvent[] = [];
  let n = 0;

  return {
    record(difference, clusters, at) {
      const before = clustersBefore;
      clustersBefore = clusters;
      if (difference.isInitialLoad) return;
      const events = deriveFleetEvents(difference, before, clusters);
      if (events.length === 0) return;
      const numbered = events.map((each): FleetEvent => ({ ...each, n: (n += 1), at }));
      kept = keptEvents([...kept, ...numbered], at);
    },
    last: () => n,
    since: (known, now) => ({
      epoch,
      last: n,
      happenings: kept.filter((each) => each.n > known && each.at > now - EVENT_RETENTION),
    }),
  };
}
