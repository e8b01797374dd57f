import type { FleetUpdate } from '../../contract/fleet.ts';
import type { FreePool, VirtualCluster } from '../../domain/fleet.ts';
import { parseFleetVersion } from './fleet-version.ts';

/** The fleet as the page holds it. Times are the back end's, milliseconds since 1970, unless said otherwise. */
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
  readonly plans?: FleetUpdate['plans'];
  /** The back end's time in the newest update, and the page's own time when it arrived. */
  readonly now: number;
  readonly receivedAt: number;
}

export interface ReceivedUpdate {
  readonly update: FleetUpdate;
  /** The version that the update is relative to; null when the whole fleet was requested. */
  readonly since: string | null;
  /** The page's time, milliseconds since 1970. */
  readonly at: number;
}

/**
 * Applies an update; the page's fleet only ever moves forward. An older update returns `held` unchanged. Null when the
 * update is relative to a version that the page does not have, or when it is not known which of two epochs is the
 * later one: then the page must fetch from the version that it has. That answer applies unless the fleet has moved in between.
 */
export function advanceFleet(held: PageFleet | null, { update, since, at }: ReceivedUpdate): PageFleet | null {
  const arrived = parseFleetVersion(update.version);
  if (held === null) return update.whole && update.pool !== null ? whole(update, update.pool, at) : null;
  const heldVersion = parseFleetVersion(held.version);
  const from = since === null ? null : parseFleetVersion(since);
  if (arrived.epoch !== heldVersion.epoch) {
    // A request that named the held epoch and is answered from another shows that the held one is over. An update that
    // did not name it may be from an epoch before it.
    const isLater = from?.epoch === heldVersion.epoch;
    return isLater && update.whole && update.pool !== null ? whole(update, update.pool, at) : null;
  }
  if (arrived.n < heldVersion.n || (arrived.n === heldVersion.n && update.now < held.now)) return held;
  if (update.whole && update.pool !== null) return whole(update, update.pool, at);
  if (from === null || from.epoch !== heldVersion.epoch || from.n > heldVersion.n) return null;
  const isSame = update.clusters.length === 0 && update.removed.length === 0;
  const clusters = isSame ? held.clusters : applyClusterDelta(held.clusters, update);
  return pageFleet(update, clusters, update.pool ?? held.pool, at);
}

function whole(update: FleetUpdate, pool: FreePool, at: number): PageFleet {
  return pageFleet(update, new Map(update.clusters.map((cluster) => [cluster.id, cluster])), pool, at);
}

function pageFleet(update: FleetUpdate, clusters: PageFleet['clusters'], pool: FreePool, at: number): PageFleet {
  const { version, nodeCounts, sources, readOnly, waiting, notice, map, lately, plans, now } = update;
  return {
    version,
    clusters,
    pool,
    nodeCounts,
    sources,
    readOnly,
    waiting,
    notice,
    map,
    lately,
    plans,
    now,
    receivedAt: at,
  };
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
