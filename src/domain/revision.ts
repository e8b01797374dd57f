declare const revisionBrand: unique symbol;

/**
 * A virtual cluster's revision: the digits of an unsigned 64-bit integer, without leading zeros.
 * Ray uses nanoseconds since 1970, beyond 2^53, which a JavaScript number would round (fact 3).
 */
export type Revision = string & { readonly [revisionBrand]: true };

const MAX_UINT64 = '18446744073709551615';

/** The revision to create a cluster with; Ray treats a missing one as 0 (fact 5). */
export const NO_REVISION: Revision = zero();

function zero(): Revision {
  const text = '0';
  if (isRevision(text)) return text;
  throw new Error('0 is a revision');
}

/** Whether the text is a revision: decimal digits, 0 to 2^64 - 1, no sign and no leading zeros. */
export function isRevision(text: string): text is Revision {
  if (!/^(0|[1-9]\d{0,19})$/.test(text)) return false;
  return text.length < MAX_UINT64.length || text <= MAX_UINT64;
}

/** The text as a revision, or null if it is not one. */
export function parseRevision(text: string): Revision | null {
  return isRevision(text) ? text : null;
}

/** Negative when `a` is older than `b`, 0 when they are equal, positive when it is newer. */
export function compareRevisions(a: Revision, b: Revision): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * When a revision was made, in milliseconds since 1970 (fact 3); null for one that is not a time between 2001 and 2286.
 * Ray accepts any revision when a cluster is created, but stores its own (fact 5).
 */
export function revisionTime(revision: Revision): number | null {
  if (revision.length !== 19) return null;
  return Number(revision.slice(0, 13));
}
