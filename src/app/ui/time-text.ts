import { text } from '../text/text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago something was, in its largest whole unit. Both in milliseconds since 1970. */
export function agoText(at: number, now: number): string {
  const ms = Math.max(0, now - at);
  if (ms < 5_000) return text.ago.justNow;
  if (ms < MINUTE) return text.ago.seconds(Math.floor(ms / 1_000));
  if (ms < HOUR) return text.ago.minutes(Math.floor(ms / MINUTE));
  if (ms < 2 * DAY) return text.ago.hours(Math.floor(ms / HOUR));
  return text.ago.days(Math.floor(ms / DAY));
}

/** Like `agoText`, but in minutes at the finest, so that a long list rerenders at most once a minute. */
export function agoInMinutesText(at: number, now: number): string {
  return now - at < MINUTE ? text.ago.justNow : agoText(at, now);
}

// Not `Intl.DateTimeFormat`: loading its locale tables would delay the first rendering of the list.
const two = (value: number) => String(value).padStart(2, '0');

/** The time of day in the reader's zone, as 21:04. */
export function clockText(at: number): string {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time of day to the second in the reader's zone, as 21:04:09. */
export function clockSecondsText(at: number): string {
  return `${clockText(at)}:${two(new Date(at).getSeconds())}`;
}

/** The time that a value is from, as it stands beside it. */
export function asOfText(at: number): string {
  return text.facts.asOf(clockText(at));
}

/** The day in the reader's zone. */
export function dateText(at: number): string {
  const date = new Date(at);
  return text.ago.date(date.getDate(), date.getMonth(), date.getFullYear());
}

/** Date and time to the second, in the reader's zone. */
export function fullTimeText(at: number): string {
  return text.ago.dateAndTime(dateText(at), clockSecondsText(at));
}
