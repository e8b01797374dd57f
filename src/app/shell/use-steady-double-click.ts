import { useEffect, type RefObject } from 'react';

const presses = ['mousedown', 'mouseup', 'click', 'dblclick'] as const;

/**
 * A double click on a row opens its panel, and its second press may meet the panel instead: there it does nothing. Both
 * presses count as one place if they are in the same child of the element.
 */
export function useSteadyDoubleClick(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = page.current;
    if (element === null) return undefined;
    let firstPart: Element | null = null;
    const pressed = (event: MouseEvent) => {
      const { target } = event;
      if (!(target instanceof Node)) return;
      const part = [...element.children].find((child) => child.contains(target)) ?? null;
      if (event.type === 'mousedown' && event.detail === 1) firstPart = part;
      if (event.detail < 2 || part === firstPart) return;
      event.preventDefault();
      event.stopPropagation();
    };
    for (const type of presses) element.addEventListener(type, pressed, true);
    return () => {
      for (const type of presses) element.removeEventListener(type, pressed, true);
    };
  }, [page]);
}
