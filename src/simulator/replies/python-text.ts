/** JSON as written by Python's `json.dumps`: spaces after `,` and `:`, floats with a point, ASCII only. */

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

/** A string; each half of a surrogate pair is escaped separately. */
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

/** A float: `4` becomes `4.0`. */
export function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${String(value)}.0` : String(value);
}

/** An object whose member values are JSON. */
export function pythonObject(members: readonly (readonly [key: string, json: string])[]): string {
  return `{${members.map(([key, json]) => `${pythonString(key)}: ${json}`).join(', ')}}`;
}

/** An object of counts by name. */
export function pythonCounts(counts: Iterable<readonly [string, number]>): string {
  return pythonObject([...counts].map(([key, count]) => [key, String(count)]));
}

/** Python's `repr` of a string, as in `KeyError: 'odd'`. */
export function pythonRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\'"]|[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => {
    if (character === '\\') return '\\\\';
    if (character === "'" || character === '"') return character === quote ? `\\${character}` : character;
    if (character === '\n') return '\\n';
    if (character === '\r') return '\\r';
    if (character === '\t') return '\\t';
    return escapedCodePoint(character.codePointAt(0) ?? 0);
  });
  return quote + escaped + quote;
}

function escapedCodePoint(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
