import type { ReactNode } from 'react';
import { createEmitter } from '../../../emitter.ts';

/** A message of something done. It never tells of an outcome that is not known: that stays where it was asked for. */
export interface Toast {
  readonly id: string;
  readonly content: ReactNode;
  /** How long it stays while nobody looks at it, ms. */
  readonly staysFor: number;
}

/** What a result that can be taken back stays for. */
export const RESULT_STAYS_FOR = 20_000;

export interface ToastStore {
  /** Newest first. A toast with the id of another one takes its place. */
  readonly all: () => readonly Toast[];
  show(toast: Toast): void;
  dismiss(id: string): void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createToastStore(): ToastStore {
  const changed = createEmitter();
  let all: readonly Toast[] = [];
  const set = (next: readonly Toast[]) => {
    all = next;
    changed.emit();
  };
  return {
    all: () => all,
    show: (toast) => set([toast, ...all.filter(({ id }) => id !== toast.id)]),
    dismiss: (id) => set(all.filter((each) => each.id !== id)),
    subscribe: (listener) => changed.subscribe(listener),
  };
}
