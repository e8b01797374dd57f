import { useEffect, type RefObject } from 'react';
import { navigateTo } from '../../routing/link.tsx';

/** Esc leaves for `home`, unless it was for something above the page, or something in `part` took the key for itself. */
export function useCloseEditorOnEscape(part: RefObject<HTMLElement | null>, home: string): void {
  useEffect(() => {
    const pressed = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const isHere = target === document.body || (target instanceof Node && part.current?.contains(target) === true);
      if (key === 'Escape' && !defaultPrevented && isHere) navigateTo(home, { keepQuery: true });
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [part, home]);
}
