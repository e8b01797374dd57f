import { MINUTE } from '../../domain/usage-sample.ts';

export const QUARTER = 15 * MINUTE;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** How long each minute is kept, ms; quarters of an hour are kept for as many days as is set. */
export const MINUTES_KEPT = 2 * DAY;

/** The midnight, UTC, at which a time's day begins. */
export function dayOf(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

/** From a time on, and to before another, ms since 1970. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * nodes: held, used, reserved, idle, dead of a virtual cluster's template; without a template, all of them together; without a
 * virtual cluster, of all of them. load: of a virtual cluster. free: of a template.
 */
export interface SeriesKey {
  readonly kind: 'nodes' | 'load' | 'free';
  readonly clusterId: string | null;
  readonly templateId: string | null;
}

/** What changed since the minute before, or, as a key frame, everything. `minutes`: how many it stands for. */
export interface StoredMinute {
  readonly at: number;
  readonly minutes: number;
  readonly isKey: boolean;
  readonly frame: Uint8Array;
}

/**
 * Where usage is kept: minutes as they come, and days once they are over. Minutes without a frame are a gap. Times are ms since
 * 1970, days begin at midnight UTC. Every method writes all it is given or nothing; one that can't write throws.
 */
export interface UsageStore {
  /** All series by number, in the order in which they were added. */
  series(): readonly SeriesKey[];
  /** `series`: those that it names first. */
  addMinute(minute: StoredMinute, series: readonly SeriesKey[]): void;
  /** In order, from the last key frame at or before `from` to before `to`. */
  minutes(from: number, to: number): readonly StoredMinute[];
  /** When the first minute at or after a time is; null: there is none. */
  nextMinute(from: number): number | null;
  dropMinutes(before: number): void;
  /** The days that are whole, ascending. */
  days(): readonly number[];
  /** Quarters of a day by virtual cluster; null: of all together. They count once the day is put. */
  putBlocks(day: number, blocks: ReadonlyMap<string | null, Uint8Array>): void;
  /** Makes the day whole. */
  putDay(day: number, totals: Uint8Array): void;
  day(day: number): Uint8Array | null;
  block(day: number, clusterId: string | null): Uint8Array | null;
  dropDay(day: number): void;
  /** Everything before was simulated; null: nothing was. */
  simulatedUntil(): number | null;
  setSimulatedUntil(at: number): void;
  /**
   * All that a task writes, in one transaction, or nothing of it. After a task that threw, the store can only be closed: what its
   * user keeps in memory may be ahead of it.
   */
  atOnce(task: () => void): void;
  bytes(): number;
  close(): void;
}
