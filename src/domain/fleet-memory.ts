import type { SeenClusters } from './division.ts';
import type { Fleet, FleetNode } from './fleet.ts';
import type { KnownJobClusters, RemovedIds } from './job-clusters.ts';
import { emptyIndex, type NodeIndex } from './node-index.ts';
import type { Absence } from './node-states.ts';

/** What the join carries from one reading to the next. It holds no more nodes than the last readings do. */
export interface FleetMemory {
  /** Each node as last known. Its template never changes (fact 19), but no source always reports it; the same goes for being the head. */
  readonly knownNodes: ReadonlyMap<string, FleetNode>;
  /** The fleet joined last: unchanged entities keep object identity. */
  readonly fleet: Fleet | null;
  readonly jobClusters: KnownJobClusters;
  readonly removed: RemovedIds;
  readonly absences: ReadonlyMap<string, Absence>;
  /** When the first list arrived, ms since 1970; null before. */
  readonly listedSince: number | null;
  readonly listed: SeenClusters;
  /** The index of the readings joined last, so that each reading is indexed only once. */
  readonly index: NodeIndex;
}

/** How many removed ids are remembered. */
const MAX_REMOVED = 1_000;

export function emptyMemory(): FleetMemory {
  return {
    knownNodes: new Map(),
    fleet: null,
    jobClusters: new Map(),
    removed: new Map(),
    absences: new Map(),
    listedSince: null,
    listed: new Map(),
    index: emptyIndex(),
  };
}

/**
 * The memory after a job cluster was released or a virtual cluster deleted. Readings begun before `at` no longer bring
 * back its job clusters. `at`: when the write's reply arrived, ms since 1970.
 */
export function forgetCluster(memory: FleetMemory, clusterId: string, at: number): FleetMemory {
  const others = [...memory.removed].filter(([id]) => id !== clusterId);
  return { ...memory, removed: new Map([...others.slice(-(MAX_REMOVED - 1)), [clusterId, at]]) };
}
