import type { Clock } from '../../clock.ts';
import type { LastSeenCluster, RayNotice } from '../../contract/fleet.ts';
import { countByTemplate } from '../../domain/replica-sets.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import type { FleetStore } from './fleet-store.ts';

/** One cluster that goes is somebody's delete; from so many at once on, Ray has lost them. */
const MIN_CLUSTERS_LOST = 2;

/** Notices when another Ray answers, or when this one has lost all of its virtual clusters; keeps what there was before. */
export interface RaySessionMonitor {
  /** Takes the notice of this id away, for everybody. */
  dismiss(noticeId: string): void;
  /** Another Ray was put in its place on purpose: nothing is said of it, and the one before is forgotten. */
  reset(): void;
}

export function createRaySessionMonitor(parts: {
  readonly model: FleetStore;
  readonly clock: Clock;
  readonly ids: () => string;
  /** Whether a cluster that is gone may have been deleted by this console, although Ray's answer hasn't come. */
  readonly isOurDoing: (clusterId: string) => boolean;
}): RaySessionMonitor {
  const { model, clock, ids, isOurDoing } = parts;
  let epoch = model.epoch();
  /** As the list last had them, our own writes folded in. */
  let before: readonly ListedCluster[] = [];
  let notice: RayNotice | null = null;
  /** Whether one of the last seen has been found missing: when none is any more, all were created again. */
  let wasMissing = false;

  function setNotice(next: RayNotice | null) {
    notice = next;
    wasMissing = false;
    model.annotate({ notice: next });
  }

  function raiseNotice(kind: RayNotice['kind'], gone: readonly ListedCluster[]) {
    // What an earlier notice still offers is not forgotten over a second restart.
    const lastSeen = new Map((notice?.lastSeen ?? []).map((each) => [each.id, each]));
    for (const cluster of gone) lastSeen.set(cluster.id, toLastSeen(cluster));
    const inOrder = [...lastSeen.values()].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
    setNotice({ id: ids(), kind, at: clock.now(), lastSeen: inOrder });
  }

  function check() {
    const hasRead = model.listMoment() !== null;
    const now = model.listedClusters();
    if (epoch !== model.epoch()) {
      const gone = before;
      epoch = model.epoch();
      before = [];
      raiseNotice('restarted', gone);
      return;
    }
    const gone = before;
    before = now;
    if (!hasRead) return;
    const lost = gone.filter(({ id }) => !isOurDoing(id));
    if (now.length === 0 && lost.length >= MIN_CLUSTERS_LOST) raiseNotice('emptied', lost);
    if (notice === null || notice.lastSeen.length === 0) return;
    const there = new Set(now.map(({ id }) => id));
    const isMissing = notice.lastSeen.some(({ id }) => !there.has(id));
    if (isMissing) wasMissing = true;
    else if (wasMissing) setNotice(null);
  }

  model.subscribe(check);

  return {
    dismiss(noticeId) {
      if (notice?.id === noticeId) setNotice(null);
    },
    reset() {
      before = [];
      notice = null;
      model.reset();
      // What that said of a restart was ours.
      setNotice(null);
    },
  };
}

function toLastSeen({ id, divisible, members }: ListedCluster): LastSeenCluster {
  return { id, divisible, replicaSets: countByTemplate(members.values()) };
}
