import type { FleetUpdate, RayNotice, ReadOnlyReason, SourceHealth, WaitingDeletion } from '../contract/fleet.ts';
import type { SourceName } from '../domain/fact.ts';
import type { FreePool, VirtualCluster } from '../domain/fleet.ts';

/** Everything that an update is made of, at one moment. */
export interface Picture {
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
export interface Versions {
  /** Takes the picture as it is now; whether a fact (not only an age) differs from the one before. */
  advance(picture: Picture): boolean;
  /** `epoch-n` */
  version(): string;
  /** What moved since a version: everything for one of another epoch, of the future, or from before a forgotten removal. */
  since(version: string | null, now: number): FleetUpdate;
}

/** How many removed clusters are remembered, for those who still show them. */
const KEPT_TOMBSTONES = 1_000;

/** Versions of one epoch, from 0 (nothing known) up. The first picture makes 1. */
export function createVersions(epoch: string, first: Picture, keptTombstones = KEPT_TOMBSTONES): Versions {
  let n = 0;
  let picture = first;
  const clusterTexts = new Map<string, { readonly text: string; readonly n: number }>();
  const tombstones = new Map<string, number>();
  /** Who knows less than this number may show a cluster whose removal is forgotten. */
  let completeFrom = 0;
  let pool = { text: '', n: 0 };
  let rest = '';

  const version = () => `${epoch}-${String(n)}`;

  function advance(next: Picture): boolean {
    const to = n + 1;
    let moved = false;
    for (const [id, cluster] of next.clusters) {
      const text = JSON.stringify(cluster);
      if (clusterTexts.get(id)?.text === text) continue;
      clusterTexts.set(id, { text, n: to });
      tombstones.delete(id);
      moved = true;
    }
    for (const id of clusterTexts.keys()) {
      if (next.clusters.has(id)) continue;
      clusterTexts.delete(id);
      tombstones.set(id, to);
      moved = true;
    }
    const poolText = JSON.stringify(next.pool);
    if (poolText !== pool.text) {
      pool = { text: poolText, n: to };
      moved = true;
    }
    const failures = Object.entries(next.sources).map(([name, { failure, readAt }]) => [name, failure, readAt === null]);
    const restText = JSON.stringify([next.nodeCounts, failures, next.readOnly, next.waiting, next.notice, next.map, next.lately]);
    if (restText !== rest) {
      rest = restText;
      moved = true;
    }
    picture = next;
    if (moved) n = to;
    for (const [id, at] of tombstones) {
      if (tombstones.size <= keptTombstones) break;
      tombstones.delete(id);
      completeFrom = Math.max(completeFrom, at);
    }
    return moved;
  }

  return {
    advance,
    version,
    since(from, now) {
      const known = from === null ? null : numberIn(from, epoch);
      const whole = known === null || known > n || known < completeFrom;
      const since = whole ? -1 : known;
      return {
        version: version(),
        whole,
        now,
        clusters: [...picture.clusters.values()].filter(({ id }) => (clusterTexts.get(id)?.n ?? n) > since),
        removed: whole ? [] : [...tombstones].filter(([, at]) => at > since).map(([id]) => id),
        pool: pool.n > since ? picture.pool : null,
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

/** The number in a version of this epoch; null for any other text. */
export function numberIn(version: string, epoch: string): number | null {
  if (!version.startsWith(`${epoch}-`)) return null;
  const digits = version.slice(epoch.length + 1);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}
