import type { FleetUpdate, RayNotice, ReadOnlyReason, SourceHealth, WaitingDeletion } from '../../contract/fleet.ts';
import type { SourceName } from '../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { deepEqual } from '../../domain/deep-equal.ts';
import { baseNumber, evictTombstones, formatVersion, FROM_START } from '../nodes/delta-version.ts';

/** Everything that an update is made from, at one moment. */
export interface FleetView {
  readonly clusters: ReadonlyMap<string, VirtualCluster>;
  readonly pool: FreePool;
  readonly nodeCounts: FleetUpdate['nodeCounts'];
  readonly sources: Record<SourceName, SourceHealth>;
  readonly readOnly: ReadOnlyReason | null;
  readonly waiting: readonly WaitingDeletion[];
  readonly notice: RayNotice | null;
  /** The numbers of the map and of the newest event. */
  readonly map: number;
  readonly lately: number;
  /** Left out: no plan has changed. */
  readonly plans?: number;
}

/** Numbers the views of the fleet, and reports what changed since a number. */
export interface FleetVersions {
  /** Takes the current view; whether anything but an age differs from the one before. */
  advance(view: FleetView): boolean;
  /** `epoch-n` */
  version(): string;
  /** What changed since a version: everything for one that nothing can be counted from. `now`: ms since 1970. */
  since(version: string | null, now: number): FleetUpdate;
}

/** How many removed clusters are remembered, for pages that still show them. */
const MAX_TOMBSTONES = 1_000;

/** The versions of one epoch, from 0 (nothing known); the first `advance` makes 1. */
export function createFleetVersions(epoch: string, first: FleetView, keptTombstones = MAX_TOMBSTONES): FleetVersions {
  let n = 0;
  let view = first;
  /** The number at which each existing cluster last changed. */
  const clusterNumbers = new Map<string, number>();
  const tombstones = new Map<string, number>();
  /** A page at a smaller number than this may show a cluster whose removal was evicted. */
  let completeFrom = 0;
  let poolNumber = 0;
  let restFingerprint = '';

  const version = () => formatVersion(epoch, n);

  function advance(next: FleetView): boolean {
    const to = n + 1;
    let hasChanged = false;
    for (const [id, cluster] of next.clusters) {
      // Unchanged clusters mostly keep object identity, which makes this cheap.
      if (clusterNumbers.has(id) && deepEqual(view.clusters.get(id), cluster)) continue;
      clusterNumbers.set(id, to);
      tombstones.delete(id);
      hasChanged = true;
    }
    for (const id of clusterNumbers.keys()) {
      if (next.clusters.has(id)) continue;
      clusterNumbers.delete(id);
      tombstones.set(id, to);
      hasChanged = true;
    }
    if (n === 0 || !deepEqual(view.pool, next.pool)) {
      poolNumber = to;
      hasChanged = true;
    }
    const failures = Object.entries(next.sources).map(([name, { failure, readAt }]) => [
      name,
      failure,
      readAt === null,
    ]);
    const fingerprint = JSON.stringify([
      next.nodeCounts,
      failures,
      next.readOnly,
      next.waiting,
      next.notice,
      next.map,
      next.lately,
      next.plans,
    ]);
    if (fingerprint !== restFingerprint) {
      restFingerprint = fingerprint;
      hasChanged = true;
    }
    view = next;
    if (hasChanged) n = to;
    completeFrom = Math.max(completeFrom, evictTombstones(tombstones, keptTombstones));
    return hasChanged;
  }

  return {
    advance,
    version,
    since(base, now) {
      const since = baseNumber(base, { epoch, n, completeFrom });
      const whole = since === FROM_START;
      return {
        version: version(),
        whole,
        now,
        clusters: [...view.clusters.values()].filter(({ id }) => (clusterNumbers.get(id) ?? n) > since),
        removed: whole ? [] : [...tombstones].filter(([, at]) => at > since).map(([id]) => id),
        pool: poolNumber > since ? view.pool : null,
        nodeCounts: view.nodeCounts,
        sources: view.sources,
        readOnly: view.readOnly,
        waiting: view.waiting,
        notice: view.notice,
        map: view.map,
        lately: view.lately,
        ...(view.plans === undefined ? {} : { plans: view.plans }),
      };
    },
  };
}
