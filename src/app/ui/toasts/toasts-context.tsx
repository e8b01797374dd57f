import { createContext, use, useSyncExternalStore, type ReactNode } from 'react';
import type { Toast, ToastStore } from './toast-store.ts';

const ToastsContext = createContext<ToastStore | null>(null);

export function ToastsProvider({ store, children }: { readonly store: ToastStore; readonly children: ReactNode }) {
  return <ToastsContext value={store}>{children}</ToastsContext>;
}

export function useToastStore(): ToastStore {
  const store = use(ToastsContext);
  if (store === null) throw new Error('useToastStore outside of ToastsProvider');
  return store;
}

/** The toasts, newest first. */
export function useToasts(): readonly Toast[] {
  const store = useToastStore();
  return useSyncExternalStore(store.subscribe, store.all);
}
