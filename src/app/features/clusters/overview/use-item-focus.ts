import { useLayoutEffect, useRef, type FocusEvent, type MouseEvent, type RefObject } from 'react';
import { isPlainClick } from '../../../routing/plain-click.ts';
import { notePressed, takePressed, type Pressed } from './pressed-item.ts';

const ACTION = 'a, button';

/** An action of the list, and which one it was. */
interface Place {
  readonly action: Element;
  readonly index: number;
}

interface ListHandlers {
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
  readonly onClickCapture: (event: MouseEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
}

/**
 * Keeps the focus in a list whose items go away while they are worked through: where the item that has it goes, the one that takes its
 * place gets it, else the last one; and where what an item opened has closed again, that item, also if that was another screen.
 * `isAlone`: nothing is open beside the list or in its place. `isRead`: whether all items that there are have been read. The result:
 * for the list, whose items have a `data-key`.
 */
export function useItemFocus(list: RefObject<HTMLElement | null>, isAlone: boolean, isRead: boolean): ListHandlers {
  const held = useRef<Place | null>(null);
  const opener = useRef<Place | null>(null);
  const isNew = useRef(true);

  function giveBack(index: number, isIt: (action: HTMLElement) => boolean) {
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const left = actionsOf(list.current);
    const to = left.find(isIt) ?? left[Math.min(index, left.length - 1)] ?? list.current;
    to?.focus();
  }

  useLayoutEffect(() => {
    const place = held.current;
    if (place === null || place.action.isConnected) return;
    held.current = null;
    giveBack(place.index, () => false);
  });

  // Before the list of virtual clusters gives it to a row, far from here.
  useLayoutEffect(() => {
    const place = opener.current;
    if (!isAlone || place === null) return;
    opener.current = null;
    takePressed();
    giveBack(place.index, (action) => action === place.action);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Only when something has closed.
  }, [isAlone]);

  // The way back from another screen: the list is a new one.
  useLayoutEffect(() => {
    if (!isNew.current || !isRead || !isAlone) return;
    isNew.current = false;
    const pressed = takePressed();
    if (pressed !== null) giveBack(pressed.index, (action) => keyOf(action) === pressed.key);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- Once, when all items are there.
  }, [isRead, isAlone]);

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
    // Before the link leaves this entry of the history.
    onClickCapture(event) {
      const place = placeOf(event.target);
      const key = place !== null && place.action.matches('a') ? keyOf(place.action) : null;
      if (place !== null && key !== null && isPlainClick(event)) notePressed({ key, index: place.index });
    },
    onClick({ target, defaultPrevented }) {
      // A click that opens another tab is left to the browser.
      if (defaultPrevented) opener.current = placeOf(target);
    },
  };
}

function keyOf(action: Element): Pressed['key'] | null {
  return action.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? null;
}

function actionsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>(ACTION) ?? [])];
}
