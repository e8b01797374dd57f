/** Where secrets come from, and how they are kept. */
export interface Secrets {
  /** 256 bits that nobody can guess, in letters that a URL and a cookie can hold. */
  random(): string;
  /** What is kept of a secret: its SHA-256, as hex digits. Secrets of 256 random bits need no salt and no slow hash. */
  hash(secret: string): string;
}

/** Compares two hashes in a time that tells nothing of where they differ. */
export function hashesEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
