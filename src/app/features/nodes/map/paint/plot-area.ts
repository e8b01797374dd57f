import type { Grouping } from '../../../../routing/map-query.ts';
import type { Box, Size } from '../layout/viewport.ts';

/** The part of the canvas (CSS pixels) for the cells: right of the margin. */
export function plotOf(size: Size, grouping: Grouping): Box {
  const x = marginOf(size.width, grouping);
  return { x, y: 0, width: Math.max(1, size.width - x), height: Math.max(1, size.height) };
}

/** The width of the margin with the templates' names; cards have their names in their heads. */
export function marginOf(width: number, grouping: Grouping): number {
  if (grouping === 'cluster') return 0;
  return width < 640 ? 92 : 168;
}
