import type { Grouping } from '../../../routing/map-query.ts';
import type { Box, Size } from './viewport.ts';

/** Where within the canvas (CSS pixels) the cells are drawn: right of the names, below the templates' names. */
export function plotOf(size: Size, grouping: Grouping): Box {
  const x = marginOf(size.width);
  const y = headerOf(grouping);
  return { x, y, width: Math.max(1, size.width - x), height: Math.max(1, size.height - y) };
}

/** The width of the names. */
export function marginOf(width: number): number {
  return width < 640 ? 92 : 168;
}

/** The height of the templates' names: by template they stand in the margin. */
export function headerOf(grouping: Grouping): number {
  return grouping === 'cluster' ? 28 : 0;
}
