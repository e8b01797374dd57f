/**
 * A member of an object with the key `revision` and an integer. It never matches inside a string of valid JSON, where
 * each quote is escaped, since only `,`, `}`, `]` or `:` can follow the closing quote of a string. No leading zeros, so
 * that invalid JSON stays invalid.
 */
const bareRevision = /([{,][ \t\n\r]*"revision"[ \t\n\r]*:[ \t\n\r]*)(-?(?:0|[1-9]\d*))(?=[ \t\n\r]*[,}])/g;

/** The same member with its digits in a string, as `JSON.stringify` writes it. */
const quotedRevision = /([{,]"revision":)"(-?(?:0|[1-9]\d*))"(?=[,}])/g;

/**
 * Parses JSON from Ray, with every integer under a key `revision` as a string of its exact digits: revisions are above
 * 2^53, and `JSON.parse` would silently round them (fact 3). A revision that is already a string is kept; one in
 * another notation (`1e3`, `1.0`) stays a number, which the schemas reject. Throws a `SyntaxError` for invalid JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(bareRevision, '$1"$2"'));
}

/**
 * The value as JSON for Ray: a string of digits under a key `revision` becomes a bare integer (fact 3). Otherwise the
 * same as `JSON.stringify` without indentation.
 */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value).replace(quotedRevision, '$1$2');
}

/** Parses a piece of JSON that has no revision in it; undefined for invalid JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
