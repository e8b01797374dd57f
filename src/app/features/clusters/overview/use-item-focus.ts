import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react';

const ACTION = 'a, button';

/**
 * Keeps the focus in a list whose items go away while they are worked through: where the item that has it goes, the one that takes its
 * place gets it, else the last one. The result: for the list.
 */
export function useItemFocus(list: RefObject<HTMLElement | null>): {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: (event: FocusEvent) => void;
} {
  const held = useRef<{ readonly action: Element; readonly index: number } | null>(null);
  useLayoutEffect(() => {
    if (held.current === null || held.current.action.isConnected) return;
    const { index } = held.current;
    held.current = null;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const left = actionsOf(list.current);
    (left[Math.min(index, left.length - 1)] ?? list.current)?.focus();
  });
  return {
    onFocus({ target }) {
      const index = actionsOf(list.current).findIndex((each) => each === target);
      held.current = index < 0 ? null : { action: target, index };
    },
    // Somewhere else has it; of an item that goes nothing is said, or that nothing has it.
    onBlur({ relatedTarget }) {
      if (relatedTarget !== null) held.current = null;
    },
  };
}

function actionsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(ACTION) ?? [])];
}
