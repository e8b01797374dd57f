/**
 * A member of an object with the key `revision` and an integer. It can only match at a member, never inside
 * a string of valid JSON: there each quote is escaped, and nothing but `,`, `}`, `]` or `:` follows a string's
 * closing quote. No leading zeros, so that what is no JSON stays none.
 */
const bareRevision = /([{,][ \t\n\r]*"revision"[ \t\n\r]*:[ \t\n\r]*)(-?(?:0|[1-9]\d*))(?=[ \t\n\r]*[,}])/g;

/** The same member with its digits in a string, as `JSON.stringify` writes it. */
const quotedRevision = /([{,]"revision":)"(-?(?:0|[1-9]\d*))"(?=[,}])/g;

/**
 * JSON as Ray writes it, with every integer under a key `revision` as a string of its exact digits: a revision is
 * beyond 2^53, and `JSON.parse` alone would change it without a word (fact 3). A revision that is a string already
 * stays as it is; one in another notation (`1e3`, `1.0`) stays a number, for the schemas to refuse.
 * Throws a `SyntaxError` for what is not JSON.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(text.replace(bareRevision, '$1"$2"'));
}

/**
 * The value as JSON for Ray: a string of digits under a key `revision` becomes a bare integer (fact 3); nothing
 * else differs from `JSON.stringify`, without indentation.
 */
export function stringifyJson(value: unknown): string {
  return JSON.stringify(value).replace(quotedRevision, '$1$2');
}

/** What a piece of JSON says that holds no revision; undefined where it is no JSON. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
