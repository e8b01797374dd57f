import type { Clock } from '../clock.ts';

/** Something to be done once whatever asks for it is done, and `pause` ms after, however often it asks before that. */
export interface OnceSoon {
  ask(): void;
  cancel(): void;
}

export function createOnceSoon(clock: Clock, act: () => void, pause = 0): OnceSoon {
  let cancel: (() => void) | null = null;
  return {
    ask() {
      cancel ??= clock.after(pause, () => {
        cancel = null;
        act();
      });
    },
    cancel: () => cancel?.(),
  };
}
