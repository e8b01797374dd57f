import type { Raster } from './raster.ts';
import type { Box } from '../layout/viewport.ts';

/**
 * Fills a card's ground in the raster, in whole pixels, with round corners. As pixels, since a canvas takes longer to blend a hundred
 * such shapes below the cells than for all else in a frame. `box`: in the raster's pixels; it may reach beyond them.
 */
export function fillCard({ pixels, width, height }: Raster, box: Box, radius: number, pixel: number): void {
  const [left, top] = [Math.round(box.x), Math.round(box.y)];
  const [right, bottom] = [Math.round(box.x + box.width), Math.round(box.y + box.height)];
  const corner = Math.min(radius, (right - left) / 2, (bottom - top) / 2);
  const to = Math.min(bottom, height);
  for (let y = Math.max(0, top); y < to; y++) {
    // How far the middle of this row is within the corners above or below it.
    const within = corner - Math.min(y + 0.5 - top, bottom - y - 0.5);
    const inset = within <= 0 ? 0 : Math.round(corner - Math.sqrt(corner * corner - within * within));
    const from = Math.max(0, left + inset);
    const end = Math.min(width, right - inset);
    if (end > from) pixels.fill(pixel, y * width + from, y * width + end);
  }
}
