/** JSON as Python's `json.dumps` writes it: blanks after `,` and `:`, floats with a point, nothing beyond ASCII. */

const toEscape = /["\\\u0000-\u001f\u007f-\uffff]/g;
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** A string. Python escapes each half of a surrogate pair by itself. */
export function pythonString(text: string): string {
  const escaped = text.replace(
    toEscape,
    (character) => shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

export function pythonStringOrNull(text: string | null): string {
  return text === null ? 'null' : pythonString(text);
}

/** A float: `4` is written `4.0`. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
}

/** An object of members that are JSON already. */
export function pythonObject(members: readonly (readonly [key: string, json: string])[]): string {
  return `{${members.map(([key, json]) => `${pythonString(key)}: ${json}`).join(', ')}}`;
}

/** Whole counts by name. */
export function pythonCounts(counts: Iterable<readonly [string, number]>): string {
  return pythonObject([...counts].map(([key, count]) => [key, String(count)]));
}

/** Python's `repr` of a string, as in `KeyError: 'odd'`. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"\u0000-\u001f\u007f-\u00a0\u00ad]/g, (character) => {
    if (character === '\\') return '\\\\';
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return quote + escaped + quote;
}
