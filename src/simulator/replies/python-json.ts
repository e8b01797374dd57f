import { PythonError } from './python-error.ts';
import { bigIntOf } from './python-int.ts';

/** A JSON value as Python decodes it: exact integers distinct from floats, and ordered members. */
export type PythonValue =
  | { readonly type: 'NoneType' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'list'; readonly items: readonly PythonValue[] }
  | { readonly type: 'dict'; readonly members: ReadonlyMap<string, PythonValue> };

/** Below Python's limit of 1,000, of which its server needs some. */
const MAX_DEPTH = 960;

const blanks = /[ \t\n\r]*/y;
const number = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y;
const constants: Readonly<Record<string, PythonValue>> = {
  null: { type: 'NoneType' },
  true: { type: 'bool', value: true },
  false: { type: 'bool', value: false },
  NaN: { type: 'float', value: Number.NaN },
  Infinity: { type: 'float', value: Number.POSITIVE_INFINITY },
  '-Infinity': { type: 'float', value: Number.NEGATIVE_INFINITY },
};
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** Parses like Python 3.11's `json.loads`; throws its `JSONDecodeError`. The last of repeated members counts. */
export function parsePythonJson(text: string): PythonValue {
  return new Decoder(text).decode();
}

class Decoder {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  decode(): PythonValue {
    if (this.#text.startsWith('\ufeff')) throw this.#error('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.#skipBlanks();
    const value = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#error('Extra data', this.#at);
    return value;
  }

  #error(problem: string, at: number): PythonError {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    return new PythonError(
      'json.decoder.JSONDecodeError',
      `${problem}: line ${String(line)} column ${String(column)} (char ${String(at)})`,
    );
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found !== null) this.#at = pattern.lastIndex;
    return found;
  }

  #skipBlanks(): void {
    this.#match(blanks);
  }

  /** Python's decoder calls itself, and so fails for what is nested as deep as its stack. */
  #nested(kind: 'object' | 'array', read: () => PythonValue): PythonValue {
    if (this.#depth >= MAX_DEPTH) {
      throw new PythonError(
        'RecursionError',
        `maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`,
      );
    }
    this.#depth += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #value(): PythonValue {
    const first = this.#text[this.#at];
    if (first === '"') return { type: 'str', value: this.#string() };
    if (first === '{') return this.#nested('object', () => this.#object());
    if (first === '[') return this.#nested('array', () => this.#array());
    for (const [word, value] of Object.entries(constants)) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const found = this.#match(number);
    if (found === null) throw this.#error('Expecting value', this.#at);
    const [all, whole = '', fraction, exponent] = found;
    return fraction === undefined && exponent === undefined
      ? { type: 'int', value: bigIntOf(whole) }
      : { type: 'float', value: Number(all) };
  }

  #string(): string {
    const start = this.#at;
    this.#at += 1;
    let value = '';
    for (;;) {
      value += this.#match(plainText)?.[0] ?? '';
      const mark = this.#text[this.#at];
      if (mark === undefined) throw this.#error('Unterminated string starting at', start);
      if (mark === '"') {
        this.#at += 1;
        return value;
      }
      if (mark !== '\\') throw this.#error('Invalid control character at', this.#at);
      value += this.#escape(start);
    }
  }

  #escape(start: number): string {
    const at = this.#at;
    const letter = this.#text[at + 1];
    if (letter === undefined) throw this.#error('Unterminated string starting at', start);
    if (letter === 'u') {
      const digits = this.#text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#error('Invalid \\uXXXX escape', at + 1);
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const escaped = escapes[letter];
    if (escaped === undefined) throw this.#error('Invalid \\escape', at);
    this.#at += 2;
    return escaped;
  }

  #object(): PythonValue {
    const members = new Map<string, PythonValue>();
    this.#at += 1;
    this.#skipBlanks();
    if (this.#text[this.#at] === '}') {
      this.#at += 1;
      return { type: 'dict', members };
    }
    for (;;) {
      if (this.#text[this.#at] !== '"') {
        throw this.#error('Expecting property name enclosed in double quotes', this.#at);
      }
      const key = this.#string();
      this.#skipBlanks();
      if (this.#text[this.#at] !== ':') throw this.#error("Expecting ':' delimiter", this.#at);
      this.#at += 1;
      this.#skipBlanks();
      members.set(key, this.#value());
      if (this.#ends('}')) return { type: 'dict', members };
    }
  }

  #array(): PythonValue {
    const items: PythonValue[] = [];
    this.#at += 1;
    this.#skipBlanks();
    if (this.#text[this.#at] === ']') {
      this.#at += 1;
      return { type: 'list', items };
    }
    for (;;) {
      items.push(this.#value());
      if (this.#ends(']')) return { type: 'list', items };
    }
  }

  /** Consumes the separator after a member or item; whether it was the last. */
  #ends(mark: '}' | ']'): boolean {
    this.#skipBlanks();
    const found = this.#text[this.#at];
    if (found !== mark && found !== ',') throw this.#error("Expecting ',' delimiter", this.#at);
    this.#at += 1;
    if (found === mark) return true;
    this.#skipBlanks();
    return false;
  }
}
