import { pathTree, type Extraction, type PathStep } from './extraction.ts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isWhiteSpace,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-characters.ts';
import { endOfString, readString } from './json-string.ts';
import { scanValue, type ScannedValue } from './json-value-scan.ts';
import type { TextSink } from './text-sink.ts';

/** An object or array that a path leads into. */
interface OpenContainer {
  readonly step: PathStep;
  readonly isArray: boolean;
  readonly row: number;
  index: number;
  hasKept: boolean;
  key: string;
  /** The token that may come next. */
  next: 'first' | 'key' | 'colon' | 'value' | 'comma';
}

/** A value that is scanned to its end without looking into it. */
interface WholeValue extends ScannedValue {
  /** Null: nobody wants its text. */
  readonly parts: string[] | null;
  /** Of the parts, characters. */
  length: number;
  readonly done: (text: string) => void;
}

/** Kept pieces are joined in blocks of this many. */
const PIECES_PER_BLOCK = 256;

/** The longest text that is left, which is parsed in one go, and the longest value that is cut out, characters. */
const MAX_LEFT = 8 * 1024 * 1024;
const MAX_VALUE = 16 * 1024 * 1024;

/** The longest key that is looked for, which is scanned again with each part until it ends, and the longest number, characters. */
const MAX_KEY = 256 * 1024;
const MAX_WORD = 1_000;

/**
 * Scans one JSON text once, as it comes, and cuts the values at the paths out of it, so that a reply of 100 MB is never
 * held as one text, nor parsed in one go. What is left is JSON without those values and their keys; empty when the
 * text is not JSON down to the depth of the paths. Values are not validated here: the receiver parses them. Keys
 * and parsed values keep nothing else of the text in memory. What is held is bounded, however long the text is.
 */
