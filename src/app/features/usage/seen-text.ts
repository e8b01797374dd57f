import { usageText } from '../../text/usage-text.ts';

const MINUTE = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

/** A range of which so much was seen counts as seen: a console is restarted now and then. */
const MIN_COVERAGE = 0.95;

/**
 * For how long it was seen what a virtual cluster's nodes did, rounded down; null where that is all but the whole range. What was
 * never needed in ten minutes may well be needed in the next. `range`: ms.
 */
export function seenText(minutes: number, range: number): string | null {
  if (minutes * MINUTE >= range * MIN_COVERAGE) return null;
  if (minutes < 2 * HOUR) return usageText.seenMinutes(Math.floor(minutes));
  if (minutes < 2 * DAY) return usageText.seenHours(Math.floor(minutes / HOUR));
  return usageText.idleDays(Math.floor(minutes / DAY));
}
