/** Generates secrets and hashes them for storage. */
export interface Secrets {
  /** 256 random bits, encoded for URLs and cookies. */
  random(): string;
  /** The stored form of a secret: its SHA-256, as hex digits. Secrets of 256 random bits need no salt and no slow hash. */
  hash(secret: string): string;
}

/** Compares two hashes in constant time. */
export function hashesEqual(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at++) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
