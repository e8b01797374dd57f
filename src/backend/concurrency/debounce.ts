import type { Clock } from '../../clock.ts';

/** Something to be done once whatever asks for it is done, and `pause` ms after, however often it asks before that. */
export interface Debounce {
  trigger(): void;
  cancel(): void;
}

export function createDebounce(clock: Clock, act: () => void, pause = 0): Debounce {
  let cancel: (() => void) | null = null;
  return {
    trigger() {
      cancel ??= clock.after(pause, () => {
        cancel = null;
        act();
      });
    },
    cancel: () => cancel?.(),
  };
}
