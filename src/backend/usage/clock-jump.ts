import { MINUTE } from '../../domain/usage-sample.ts';
import { DAY, HOUR } from './usage-store.ts';

/** A longer time without a sample may be a clock that is wrong. */
const LONGEST_GAP = 7 * DAY;

/** How many samples, one a minute, must follow each other at the new time before the clock is believed. */
const BELIEVED_AFTER = HOUR / MINUTE;

/**
 * A clock that is a year ahead would make everything too old to be kept, and no sample could follow until a year later. So the first
 * samples after such a jump are held back; a console that really was off for as long misses its first hour.
 */
export function createJumpGuard(): (at: number, lastAt: number | null) => string | null {
  let last: number | null = null;
  let count = 0;
  /** Null: the sample may be kept; else why not, in words. */
  return (at, lastAt) => {
    if (lastAt === null || at - lastAt <= LONGEST_GAP) {
      last = null;
      return null;
    }
    const isNew = last === null || at < last || at - last > LONGEST_GAP;
    count = isNew ? 1 : count + 1;
    last = at;
    if (count > BELIEVED_AFTER) return null;
    const days = Math.floor((at - lastAt) / DAY);
    return `the clock is ${String(days)} days after the last sample, of ${new Date(lastAt).toISOString()}: kept again in an hour, unless it is set back`;
  };
}

/**
 * The days of `days`, ascending, that are more than `most` days old. A long time without a sample counts as one day: what was kept does not
 * grow old by a clock that jumps. `today`: the day under way.
 */
export function daysTooOld(days: readonly number[], today: number, most: number): readonly number[] {
  let age = 0;
  let later = today;
  const old: number[] = [];
  for (const day of days.toReversed()) {
    age += later - day > LONGEST_GAP ? DAY : later - day;
    later = day;
    if (age > most * DAY) old.push(day);
  }
  return old.toReversed();
}
