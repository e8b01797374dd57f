import { useEffect, useEffectEvent, type RefObject } from 'react';

/**
 * Calls back on Escape while enabled, if the key was pressed inside the element or nowhere in particular. Not called when
 * it was meant for something above the page (a menu, a dialog), or when an element has handled it.
 */
export function useEscape(element: RefObject<HTMLElement | null>, onEscape: () => void, isEnabled = true): void {
  const escaped = useEffectEvent(onEscape);
  useEffect(() => {
    if (!isEnabled) return undefined;
    const pressed = ({ key, target, defaultPrevented }: KeyboardEvent) => {
      const own = element.current;
      // A click on plain text gives the focus to what is around the element.
      const isInside =
        target === document.body ||
        (target instanceof Node && own !== null && (own.contains(target) || target.contains(own)));
      if (key === 'Escape' && !defaultPrevented && isInside) escaped();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [element, isEnabled]);
}
