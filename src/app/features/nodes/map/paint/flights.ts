import type { Cell } from '../layout/cell-lookup.ts';
import type { Point } from '../layout/viewport.ts';

/** A node on its way from where it was seen to its cell. */
interface Flight {
  readonly from: Point;
  readonly to: Cell;
}

export const FLIGHT_MS = 700;

/** The nodes that are seen moving; where the reader wants no motion, there are none. */
export interface Flights {
  areWanted(): boolean;
  start(flights: readonly Flight[], now: number): void;
  /** Those under way, and how far each is: from 0 to 1, slow at both ends. */
  at(now: number): { readonly flights: readonly Flight[]; readonly share: number } | null;
}

export function createFlights(wantsMotion: () => boolean): Flights {
  let under: { readonly flights: readonly Flight[]; readonly since: number } | null = null;
  return {
    areWanted: wantsMotion,
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
