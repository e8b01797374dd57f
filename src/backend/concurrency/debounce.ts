import type { Clock } from '../../clock.ts';

/** Acts once for any number of triggers, `pause` ms after the first of them and never within the trigger itself. */
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