export function createJsonCutter(extractions: readonly Extraction[]): TextSink {
  const root = pathTree(extractions);
  const open: OpenContainer[] = [];
  const blocks: string[] = [];
  let kept: string[] = [];
  let keptLength = 0;
  let hasTooLongValue = false;
  /** The part being scanned, behind the unscanned rest of the one before: at most one key or the first character of a value. */
  let text = '';
  let at = 0;
  let state: 'before' | 'within' | 'after' | 'broken' = 'before';
  let value: WholeValue | null = null;

  /** Skips white space; the next character code, NaN when it has not come yet. */
  function next(): number {
    for (;;) {
      const code = text.charCodeAt(at);
      if (!isWhiteSpace(code)) return code;
      at += 1;
    }
  }

  /** Leaves a value in the text, with its comma and key. */
  function keep(holder: OpenContainer | undefined, piece: string) {
    // A comma, quotes and a colon stand beside the key.
    keptLength += piece.length + (holder?.key.length ?? 0) + 4;
    if (kept.length > PIECES_PER_BLOCK) {
      // Joining makes a new text; slices would keep the whole parts that they are from in memory.
      blocks.push(kept.join(''));
      kept = [];
    }
    if (holder === undefined) {
      kept.push(piece);
      return;
    }
    if (holder.hasKept) kept.push(',');
    holder.hasKept = true;
    if (!holder.isArray) kept.push(JSON.stringify(holder.key), ':');
    kept.push(piece);
  }

  /** Starts the value at `at`: it is opened where a path leads into it, else scanned to its end. */
  function begin(code: number, holder: OpenContainer | undefined) {
    const step =
      holder === undefined
        ? root
        : ((holder.isArray ? undefined : holder.step.named.get(holder.key)) ?? holder.step.any);
    const isContainer = code === OPEN_OBJECT || code === OPEN_ARRAY;
    const row = holder === undefined ? -1 : holder.row >= 0 || holder.step.any === null ? holder.row : holder.index;
    const extraction = step?.extraction ?? null;
    if (extraction === null && step !== null && isContainer) {
      keep(holder, code === OPEN_ARRAY ? '[' : '{');
      open.push({ step, isArray: code === OPEN_ARRAY, row, index: 0, hasKept: false, key: '', next: 'first' });
      at += 1;
      return;
    }
    const key = holder === undefined ? '' : holder.isArray ? String(holder.index) : holder.key;
    value = {
      kind: isContainer ? 'container' : code === QUOTE ? 'string' : 'word',
      depth: 0,
      inString: false,
      hasEnded: false,
      parts: extraction?.keysOnly === true ? null : [],
      length: 0,
      done(whole) {
        if (extraction === null) keep(holder, whole);
        else extraction.onValue(key, whole, row);
      },
    };
  }

  /** Scans on in the current value; whether its end has come. */
  function consumeValue(): boolean {
    if (value === null) return true;
    const from = at;
    at = scanValue(value, text, from);
    if (value.parts !== null) {
      value.parts.push(from === 0 && at === text.length ? text : text.slice(from, at));
      value.length += at - from;
      hasTooLongValue ||= value.length > MAX_VALUE;
    }
    if (value.kind === 'word' && value.length > MAX_WORD) return fail();
    if (!value.hasEnded) return false;
    const { parts, done } = value;
    value = null;
    done(parts === null ? '' : parts.length === 1 ? (parts[0] ?? '') : parts.join(''));
    return true;
  }

  /** Consumes one token of the innermost open container; whether there may be text for another. */
  function stepOn(holder: OpenContainer): boolean {
    const code = next();
    if (Number.isNaN(code)) return false;
    const closes = holder.isArray ? CLOSE_ARRAY : CLOSE_OBJECT;
    switch (holder.next) {
      case 'first':
      case 'comma':
        if (code === closes) {
          at += 1;
          kept.push(holder.isArray ? ']' : '}');
          open.pop();
          const outer = open.at(-1);
          if (outer === undefined) state = 'after';
          return true;
        }
        if (holder.next === 'comma') {
          if (code !== COMMA) return fail();
          at += 1;
          holder.index += 1;
        }
        holder.next = holder.isArray ? 'value' : 'key';
        return true;
      case 'key': {
        if (code !== QUOTE) return fail();
        const end = endOfString(text, at + 1);
        if (end === -1) return false;
        const name = readString(text.slice(at, end));
        if (name === null) return fail();
        holder.key = name;
        at = end;
        holder.next = 'colon';
        return true;
      }
      case 'colon':
        if (code !== COLON) return fail();
        at += 1;
        holder.next = 'value';
        return true;
      case 'value':
        if (code === COMMA || code === CLOSE_ARRAY || code === CLOSE_OBJECT || code === COLON) return fail();
        holder.next = 'comma';
        begin(code, holder);
        return true;
    }
  }

  function fail(): false {
    state = 'broken';
    return false;
  }

  function consume() {
    for (;;) {
      if (value !== null && !consumeValue()) return;
      if (state === 'broken') return;
      const holder = open.at(-1);
      if (holder !== undefined) {
        if (!stepOn(holder)) return;
        continue;
      }
      const code = next();
      if (Number.isNaN(code)) return;
      if (state !== 'before') {
        state = 'broken';
        return;
      }
      state = 'after';
      begin(code, undefined);
    }
  }

  return {
    push(part) {
      if (state === 'broken') return;
      text = at < text.length ? text.slice(at) + part : part;
      at = 0;
      consume();
    },
    problem() {
      if (state === 'broken') return 'unreadable';
      // A key that has not ended yet waits in the text.
      return hasTooLongValue || keptLength > MAX_LEFT || text.length - at > MAX_KEY ? 'too-large' : null;
    },
    end() {
      // Only a number or a literal at the top level ends with the text.
      if (value !== null && value.kind === 'word' && open.length === 0) {
        const { parts, done } = value;
        value = null;
        done((parts ?? []).join(''));
      }
      return state === 'after' && value === null && open.length === 0 ? blocks.join('') + kept.join('') : '';
    },
  };
}
