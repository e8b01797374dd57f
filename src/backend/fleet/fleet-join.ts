import type { FleetUpdate } from '../../contract/fleet.ts';
import type { Fleet } from '../../domain/fleet.ts';
import { emptyMemory, forgetCluster } from '../../domain/fleet-memory.ts';
import { joinFleet } from '../../domain/join.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { createFleetRecall } from './fleet-recall.ts';
import { countNodes } from './node-counts.ts';
import type { SourceStates } from './source-states.ts';

export interface JoinedFleet {
  readonly fleet: Fleet;
  readonly nodeCounts: FleetUpdate['nodeCounts'];
}

/** Joins the sources into the fleet, with what is remembered from one time to the next. One for each Ray. */
export interface FleetJoin {
  /** `clusters`: the list with the writes since. `lastWriteAt`: when the reply to the last of them arrived, ms since 1970. */
  join(states: SourceStates, clusters: readonly ListedCluster[], lastWriteAt: number): JoinedFleet;
  /** After a write that removed a cluster. `at`: when its reply arrived, ms since 1970. */
  forget(clusterId: string, at: number): void;
}

export function createFleetJoin(): FleetJoin {
  const lastKnown = createFleetRecall();
  let memory = emptyMemory();
  return {
    join(states, clusters, lastWriteAt) {
      const { last, failure } = states.list;
      // The held list includes the writes since it was read, so it counts as no older than they are.
      const arrivedAt = last === null ? 0 : Math.max(last.arrivedAt, lastWriteAt);
      const list = { last: last === null ? null : { ...last, value: clusters, arrivedAt }, failure };
      const joined = joinFleet({ ...states, list }, memory);
      memory = joined.memory;
      return lastKnown.recall(joined.fleet, countNodes(joined.fleet, states), states);
    },
    forget(clusterId, at) {
      memory = forgetCluster(memory, clusterId, at);
    },
  };
}
