import { tryParseJson } from '../exact-json.ts';

/**
 * What is cut out of a JSON text: every value at a path, `*` standing for each member or element. `take` gets the key
 * (of an element its index), which element of the path's first `*` it is in, and the value's text: an empty one where
 * only the keys are of use.
 */
export interface Extraction {
  readonly path: readonly string[];
  readonly onValue: (key: string, text: string, row: number) => void;
  readonly keysOnly?: boolean;
}

/** Takes a text in parts of any size. */
export interface TextSink {
  push(part: string): void;
  /** What is left of the text. */
  end(): string;
}

/** One step of the cuts' paths: what follows by name, and what is done with a value here. */
interface Step {
  readonly named: Map<string, Step>;
  any: Step | null;
  cut: Extraction | null;
}

interface OpenContainer {
  readonly step: Step;
  readonly isArray: boolean;
  readonly row: number;
  index: number;
  hasKept: boolean;
  key: string;
  /** What may come next. */
  next: 'first' | 'key' | 'colon' | 'value' | 'comma';
}

const QUOTE = 34;
const BACKSLASH = 92;

/**
 * Goes through one JSON text once, as it comes, and cuts the values at the paths out of it: nobody ever holds all of a
 * reply of 100 MB, nor parses it at one go. What is left is JSON without those values and their keys; empty when the
 * text is no JSON down to where it was cut. What is cut out or left out is not looked into here: whoever takes it
 * parses it. Keys and texts hold on to no more than themselves once they were parsed.
 */
export function createJsonCutter(cuts: readonly Extraction[]): TextSink {
  const root = stepsOf(cuts);
  const open: OpenContainer[] = [];
  const blocks: string[] = [];
  let kept: string[] = [];
  /** What came and wasn't gone through yet: never more than one key or a value's first letter. */
  let text = '';
  let at = 0;
  let state: 'before' | 'within' | 'after' | 'broken' = 'before';
  /** The value that is being gone through as a whole. */
  let value: {
    depth: number;
    inString: boolean;
    kind: 'container' | 'string' | 'word';
    parts: string[] | null;
    done: (text: string) => void;
  } | null = null;

  /** To the next letter that is no space; NaN where there is none yet. */
  function next(): number {
    for (;;) {
      const code = text.charCodeAt(at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return code;
      at += 1;
    }
  }

  function keep(holder: OpenContainer | undefined, what: string) {
    if (kept.length > 256) {
      // What is joined is a text of its own: a slice would keep all of the part that it is from.
      blocks.push(kept.join(''));
      kept = [];
    }
    if (holder === undefined) {
      kept.push(what);
      return;
    }
    if (holder.hasKept) kept.push(',');
    holder.hasKept = true;
    if (!holder.isArray) kept.push(JSON.stringify(holder.key), ':');
    kept.push(what);
  }

  /** A value begins at `at`: it is opened where a path leads into it, else gone through as a whole. */
  function begin(code: number, holder: OpenContainer | undefined) {
    const step =
      holder === undefined
        ? root
        : ((holder.isArray ? undefined : holder.step.named.get(holder.key)) ?? holder.step.any);
    const isContainer = code === 123 || code === 91;
    const row = holder === undefined ? -1 : holder.row >= 0 || holder.step.any === null ? holder.row : holder.index;
    const cut = step?.cut ?? null;
    if (cut === null && step !== null && isContainer) {
      keep(holder, code === 91 ? '[' : '{');
      open.push({ step, isArray: code === 91, row, index: 0, hasKept: false, key: '', next: 'first' });
      at += 1;
      return;
    }
    const key = holder === undefined ? '' : holder.isArray ? String(holder.index) : holder.key;
    value = {
      depth: 0,
      inString: false,
      kind: isContainer ? 'container' : code === QUOTE ? 'string' : 'word',
      parts: cut?.keysOnly === true ? null : [],
      done(whole) {
        if (cut === null) keep(holder, whole);
        else cut.onValue(key, whole, row);
      },
    };
  }

  /** Goes on with a value; whether its end has come. */
  function consumeValue(): boolean {
    if (value === null) return true;
    const from = at;
    const isWhole = value.kind === 'word' ? wordEnds() : valueEnds(value);
    value.parts?.push(from === 0 && at === text.length ? text : text.slice(from, at));
    if (!isWhole) return false;
    const { parts, done } = value;
    value = null;
    done(parts === null ? '' : parts.length === 1 ? (parts[0] ?? '') : parts.join(''));
    return true;
  }

  function wordEnds(): boolean {
    for (; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 44 || code === 93 || code === 125 || code === 32 || code === 10 || code === 13 || code === 9)
        return true;
    }
    return false;
  }

  function valueEnds(whole: { depth: number; inString: boolean }): boolean {
    let { depth } = whole;
    while (at < text.length) {
      if (whole.inString) {
        const from = at;
        at = endOfString(text, at);
        if (at === -1) {
          // A backslash that waits for its letter waits with it.
          at = text.length - (backslashesBefore(text, text.length, from) % 2);
          break;
        }
        whole.inString = false;
        if (depth === 0) return true;
        continue;
      }
      const code = text.charCodeAt(at);
      at += 1;
      if (code === QUOTE) whole.inString = true;
      else if (code === 123 || code === 91) depth += 1;
      else if (code === 125 || code === 93) {
        depth -= 1;
        if (depth === 0) return true;
      }
    }
    whole.depth = depth;
    return false;
  }

  /** One step within the innermost open container; whether there is enough text for another. */
  function stepOn(holder: OpenContainer): boolean {
    const code = next();
    if (Number.isNaN(code)) return false;
    const closes = holder.isArray ? 93 : 125;
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
          if (code !== 44) return fail();
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
        if (code !== 58) return fail();
        at += 1;
        holder.next = 'value';
        return true;
      case 'value':
        if (code === 44 || code === 93 || code === 125 || code === 58) return fail();
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
    end() {
      // Only a number or a word at the very top ends with the text.
      if (value !== null && value.kind === 'word' && open.length === 0) {
        const { parts, done } = value;
        value = null;
        done((parts ?? []).join(''));
      }
      return state === 'after' && value === null && open.length === 0 ? blocks.join('') + kept.join('') : '';
    },
  };
}

/** Where the text goes on after its closing quote; -1 where that hasn't come. `from`: within it. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = text.indexOf('"', at);
    if (end === -1) return -1;
    if (backslashesBefore(text, end, from) % 2 === 0) return end + 1;
    at = end + 1;
  }
}

function backslashesBefore(text: string, end: number, from: number): number {
  let count = 0;
  while (end - 1 - count >= from && text.charCodeAt(end - 1 - count) === BACKSLASH) count += 1;
  return count;
}

/** A string of its own: a slice of the text would keep all of the text. */
function readString(quoted: string): string | null {
  const read = tryParseJson(quoted);
  return typeof read === 'string' ? read : null;
}

function stepsOf(cuts: readonly Extraction[]): Step {
  const root: Step = { named: new Map(), any: null, cut: null };
  for (const cut of cuts) {
    let step = root;
    for (const name of cut.path) {
      const after: Step = (name === '*' ? step.any : step.named.get(name)) ?? {
        named: new Map(),
        any: null,
        cut: null,
      };
      if (name === '*') step.any = after;
      else step.named.set(name, after);
      step = after;
    }
    step.cut = cut;
  }
  return root;
}
