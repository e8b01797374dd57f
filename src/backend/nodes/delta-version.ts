import { evictOldest } from '../concurrency/evict-oldest.ts';

/** The base of an update that has everything: less than every number, which count from 0. */
export const FROM_START = -1;

/** The text of a version: `epoch-n`. */
export function formatVersion(epoch: string, n: number): string {
  return `${epoch}-${String(n)}`;
}

/**
 * The number that changes are reported from; `FROM_START` for a version of another epoch, a later one than now, or one
 * from before an evicted removal.
 */
export function baseNumber(
  version: string | null,
  now: { readonly epoch: string; readonly n: number; readonly completeFrom: number },
): number {
  const known = version === null ? null : parseVersion(version, now.epoch);
  return known === null || known > now.n || known < now.completeFrom ? FROM_START : known;
}

/** Keeps at most `max` removals (by key, the number at which each happened); the newest number that was evicted, 0 for none. */
export function evictTombstones(removed: Map<string, number>, max: number): number {
  let newest = 0;
  evictOldest(removed, max, (_key, at) => {
    newest = Math.max(newest, at);
  });
  return newest;
}

/** The number in a version of this epoch; null for any other text. */
function parseVersion(version: string, epoch: string): number | null {
  if (!version.startsWith(`${epoch}-`)) return null;
  const digits = version.slice(epoch.length + 1);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
