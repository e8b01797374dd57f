import { useLayoutEffect, useRef, type FocusEvent, type MouseEvent, type RefObject } from 'react';

const ACTION = 'a, button';

/** An action of the list, and which one it was. */
interface Place {
  readonly action: Element;
  readonly index: number;
}

interface ListHandlers {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
  readonly onClick: (event: MouseEvent) => void;
}

/**
 * Keeps the focus in a list whose items go away while they are worked through: where the item that has it goes, the one that takes its
 * place gets it, else the last one; and where what an item opened has closed again, that item. `isAlone`: nothing is open beside the
 * list or in its place. The result: for the list.
 */
export function useItemFocus(list: RefObject<HTMLElement | null>, isAlone: boolean): ListHandlers {
  const held = useRef<Place | null>(null);
  const opener = useRef<Place | null>(null);

  function giveBack({ action, index }: Place) {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const left = actionsOf(list.current);
    const to = left.find((each) => each === action) ?? left[Math.min(index, left.length - 1)] ?? list.current;
    to?.focus();
  }

  useLayoutEffect(() => {
    const place = held.current;
    if (place === null || place.action.isConnected) return;
    held.current = null;
    giveBack(place);
  });

  // Before the list of virtual clusters gives it to a row, far from here.
  useLayoutEffect(() => {
    const place = opener.current;
    if (!isAlone || place === null) return;
    opener.current = null;
    giveBack(place);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only when something has closed.
  }, [isAlone]);

  function placeOf(target: EventTarget): Place | null {
    const action = target instanceof Element ? target.closest(ACTION) : null;
    const index = actionsOf(list.current).findIndex((each) => each === action);
    return action === null || index < 0 ? null : { action, index };
  }

  return {
    onFocus({ target }) {
      held.current = placeOf(target);
    },
    // It went elsewhere; of an item that is taken away React tells none.
    onBlur() {
      held.current = null;
    },
    onClick({ target, defaultPrevented }) {
      // A click that opens another tab is left to the browser.
      if (defaultPrevented) opener.current = placeOf(target);
    },
  };
}

function actionsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(ACTION) ?? [])];
}
