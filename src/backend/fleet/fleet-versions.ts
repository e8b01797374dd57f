import type { FleetUpdate, RayNotice, ReadOnlyReason, SourceHealth, WaitingDeletion } from '../../contract/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { deepEqual } from '../../domain/deep-equal.ts';

/** Everything that an update is made of, at one moment. */
export interface FleetView {
  readonly clusters: ReadonlyMap<string, VirtualCluster>;
  readonly pool: FreePool;
  readonly nodeCounts: FleetUpdate['nodeCounts'];
  readonly sources: Record<SourceName, SourceHealth>;
  readonly readOnly: ReadOnlyReason | null;
  readonly waiting: readonly WaitingDeletion[];
  readonly notice: RayNotice | null;
  /** The map's number, and the newest happening's. */
  readonly map: number;
  readonly lately: number;
}

/** Numbers pictures of the fleet, and says what moved since a number. */
export interface FleetVersions {
  /** Takes the picture as it is now; whether a fact (not only an age) differs from the one before. */
  advance(picture: FleetView): boolean;
  /** `epoch-n` */
  version(): string;
  /** What moved since a version: everything for one of another epoch, of the future, or from before a forgotten removal. */
  since(version: string | null, now: number): FleetUpdate;
}

/** How many removed clusters are remembered, for those who still show them. */
const MAX_TOMBSTONES = 1_000;

/** Versions of one epoch, from 0 (nothing known) up. The first picture makes 1. */
export function createFleetVersions(epoch: string, first: FleetView, keptTombstones = MAX_TOMBSTONES): FleetVersions {
  let n = 0;
  let picture = first;
  /** The number at which each cluster that is there last changed. */
  const clusterNumbers = new Map<string, number>();
  const tombstones = new Map<string, number>();
  /** Who knows less than this number may show a cluster whose removal is forgotten. */
  let completeFrom = 0;
  let poolNumber = 0;
  let restFingerprint = '';

  const version = () => `${epoch}-${String(n)}`;

  function advance(next: FleetView): boolean {
    const to = n + 1;
    let moved = false;
    for (const [id, cluster] of next.clusters) {
      // What says the same is the same object most often: nothing is compared then.
      if (clusterNumbers.has(id) && deepEqual(picture.clusters.get(id), cluster)) continue;
      clusterNumbers.set(id, to);
      tombstones.delete(id);
      moved = true;
    }
    for (const id of clusterNumbers.keys()) {
      if (next.clusters.has(id)) continue;
      clusterNumbers.delete(id);
      tombstones.set(id, to);
      moved = true;
    }
    if (n === 0 || !deepEqual(picture.pool, next.pool)) {
      poolNumber = to;
      moved = true;
    }
    const failures = Object.entries(next.sources).map(([name, { failure, readAt }]) => [
      name,
      failure,
      readAt === null,
    ]);
    const restText = JSON.stringify([
      next.nodeCounts,
      failures,
      next.readOnly,
      next.waiting,
      next.notice,
      next.map,
      next.lately,
    ]);
    if (restText !== restFingerprint) {
      restFingerprint = restText;
      moved = true;
    }
    picture = next;
    if (moved) n = to;
    completeFrom = Math.max(completeFrom, evictTombstones(tombstones, keptTombstones));
    return moved;
  }

  return {
    advance,
    version,
    since(from, now) {
      const since = baseNumber(from, { epoch, n, completeFrom });
      const whole = since === FROM_START;
      return {
        version: version(),
        whole,
        now,
        clusters: [...picture.clusters.values()].filter(({ id }) => (clusterNumbers.get(id) ?? n) > since),
        removed: whole ? [] : [...tombstones].filter(([, at]) => at > since).map(([id]) => id),
        pool: poolNumber > since ? picture.pool : null,
        nodeCounts: picture.nodeCounts,
        sources: picture.sources,
        readOnly: picture.readOnly,
        waiting: picture.waiting,
        notice: picture.notice,
        map: picture.map,
        lately: picture.lately,
      };
    },
  };
}

/** Everything is told: whatever counts from 0 up is larger. */
export const FROM_START = -1;

/** The number that what moved is counted from; `WHOLE` for a version of another epoch, of the future, or of before what is remembered. */
export function baseNumber(
  version: string | null,
  now: { readonly epoch: string; readonly n: number; readonly completeFrom: number },
): number {
  const known = version === null ? null : numberIn(version, now.epoch);
  return known === null || known > now.n || known < now.completeFrom ? FROM_START : known;
}

/** Forgets the oldest of what went away (with the number at which it did) until so many are left; the newest number that is forgotten, 0 for none. */
export function evictTombstones(removed: Map<string, number>, most: number): number {
  let forgotten = 0;
  for (const [key, at] of removed) {
    if (removed.size <= most) break;
    removed.delete(key);
    forgotten = Math.max(forgotten, at);
  }
  return forgotten;
}

/** The number in a version of this epoch; null for any other text. */
function numberIn(version: string, epoch: string): number | null {
  if (!version.startsWith(`${epoch}-`)) return null;
  const digits = version.slice(epoch.length + 1);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
