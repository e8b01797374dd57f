import type { CellCode, NodePlace } from '../../contract/map.ts';
import type { FleetNode } from '../../domain/fleet.ts';

/**
 * One node, from its first sight to its last: one object for everything that is told of single nodes, as there may be
 * 100,000 of them.
 */
export interface NodeRecord {
  /** As the newest picture has it. */
  node: FleetNode;
  /** What was last said of its life; null before anything was. It outlives an outage, in which the state is unknown. */
  lastKnownState: 'alive' | 'dead' | null;
  /** Until when it counts as arriving, ms since 1970; null for one that was there from the start. */
  arrivingUntil: number | null;
  /** Where another took its place before it was known to be dead; null for every other. */
  replacedIn: string | null;
  /** What it is on the map, and where; the map's to change. */
  cell: CellCode;
  place: NodePlace | null;
  /** What a search looks in, made when one first does; null when that is out of date. */
  searchText: string | null;
}

export function createNodeRecord(node: FleetNode, arrivingUntil: number | null): NodeRecord {
  return {
    node,
    lastKnownState: reportedState(node),
    arrivingUntil,
    replacedIn: null,
    cell: 'u',
    place: null,
    searchText: null,
  };
}

/** What a picture says of a node's life; null when it says nothing. */
export function reportedState({ state }: FleetNode): NodeRecord['lastKnownState'] {
  return state === 'unknown' ? null : state;
}
