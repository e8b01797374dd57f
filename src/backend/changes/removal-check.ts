import type { FleetStore } from '../fleet/fleet-store.ts';
import type { ChangeLog } from '../journal/change-log.ts';
import type { Poller } from '../polling/poller.ts';

/** More than the changes of one cluster that can be settled after a deletion that was asked for before them. */
const LOOK_BACK = 20;

/**
 * Whether this console deleted a cluster, by the journal, and a fresh reading does not show it again. Only then is the list
 * read: a save of what is there, or of what others deleted, costs no read.
 */
export function createRemovalCheck(parts: {
  readonly store: Pick<FleetStore, 'listedCluster' | 'state'>;
  readonly poller: Pick<Poller, 'refresh'>;
  readonly changeLog: Pick<ChangeLog, 'find' | 'read' | 'get'>;
}): (clusterId: string) => Promise<boolean> {
  const { store, poller, changeLog } = parts;

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
    if (store.listedCluster(clusterId) !== null || !(await lastAppliedIsRemoval(clusterId))) return false;
    await poller.refresh('list');
    return store.listedCluster(clusterId) === null;
  };
}
