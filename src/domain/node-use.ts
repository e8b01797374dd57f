import type { Division } from './division.ts';
import type { FleetNode, NodeUse } from './fleet.ts';
import { known, perSource, type Sourced, type SourceName } from './sourced.ts';
import type { ResourceUse } from './sources.ts';

/** Whether Ray would take a member away from its virtual cluster (fact 31). `doubtful`: that is not known. */
export type Removal = 'removable' | 'kept' | 'doubtful';

/**
 * What an alive node is used for. `holder`: its clusters. Known results are shared objects, however many nodes there are.
 */
export function nodeUseOf(
  usage: Sourced<ResourceUse>,
  isSupervised: boolean,
  holder: Pick<FleetNode, 'clusterId' | 'jobClusterId'>,
  division: Division,
): Sourced<NodeUse> {
  if (isSupervised) return SUPERVISED;
  if (!usage.known) return usage;
  if (isUsed(usage.value)) return USED[usage.source];
  const { clusterId, jobClusterId } = holder;
  if (clusterId !== null && !division.isDivisible(clusterId) && isHolding(usage.value)) return RESERVED[usage.source];
  const doubt = division.doubt(clusterId, jobClusterId);
  return doubt ?? (jobClusterId === null ? IDLE : RESERVED)[usage.source];
}

/**
 * Whether Ray would take the member away: from a divisible cluster every one that no job cluster holds, whatever runs on it;
 * from an indivisible one those on which no resource is used (fact 31), a supervisor's included. Dead ones go too, unless they
 * are a job cluster's.
 */
export function removalOf(node: FleetNode, clusterId: string, division: Division): Removal {
  const { state, usage, jobClusterId } = node;
  if (division.isDivisible(clusterId)) {
    if (jobClusterId !== null && division.doubt(clusterId, jobClusterId) === null) return 'kept';
    if (state !== 'alive') return division.mayHoldDead(clusterId) ? 'doubtful' : 'removable';
    return division.doubt(clusterId, jobClusterId) === null ? 'removable' : 'doubtful';
  }
  if (state === 'dead') return 'removable';
  if (state === 'unknown' || !usage.known) return 'doubtful';
  return isUsed(usage.value) || isHolding(usage.value) ? 'kept' : 'removable';
}

/** Whether CPUs or GPUs are used. */
function isUsed({ cpu, gpu }: ResourceUse): boolean {
  return (cpu?.used ?? 0) > 0 || (gpu?.used ?? 0) > 0;
}

/** Whether memory or the object store is used. */
function isHolding({ memory, objectStore }: ResourceUse): boolean {
  return (memory?.used ?? 0) > 0 || (objectStore?.used ?? 0) > 0;
}

const SUPERVISED: Sourced<NodeUse> = known('used', 'actors');
const USED = knownBySource('used');
const RESERVED = knownBySource('reserved');
const IDLE = knownBySource('idle');

function knownBySource(use: NodeUse): Readonly<Record<SourceName, Sourced<NodeUse>>> {
  return perSource((source) => known(use, source));
}

/** Whether both say the same, from the same source or for the same reason. */
export function sameUse(one: Sourced<NodeUse>, other: Sourced<NodeUse>): boolean {
  if (one === other) return true;
  if (one.source !== other.source) return false;
  return one.known ? other.known && one.value === other.value : !other.known && one.reason === other.reason;
}
