import { useEffect, type RefObject } from 'react';

const presses = ['mousedown', 'mouseup', 'click', 'dblclick'] as const;

/**
 * A double click on a row opens its panel, and its second press may meet the panel instead: there it does nothing. The
 * parts that are told apart are the element's children.
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
