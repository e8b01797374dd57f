import { useLayoutEffect, useState, type RefObject } from 'react';

/** The width of the page from which the list has enough of it beside the overview and a panel, px. */
const RAIL_FROM = 1_800;

/** Whether the overview stands beside the list, at the page's right edge, rather than above it. */
export function useRail(page: RefObject<HTMLElement | null>): boolean {
  const [isRail, setRail] = useState(() => window.innerWidth >= RAIL_FROM);
  useLayoutEffect(() => {
    const element = page.current;
    if (element === null) return undefined;
    // Not the window's width: the simulation's drawer takes from it.
    const measure = () => {
      if (element.clientWidth > 0) setRail(element.clientWidth >= RAIL_FROM);
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [page]);
  return isRail;
}
