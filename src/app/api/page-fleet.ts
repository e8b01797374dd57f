import type { FleetUpdate } from '../../contract/fleet.ts';
import { sourceNames } from '../../domain/sourced.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';

/** The fleet as the page holds it. Times in it are the back end's, milliseconds since 1970. */
export interface PageFleet {
  readonly version: string;
  readonly clusters: ReadonlyMap<string, VirtualCluster>;
  readonly pool: FreePool;
  readonly nodeCounts: FleetUpdate['nodeCounts'];
  readonly sources: FleetUpdate['sources'];
  readonly readOnly: FleetUpdate['readOnly'];
  readonly waiting: FleetUpdate['waiting'];
  readonly notice: FleetUpdate['notice'];
  readonly map: FleetUpdate['map'];
  readonly lately: FleetUpdate['lately'];
  /** The back end's time in the newest update, and the page's own when it came. */
  readonly now: number;
  readonly receivedAt: number;
}

export interface ReceivedUpdate {
  readonly update: FleetUpdate;
  /** The version that the update counts from; null when all was asked for. */
  readonly since: string | null;
  /** The page's time, milliseconds since 1970. */
  readonly at: number;
}

/**
 * The one way in which the page's fleet moves: forward. An older update leaves it as it is; null when the update counts
 * from a version that the page hasn't, or when nothing tells which of two epochs is the later one: then the page must
 * ask, from the version that it has. The answer to that can always be taken, unless the fleet moved meanwhile.
 */
export function advanceFleet(held: PageFleet | null, { update, since, at }: ReceivedUpdate): PageFleet | null {
  const arrived = parseVersion(update.version);
  if (held === null) return update.whole && update.pool !== null ? whole(update, update.pool, at) : null;
  const heldVersion = parseVersion(held.version);
  const from = since === null ? null : parseVersion(since);
  if (arrived.epoch !== heldVersion.epoch) {
    // Who was asked from my epoch and answers from another has ended mine. Any other may have ended before mine began.
    const isLater = from?.epoch === heldVersion.epoch;
    return isLater && update.whole && update.pool !== null ? whole(update, update.pool, at) : null;
  }
  if (arrived.n < heldVersion.n || (arrived.n === heldVersion.n && update.now < held.now)) return held;
  if (update.whole && update.pool !== null) return whole(update, update.pool, at);
  if (from === null || from.epoch !== heldVersion.epoch || from.n > heldVersion.n) return null;
  const isSame = update.clusters.length === 0 && update.removed.length === 0;
  return {
    ...held,
    version: update.version,
    clusters: isSame ? held.clusters : applyClusterDelta(held.clusters, update),
    pool: update.pool ?? held.pool,
    nodeCounts: update.nodeCounts,
    sources: update.sources,
    readOnly: update.readOnly,
    waiting: update.waiting,
    notice: update.notice,
    map: update.map,
    lately: update.lately,
    now: update.now,
    receivedAt: at,
  };
}

function whole(update: FleetUpdate, pool: FreePool, at: number): PageFleet {
  const { version, nodeCounts, sources, readOnly, waiting, notice, map, lately, now } = update;
  const clusters = new Map(update.clusters.map((cluster) => [cluster.id, cluster]));
  return { version, clusters, pool, nodeCounts, sources, readOnly, waiting, notice, map, lately, now, receivedAt: at };
}

function applyClusterDelta(
  held: ReadonlyMap<string, VirtualCluster>,
  update: FleetUpdate,
): ReadonlyMap<string, VirtualCluster> {
  const clusters = new Map(held);
  for (const id of update.removed) clusters.delete(id);
  for (const cluster of update.clusters) clusters.set(cluster.id, cluster);
  return clusters;
}

/**
 * A function that gives back the fleet that it gave last, for as long as the newer one says the same of everything but
 * ages: so that nothing is drawn anew because time has passed. The version tells (it grows with every fact), and each
 * source's health, which is what a page shows when its version is one that nobody counts.
 */
export function createFleetStabilizer(): (fleet: PageFleet) => PageFleet {
  let kept: PageFleet | null = null;
  return (fleet) => {
    if (
      kept === null ||
      kept.version !== fleet.version ||
      kept.clusters !== fleet.clusters ||
      kept.map !== fleet.map ||
      kept.lately !== fleet.lately ||
      !haveSameSourceHealth(kept.sources, fleet.sources)
    )
      kept = fleet;
    return kept;
  };
}

function haveSameSourceHealth(a: PageFleet['sources'], b: PageFleet['sources']): boolean {
  return sourceNames.every((name) => {
    const [was, is] = [a[name], b[name]];
    return (
      (was.readAt === null) === (is.readAt === null) &&
      was.failure?.reason === is.failure?.reason &&
      was.failure?.since === is.failure?.since
    );
  });
}

/** Which telling of the fleet a version belongs to: another one is another Ray, or the console was started anew. */
export function fleetEpochOf(version: string): string {
  return parseVersion(version).epoch;
}

function parseVersion(version: string): { readonly epoch: string; readonly n: number } {
  const at = version.lastIndexOf('-');
  return { epoch: version.slice(0, at), n: Number(version.slice(at + 1)) };
}
