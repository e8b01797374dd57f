import type { Cell } from './cell-lookup.ts';
import type { MapDelta, Passage } from './map-model.ts';
import type { Point } from './map-view-handle.ts';

/** A node on its way from where it was seen to its cell. */
interface Flight {
  readonly from: Point;
  readonly to: Cell;
}

export const FLIGHT_MS = 700;
/** More than these at once are a change of the whole picture, not nodes that one can follow. */
const MOST_FLIGHTS = 120;

/** The moves that an update tells of: a slot that was left and one that was taken, of the same template, each once. */
export function movesOf({ left, came }: Pick<MapDelta, 'left' | 'came'>): readonly { from: Passage; to: Passage }[] {
  const waiting = new Map<string | null, Passage[]>();
  for (const each of left) waiting.set(each.templateId, [...(waiting.get(each.templateId) ?? []), each]);
  const moves = came.flatMap((to) => {
    const from = waiting.get(to.templateId)?.shift();
    return from === undefined ? [] : [{ from, to }];
  });
  return moves.length > MOST_FLIGHTS ? [] : moves;
}

/** The nodes that are seen moving; where the reader wants no motion, there are none. */
export interface Flights {
  start(flights: readonly Flight[], now: number): void;
  /** Those under way, and how far each is: from 0 to 1, slow at both ends. */
  at(now: number): { readonly flights: readonly Flight[]; readonly share: number } | null;
}

export function createFlights(wantsMotion: () => boolean): Flights {
  let under: { readonly flights: readonly Flight[]; readonly since: number } | null = null;
  return {
    start(flights, now) {
      if (flights.length > 0 && wantsMotion()) under = { flights, since: now };
    },
    at(now) {
      if (under === null) return null;
      const share = (now - under.since) / FLIGHT_MS;
      if (share >= 1) {
        under = null;
        return null;
      }
      const part = Math.max(0, share);
      return { flights: under.flights, share: part * part * (3 - 2 * part) };
    },
  };
}
