import type { FleetUpdate, RayNotice, SourceHealth, WaitingDeletion } from '../../contract/fleet.ts';
import type { Clock } from '../../clock.ts';
import type { ProfileRecord } from '../../domain/cluster-profile.ts';
import type { VirtualCluster } from '../../domain/fleet.ts';
import { perSource, type SourceName } from '../../domain/sourced.ts';
import { createEmitter } from '../../emitter.ts';
import { createProfiledClusters } from './cluster-profiles.ts';
import type { FleetStore, UpdateCause, StoredFleet } from './fleet-store.ts';
import { createFleetVersions, type FleetView } from './fleet-versions.ts';

/** The fleet as pages see it: the stored fleet, the deletions that wait and the notice about Ray, with versions. */
export interface ShownFleet {
  /** `epoch-n` */
  version(): string;
  /** What changed since a version; everything for null or an unknown one. */
  updateSince(version: string | null): FleetUpdate;
  /** When the list, if it fails, is read next, ms since 1970; it moves with every failed read, and makes no version. */
  nextTryAt(): number | null;
  /** To be called when the pending deletions, the notice, a profile or a plan changed. */
  refresh(): void;
  /** Calls back when any part may have changed, with the cause; the returned function ends it. */
  subscribe(listener: (cause: UpdateCause) => void): () => void;
}

/** Composes lazily: whatever changed since the last look makes at most one version. */
export function createShownFleet(parts: {
  readonly store: Pick<FleetStore, 'stored' | 'subscribe'>;
  readonly clock: Clock;
  readonly pending: () => readonly WaitingDeletion[];
  readonly notice: () => RayNotice | null;
  /** Who a virtual cluster is for; null: nobody said. Left out: nobody said of any. */
  readonly profileOf?: (clusterId: string) => ProfileRecord | null;
  /** Grows with every change of a plan. Left out: there are none. */
  readonly plansVersion?: () => number;
  /** When a source is read next, ms since 1970; null before that was planned. Left out: not shown. */
  readonly nextReadAt?: (name: SourceName) => number | null;
}): ShownFleet {
  const {
    store,
    clock,
    pending,
    notice,
    profileOf = () => null,
    plansVersion = () => 0,
    nextReadAt = () => null,
  } = parts;
  const profiled = createProfiledClusters<VirtualCluster>(profileOf);
  const { subscribe, emit } = createEmitter<UpdateCause>();
  let shown = store.stored();
  let versions = createFleetVersions(shown.epoch, view(shown));
  /** Whether the pending deletions, the notice, a profile or a plan changed since the last version. */
  let isStale = false;
  store.subscribe(emit);

  function view(stored: StoredFleet): FleetView {
    const plans = plansVersion();
    const shownToo = { clusters: profiled(stored.clusters), waiting: pending(), notice: notice() };
    return { ...stored, ...shownToo, ...(plans === 0 ? {} : { plans }) };
  }

  function current() {
    const stored = store.stored();
    if (stored === shown && !isStale) return versions;
    if (stored.epoch !== shown.epoch) versions = createFleetVersions(stored.epoch, view(stored));
    shown = stored;
    isStale = false;
    versions.advance(view(stored));
    return versions;
  }

  /** When a source that fails is read next, by its health. */
  function retryAt(name: SourceName, { failure }: SourceHealth): number | null {
    return failure === null ? null : nextReadAt(name);
  }

  function withRetries(update: FleetUpdate): FleetUpdate {
    const { sources } = update;
    const withRetry = (name: SourceName): SourceHealth => {
      const at = retryAt(name, sources[name]);
      return at === null ? sources[name] : { ...sources[name], nextReadAt: at };
    };
    return { ...update, sources: perSource(withRetry) };
  }

  return {
    version: () => current().version(),
    updateSince: (version) => withRetries(current().since(version, clock.now())),
    nextTryAt: () => retryAt('list', store.stored().sources.list),
    refresh() {
      isStale = true;
      emit('action');
    },
    subscribe,
  };
}
