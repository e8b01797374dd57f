import type { CellCode, NodePlace } from '../../contract/map.ts';
import type { FleetNode } from '../../domain/fleet.ts';

/** One node for as long as it is known. A single mutable object for all that is kept about it, as there may be 100,000. */
export interface NodeRecord {
  /** As in the newest snapshot. */
  node: FleetNode;
  /** The last state other than unknown, which it survives; null before the first. */
  lastKnownState: 'alive' | 'dead' | null;
  /** Until when it counts as arriving, ms since 1970; null for one that was there at the initial load. */
  arrivingUntil: number | null;
  /** The cluster in which it was replaced before it was known to be dead; null for every other. */
  replacedIn: string | null;
  /** Cell, load and place on the map; only the map changes them. */
  cell: CellCode;
  /** In eighths; null where not known. */
  load: number | null;
  place: NodePlace | null;
  /** The text that a search looks in, made by the first one; null when it is out of date. */
  searchText: string | null;
}

export function createNodeRecord(node: FleetNode, arrivingUntil: number | null): NodeRecord {
  return {
    node,
    lastKnownState: reportedState(node),
    arrivingUntil,
    replacedIn: null,
    cell: 'u',
    load: null,
    place: null,
    searchText: null,
  };
}

/** The state that a snapshot reports; null for unknown. */
export function reportedState({ state }: FleetNode): NodeRecord['lastKnownState'] {
  return state === 'unknown' ? null : state;
}
