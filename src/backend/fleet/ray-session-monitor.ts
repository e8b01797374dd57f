import type { Clock } from '../../clock.ts';
import type { LastSeenCluster, RayNotice } from '../../contract/fleet.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import type { FleetStore } from './fleet-store.ts';

/** A single cluster that disappears was deleted by somebody; from this many at once on, Ray has lost them. */
const MIN_CLUSTERS_LOST = 2;

/** Detects that another Ray answers, or that this one lost all of its virtual clusters; remembers what there was before. */
export interface RaySessionMonitor {
  /** The notice to show; null while there is none. */
  notice(): RayNotice | null;
  /** Removes the notice of this id, for everybody. */
  dismiss(noticeId: string): void;
  /** Ray was replaced on purpose: forgets the one before, without a notice. */
  reset(): void;
}

export function createRaySessionMonitor(parts: {
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly ids: () => string;
  /** Whether this console may have deleted a missing cluster, even if Ray's reply has not come. */
  readonly mayHaveRemoved: (clusterId: string) => boolean;
  /** Called after the notice changed. */
  readonly onChanged: () => void;
}): RaySessionMonitor {
  const { store, clock, ids, mayHaveRemoved, onChanged } = parts;
  let epoch = store.epoch();
  /** The clusters at the last check, own writes included. */
  let before: readonly ListedCluster[] = [];
  let notice: RayNotice | null = null;
  /** Whether one of the last seen clusters was missing: once none is any more, all were created again. */
  let wasMissing = false;

  function setNotice(next: RayNotice | null) {
    notice = next;
    wasMissing = false;
    onChanged();
  }

  function raiseNotice(kind: RayNotice['kind'], gone: readonly ListedCluster[]) {
    // A second restart keeps what the earlier notice still offers to create again.
    const lastSeen = new Map((notice?.lastSeen ?? []).map((each) => [each.id, each]));
    for (const cluster of gone) lastSeen.set(cluster.id, toLastSeen(cluster));
    const inOrder = [...lastSeen.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
    setNotice({ id: ids(), kind, at: clock.now(), lastSeen: inOrder });
  }

  function check() {
    const hasRead = store.listMoment() !== null;
    const now = store.listedClusters();
    if (epoch !== store.epoch()) {
      const gone = before;
      epoch = store.epoch();
      before = [];
      raiseNotice('restarted', gone);
      return;
    }
    const gone = before;
    before = now;
    if (!hasRead) return;
    const lost = gone.filter(({ id }) => !mayHaveRemoved(id));
    if (now.length === 0 && lost.length >= MIN_CLUSTERS_LOST) raiseNotice('emptied', lost);
    if (notice === null || notice.lastSeen.length === 0) return;
    const present = new Set(now.map(({ id }) => id));
    const isMissing = notice.lastSeen.some(({ id }) => !present.has(id));
    if (isMissing) wasMissing = true;
    else if (wasMissing) setNotice(null);
  }

  store.subscribe(check);

  return {
    notice: () => notice,
    dismiss(noticeId) {
      if (notice?.id === noticeId) setNotice(null);
    },
    reset() {
      before = [];
      notice = null;
      store.reset();
      // Resetting the store looks like a restart to `check`.
      setNotice(null);
    },
  };
}

function toLastSeen({ id, divisible, members }: ListedCluster): LastSeenCluster {
  return { id, divisible, replicaSets: countByTemplate(members.values()) };
}
