import { compareRevisions, type Revision } from '../../domain/revision.ts';
import type { ListedCluster, Member } from '../../domain/sources.ts';

/**
 * When something was true at the earliest: by the clock (ms since 1970), and within one millisecond by a number
 * that rises with everything that happens. A read from Ray's cache counts as earlier than it was (fact 4).
 */
export interface Moment {
  readonly at: number;
  readonly order: number;
}

export function isLater(a: Moment, b: Moment): boolean {
  return a.at > b.at || (a.at === b.at && a.order > b.order);
}

/** The management list as held: the last reading, and what writes have said since. */
export interface ClusterListStore {
  /** Takes a reading in; false when it counts as earlier than the one that is held. */
  accept(clusters: readonly ListedCluster[], moment: Moment): boolean;
  /**
   * Takes a write's reply in: the cluster as it is now, or null for one that is gone. `moment`: when the reply came.
   * `revisionWhenSent`: of a removal, what was held when it was sent; left out: what is held now. A reading that began
   * meanwhile may know more than the reply, and is not undone by it.
   */
  applyWrite(
    clusterId: string,
    cluster: ListedCluster | null,
    moment: Moment,
    revisionWhenSent?: Revision | null,
  ): void;
  clusters(): readonly ListedCluster[];
  get(clusterId: string): ListedCluster | null;
  /** Who was in the cluster when it was last seen under a revision; null when it never was, or long ago. */
  membersAt(clusterId: string, revision: Revision): ReadonlyMap<string, Member> | null;
  /** Of the last reading; null before the first. */
  readMoment(): Moment | null;
}

/** How many revisions of each cluster, and how many deleted ids, are remembered. */
const MAX_REVISIONS = 8;
/** So many members of revisions before are remembered of a cluster, unless it alone has more: memory grows with the fleet. */
const MAX_PAST_MEMBERS = 2_000;
const MAX_DELETIONS = 1_000;

/**
 * Reads order by when they began, not by revision: a replacement doesn't move that (fact 21). No read that counts
 * as earlier than a write's reply undoes what it said, and a deleted id returns only with another revision.
 */
export function createClusterListStore(): ClusterListStore {
  let reading: { readonly clusters: readonly ListedCluster[]; readonly moment: Moment } | null = null;
  const written = new Map<string, { readonly cluster: ListedCluster | null; readonly moment: Moment }>();
  const deleted = new Map<string, Revision>();
  /** The last revision of each cluster that is not held any more. */
  const gone = new Map<string, Revision>();
  const history = new Map<string, Map<Revision, ReadonlyMap<string, Member>>>();
  let held = new Map<string, ListedCluster>();

  function compose() {
    const next = new Map<string, ListedCluster>();
    for (const cluster of reading?.clusters ?? []) {
      if (deleted.get(cluster.id) !== cluster.revision) next.set(cluster.id, cluster);
    }
    for (const [id, { cluster }] of written) {
      if (cluster === null) next.delete(id);
      else next.set(id, cluster);
    }
    for (const [id, { revision }] of held) {
      if (next.has(id)) continue;
      gone.delete(id);
      gone.set(id, revision);
    }
    evictOldest(gone, MAX_DELETIONS);
    held = next;
    for (const { id, revision, members } of held.values()) {
      const revisions = history.get(id) ?? new Map<Revision, ReadonlyMap<string, Member>>();
      revisions.delete(revision);
      revisions.set(revision, members);
      evictOldest(revisions, MAX_REVISIONS);
      evictByMemberCount(revisions, Math.max(MAX_PAST_MEMBERS, 2 * members.size));
      history.set(id, revisions);
    }
    for (const id of history.keys()) if (!held.has(id)) history.delete(id);
  }

  return {
    accept(clusters, moment) {
      if (reading !== null && !isLater(moment, reading.moment)) return false;
      reading = { clusters: clusters.map((each) => reuseIfEqual(held.get(each.id), each)), moment };
      for (const [id, write] of written) if (isLater(moment, write.moment)) written.delete(id);
      compose();
      return true;
    },
    applyWrite(clusterId, cluster, moment, revisionWhenSent) {
      const last = held.get(clusterId);
      if (cluster !== null && !isNewer(cluster.revision, last?.revision, gone.get(clusterId))) return;
      if (cluster === null && last !== undefined) {
        // Changed before it was removed, or created again since: the next reading tells which.
        if (revisionWhenSent !== undefined && revisionWhenSent !== last.revision) return;
        deleted.delete(clusterId);
        deleted.set(clusterId, last.revision);
        evictOldest(deleted, MAX_DELETIONS);
      }
      written.set(clusterId, { cluster, moment });
      compose();
    },
    clusters: () => [...held.values()],
    get: (clusterId) => held.get(clusterId) ?? null,
    membersAt: (clusterId, revision) => history.get(clusterId)?.get(revision) ?? null,
    readMoment: () => reading?.moment ?? null,
  };
}

/** Whether a revision that a reply made is later than what a reading has shown since it was sent. */
function isNewer(made: Revision, held: Revision | undefined, gone: Revision | undefined): boolean {
  if (held !== undefined) return compareRevisions(made, held) >= 0;
  return gone === undefined || compareRevisions(made, gone) > 0;
}

function evictOldest(map: Map<string, unknown>, most: number) {
  for (const key of map.keys()) {
    if (map.size <= most) break;
    map.delete(key);
  }
}

/** Forgets the oldest until no more than so many members are left, but never the last. */
function evictByMemberCount(revisions: Map<Revision, ReadonlyMap<string, Member>>, most: number) {
  let count = 0;
  for (const members of revisions.values()) count += members.size;
  for (const [revision, members] of revisions) {
    if (count <= most || revisions.size === 1) break;
    revisions.delete(revision);
    count -= members.size;
  }
}

/** The one that is held where the list says the same again. A replacement doesn't move the revision (fact 21), so members count. */
function reuseIfEqual(before: ListedCluster | undefined, now: ListedCluster): ListedCluster {
  if (before === undefined || before.revision !== now.revision || before.divisible !== now.divisible) return now;
  if (before.members.size !== now.members.size) return now;
  for (const [id, { hostname, templateId }] of now.members) {
    const member = before.members.get(id);
    if (member === undefined || member.hostname !== hostname || member.templateId !== templateId) return now;
  }
  return before;
}
