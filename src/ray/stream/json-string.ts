import { tryParseJson } from '../exact-json.ts';
import { BACKSLASH } from './json-characters.ts';

/** The index behind the closing quote; -1 when it has not come yet. `from`: an index inside the string. */
export function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) return -1;
    if (backslashesBefore(text, end, from) % 2 === 0) return end + 1;
    at = end + 1;
  }
}

/** How many backslashes stand directly before `end`, back to `from` at most. */
export function backslashesBefore(text: string, end: number, from: number): number {
  let count = 0;
  while (end - 1 - count >= from && text.charCodeAt(end - 1 - count) === BACKSLASH) count += 1;
  return count;
}

/** The value of a quoted string; null when it is malformed. Parsed, because a slice would keep the whole text in memory. */
export function readString(quoted: string): string | null {
  const value = tryParseJson(quoted);
  return typeof value === 'string' ? value : null;
}
