import type { RemovalReading, Unread } from '../../domain/change-attempt.ts';
import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';

/** What is said of a cluster while the list can't be read. */
export function unreadList(store: Pick<FleetStore, 'state'>): Unread {
  return { kind: 'unread', isUnreachable: store.state('list').failure?.reason === 'unreachable' };
}

/** More than the changes of one cluster that can be settled after a deletion that was asked for before them. */
const LOOK_BACK = 20;

/**
 * Whether this console deleted a cluster, by the journal, and a fresh reading does not show it again. Only then is the list
 * read: a save of what is there, or of what others deleted, costs no read.
 */
export function createRemovalCheck(parts: {
  readonly store: Pick<FleetStore, 'listedCluster' | 'listMoment' | 'state'>;
  readonly poller: Pick<Poller, 'refresh'>;
  readonly changeLog: Pick<ChangeLog, 'find' | 'read' | 'get'>;
  /** Then the list may still show the cluster, as it was changed while the delete was on its way. */
  readonly wasRecentlyRemoved: (clusterId: string) => boolean;
}): (clusterId: string) => Promise<RemovalReading> {
  const { store, poller, changeLog, wasRecentlyRemoved } = parts;

  async function lastAppliedIsRemoval(clusterId: string): Promise<boolean> {
    const query = { cluster: clusterId, outcome: ['applied'] as const };
    const { rows } = await changeLog.find(query, { offset: 0, limit: LOOK_BACK });
    const changes = await changeLog.read(rows.map(({ number }) => number));
    const ofCluster = changes.filter(({ wanted }) => wanted.clusterId === clusterId && wanted.kind !== 'stop-job');
    // Not by when they were asked for: a deletion may have waited.
    const last = ofCluster.toSorted((a, b) => (b.settledAt ?? 0) - (a.settledAt ?? 0))[0];
    if (last === undefined || last.wanted.kind === 'save') return false;
    // Another session of Ray has lost all clusters, and scripts may create them again from what they had (fact 27).
    return (await changeLog.get(last.id))?.session === (store.state('identity').last?.value.sessionName ?? null);
  }

  return async (clusterId) => {
    if (store.listedCluster(clusterId) !== null && !wasRecentlyRemoved(clusterId)) return { kind: 'not-removed' };
    if (!(await lastAppliedIsRemoval(clusterId))) return { kind: 'not-removed' };
    // Dropped together with the Ray that it was read of, the list is empty for now.
    if (!(await poller.refresh('list')) || store.listMoment() === null) return unreadList(store);
    return { kind: store.listedCluster(clusterId) === null ? 'removed' : 'not-removed' };
  };
}
