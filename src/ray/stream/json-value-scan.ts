import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, isWhiteSpace, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-characters.ts';
import { backslashesBefore, endOfString } from './json-string.ts';

/** How far a value has been scanned whose text comes in parts. */
export interface ScannedValue {
  /** A word is a number or a literal: only what follows it shows that it has ended. */
  readonly kind: 'container' | 'string' | 'word';
  /** How many containers are open. */
  depth: number;
  inString: boolean;
  hasEnded: boolean;
}

/** Scans on in a value without looking into it. Returns the index behind what was scanned, and sets `hasEnded`. */
export function scanValue(value: ScannedValue, text: string, from: number): number {
  return value.kind === 'word' ? scanWord(value, text, from) : scanNested(value, text, from);
}

function scanWord(value: ScannedValue, text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== COMMA && code !== CLOSE_ARRAY && code !== CLOSE_OBJECT && !isWhiteSpace(code)) continue;
    value.hasEnded = true;
    return at;
  }
  return text.length;
}

function scanNested(value: ScannedValue, text: string, from: number): number {
  let { depth } = value;
  let at = from;
  while (at < text.length) {
    if (value.inString) {
      const end = endOfString(text, at);
      // A backslash whose escaped character has not come yet is scanned together with it.
      if (end === -1) {
        at = text.length - (backslashesBefore(text, text.length, at) % 2);
        break;
      }
      at = end;
      value.inString = false;
      if (depth > 0) continue;
      value.hasEnded = true;
      return at;
    }
    const code = text.charCodeAt(at);
    at += 1;
    if (code === QUOTE) {
      value.inString = true;
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      depth += 1;
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
      depth -= 1;
      if (depth > 0) continue;
      value.hasEnded = true;
      return at;
    }
  }
  value.depth = depth;
  return at;
}
