import type { Grouping } from '../../../routing/map-query.ts';
import type { Box, Size } from './viewport.ts';

/** The part of the canvas (CSS pixels) for the cells: right of the margin, below the header. */
export function plotOf(size: Size, grouping: Grouping): Box {
  const x = marginOf(size.width);
  const y = headerOf(grouping);
  return { x, y, width: Math.max(1, size.width - x), height: Math.max(1, size.height - y) };
}

/** The width of the margin with the groups' names. */
export function marginOf(width: number): number {
  return width < 640 ? 92 : 168;
}

/** The height of the header with the templates' names; grouped by template, they are in the margin. */
export function headerOf(grouping: Grouping): number {
  return grouping === 'cluster' ? 28 : 0;
}
