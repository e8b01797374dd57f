import { createContext, use, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { warnBeforeUnload } from './unload-warning.ts';
import type { DraftStore } from './draft-store.ts';

const DraftsContext = createContext<DraftStore | null>(null);

export function DraftsProvider({ store, children }: { readonly store: DraftStore; readonly children: ReactNode }) {
  useEffect(() => warnBeforeUnload(store, window), [store]);
  return <DraftsContext value={store}>{children}</DraftsContext>;
}

export function useDrafts(): DraftStore {
  const store = use(DraftsContext);
  if (store === null) throw new Error('useDrafts outside of DraftsProvider');
  return store;
}

/** The ids of virtual clusters with an unsaved draft. */
export function useDraftIds(): ReadonlySet<string> {
  const store = useDrafts();
  return useSyncExternalStore(store.subscribe, store.clusterIds);
}

/** Whether there is an unsaved draft of a new virtual cluster. */
export function useHasNewDraft(): boolean {
  const store = useDrafts();
  return useSyncExternalStore(store.subscribe, () => store.get(null) !== null);
}
