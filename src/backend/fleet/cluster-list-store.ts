import { compareRevisions, type Revision } from '../../domain/revision.ts';
import { sameMembers } from '../../domain/same-members.ts';
import type { ListedCluster, Member } from '../../domain/sources.ts';
import { evictOldest } from '../concurrency/evict-oldest.ts';
import { isLater, type Moment } from './moment.ts';

/** The held management list: the last reading with the writes since. */
export interface ClusterListStore {
  /** Takes in a reading; false when it counts as earlier than the held one. */
  accept(clusters: readonly ListedCluster[], moment: Moment): boolean;
  /**
   * Takes in the reply to a write: the cluster as it is now, or null for one that is gone. `moment`: when the reply
   * came. `revisionWhenSent`: for a removal, the revision held when it was sent; left out: the one held now. A reading
   * that began in between may be newer than the reply, and is not undone by it.
   */
  applyWrite(
    clusterId: string,
    cluster: ListedCluster | null,
    moment: Moment,
    revisionWhenSent?: Revision | null,
  ): void;
  clusters(): readonly ListedCluster[];
  get(clusterId: string): ListedCluster | null;
  /** The members when the cluster last had a revision; null when it never had, or too long ago. */
  membersAt(clusterId: string, revision: Revision): ReadonlyMap<string, Member> | null;
  /** The moment of the last reading; null before the first. */
  readMoment(): Moment | null;
}

/** How many revisions of each cluster are remembered. */
const MAX_REVISIONS = 8;
/** How many members of earlier revisions are remembered for each cluster, unless it has more itself: bounds memory by the fleet's size. */
const MAX_PAST_MEMBERS = 2_000;
/** How many deletions are remembered. */
const MAX_DELETIONS = 1_000;

/**
 * Readings are ordered by when they began, not by revision, which a replacement of a node does not change (fact 21).
 * No reading that counts as earlier than the reply to a write undoes that write, and a deleted id returns only with
 * a revision that was not deleted: an id may be deleted several times before a late reading shows the first of them.
 */
export function createClusterListStore(): ClusterListStore {
  let reading: { readonly clusters: readonly ListedCluster[]; readonly moment: Moment } | null = null;
  const written = new Map<string, { readonly cluster: ListedCluster | null; readonly moment: Moment }>();
  const deleted = new Map<string, true>();
  /** The last revision of each cluster that is no longer held. */
  const gone = new Map<string, Revision>();
  const history = new Map<string, Map<Revision, ReadonlyMap<string, Member>>>();
  let held = new Map<string, ListedCluster>();

  function compose() {
    const next = new Map<string, ListedCluster>();
    for (const cluster of reading?.clusters ?? []) {
      if (!deleted.has(deletionKey(cluster.id, cluster.revision))) next.set(cluster.id, cluster);
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
        // It changed before it was removed, or was created again since: the next reading shows which.
        if (revisionWhenSent !== undefined && revisionWhenSent !== last.revision) return;
        deleted.set(deletionKey(clusterId, last.revision), true);
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

/** A revision has no spaces, so this is unambiguous. */
function deletionKey(clusterId: string, revision: Revision): string {
  return `${revision} ${clusterId}`;
}

/** Whether the revision in a reply is later than what readings have shown since the write was sent. */
function isNewer(made: Revision, held: Revision | undefined, gone: Revision | undefined): boolean {
  if (held !== undefined) return compareRevisions(made, held) >= 0;
  return gone === undefined || compareRevisions(made, gone) > 0;
}

/** Deletes the oldest revisions until at most `max` members are left, but never the last revision. */
function evictByMemberCount(revisions: Map<Revision, ReadonlyMap<string, Member>>, max: number) {
  let count = 0;
  for (const members of revisions.values()) count += members.size;
  for (const [revision, members] of revisions) {
    if (count <= max || revisions.size === 1) break;
    revisions.delete(revision);
    count -= members.size;
  }
}

/** Keeps object identity for an unchanged cluster. Members are compared too: a replacement does not change the revision (fact 21). */
function reuseIfEqual(before: ListedCluster | undefined, now: ListedCluster): ListedCluster {
  if (before === undefined || before.revision !== now.revision || before.divisible !== now.divisible) return now;
  return sameMembers(before.members, now.members) ? before : now;
}
