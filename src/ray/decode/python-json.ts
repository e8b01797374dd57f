/** A number by its literal: Python distinguishes whole numbers from floats and keeps every digit. Also `NaN` and `Infinity`. */
interface NumberLiteral {
  readonly literal: string;
}

/** A JSON value as Python's `json.loads` reads it: of repeated members the last counts. */
export type PythonJson =
  | null
  | boolean
  | string
  | NumberLiteral
  | readonly PythonJson[]
  | ReadonlyMap<string, PythonJson>;

/** Deeper values are refused; Python's own limit is about ten times that. */
const MAX_DEPTH = 100;

/** Strings, also one that never ends; Python's constants; what may be a number. */
const tokens = /"[^"\\]*(?:\\[^][^"\\]*)*"|"[^]*|-?Infinity|NaN|-?\d[\d.eE+-]*/g;
const constants = /^(?:NaN|-?Infinity)$/;
const numbers = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** Mark the strings that stand for strings and for numbers. */
const TEXT = 's';
const NUMBER = 'n';

/** Parses JSON as Python does, numbers unrounded. Throws a `SyntaxError` for what is none, or is nested too deeply. */
export function parsePythonJson(text: string): PythonJson {
  const marked = text.replace(tokens, (token) => {
    if (token.startsWith('"')) return `"${TEXT}${token.slice(1)}`;
    // Anything else is left for JSON.parse to refuse.
    return constants.test(token) || numbers.test(token) ? `"${NUMBER}${token}"` : token;
  });
  return unmark(JSON.parse(marked), 0);
}

function unmark(value: unknown, depth: number): PythonJson {
  if (depth > MAX_DEPTH) throw new SyntaxError('nested too deeply');
  if (typeof value === 'string') {
    const rest = value.slice(1);
    return value.startsWith(NUMBER) ? { literal: rest } : rest;
  }
  if (Array.isArray(value)) return value.map((item) => unmark(item, depth + 1));
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, member]) => [keyOf(key), unmark(member, depth + 1)]));
  }
  return typeof value === 'boolean' ? value : null;
}

function keyOf(marked: string): string {
  if (!marked.startsWith(TEXT)) throw new SyntaxError('a number is no key');
  return marked.slice(1);
}
