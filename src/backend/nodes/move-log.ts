import { MAX_REPORTED_MOVES, type NodeMove, type NodePlace } from '../../contract/map.ts';
import type { NodeRecord } from './node-record.ts';

/** Where nodes stood before they moved on the map, for pages that show them moving. */
export interface MoveLog {
  /** To be called while the nodes still stand where they were. `to`: the map's number from which they stand elsewhere. */
  add(records: readonly NodeRecord[], to: number): void;
  forget(records: readonly NodeRecord[]): void;
  /** Each node's whole way since a number; nothing where it is back, or where more moved than anybody can follow. */
  since(number: number): NodeMove[];
  clear(): void;
}

/** Pages ask every few seconds; what is older only goes unseen. */
const MAX_KEPT = 10 * MAX_REPORTED_MOVES;

interface Departure {
  readonly record: NodeRecord;
  readonly from: NodePlace;
  readonly to: number;
}

export function createMoveLog(): MoveLog {
  let departures: readonly Departure[] = [];
  return {
    add(records, to) {
      if (records.length === 0) return;
      const added = records.flatMap((record) => (record.place === null ? [] : [{ record, from: record.place, to }]));
      departures = [...departures, ...added].slice(-MAX_KEPT);
    },
    forget(records) {
      if (records.length === 0 || departures.length === 0) return;
      const gone = new Set(records);
      departures = departures.filter(({ record }) => !gone.has(record));
    },
    since(number) {
      const starts = new Map<NodeRecord, NodePlace>();
      for (const { record, from, to } of departures) {
        if (to > number && !starts.has(record)) starts.set(record, from);
      }
      const moves = [...starts].flatMap(([{ place }, from]) =>
        place === null || (place.section === from.section && place.slot === from.slot) ? [] : [{ from, to: place }],
      );
      return moves.length > MAX_REPORTED_MOVES ? [] : moves;
    },
    clear() {
      departures = [];
    },
  };
}
