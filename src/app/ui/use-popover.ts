import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

/** What a button opens beside itself. `place` holds the button and what it opens. */
export interface Popover<P extends HTMLElement> {
  readonly isOpen: boolean;
  readonly place: RefObject<P | null>;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly toggle: () => void;
  readonly open: () => void;
  readonly close: () => void;
}

/**
 * A menu or a note that closes by itself: on a press or a focus outside of it, when the page navigates back, and on Escape,
 * which then closes nothing beneath it and gives the focus back to the button.
 */
export function usePopover<P extends HTMLElement>(): Popover<P> {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<P>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const open = useCallback(() => setOpen(true), []);
  useEffect(() => {
    if (!isOpen) return undefined;
    const elsewhere = ({ target }: Event) => {
      if (!(target instanceof Node) || place.current?.contains(target) !== true) close();
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
      button.current?.focus();
    };
    document.addEventListener('pointerdown', elsewhere, true);
    document.addEventListener('focusin', elsewhere);
    window.addEventListener('keydown', pressed, true);
    window.addEventListener('popstate', close);
    return () => {
      document.removeEventListener('pointerdown', elsewhere, true);
      document.removeEventListener('focusin', elsewhere);
      window.removeEventListener('keydown', pressed, true);
      window.removeEventListener('popstate', close);
    };
  }, [isOpen, close]);
  return { isOpen, place, button, open, close, toggle: () => setOpen(!isOpen) };
}
