import type { FleetUpdate, RayNotice, WaitingDeletion } from '../../contract/fleet.ts';
import type { Clock } from '../../clock.ts';
import { createEmitter } from '../../emitter.ts';
import type { FleetStore, StoredFleet } from './fleet-store.ts';
import { createFleetVersions, type FleetView } from './fleet-versions.ts';

/** The fleet as pages see it: the stored fleet, the deletions that wait and the notice about Ray, with versions. */
export interface ShownFleet {
  /** `epoch-n` */
  version(): string;
  /** What changed since a version; everything for null or an unknown one. */
  updateSince(version: string | null): FleetUpdate;
  /** To be called when the pending deletions or the notice changed. */
  refresh(): void;
  /** Calls back when any part may have changed; the returned function ends it. */
  subscribe(listener: () => void): () => void;
}

/** Composes lazily: whatever changed since the last look makes at most one version. */
export function createShownFleet(parts: {
  readonly store: Pick<FleetStore, 'stored' | 'subscribe'>;
  readonly clock: Clock;
  readonly pending: () => readonly WaitingDeletion[];
  readonly notice: () => RayNotice | null;
}): ShownFleet {
  const { store, clock, pending, notice } = parts;
  const { subscribe, emit } = createEmitter();
  let shown = store.stored();
  let versions = createFleetVersions(shown.epoch, view(shown));
  /** Whether the pending deletions or the notice changed since the last version. */
  let isStale = false;
  store.subscribe(emit);

  function view(stored: StoredFleet): FleetView {
    return { ...stored, waiting: pending(), notice: notice() };
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

  return {
    version: () => current().version(),
    updateSince: (version) => current().since(version, clock.now()),
    refresh() {
      isStale = true;
      emit();
    },
    subscribe,
  };
}
