import { expect, test } from 'vitest';
import { fillCard } from './raster-card.ts';

function filled(box: Parameters<typeof fillCard>[1], radius: number, width = 8, height = 5): string {
  const pixels = new Uint32Array(width * height);
  fillCard({ pixels, width, height }, box, radius, 7);
  return Array.from({ length: height }, (_, y) =>
    [...pixels.subarray(y * width, (y + 1) * width)].map((pixel) => (pixel === 7 ? '#' : '.')).join(''),
  ).join('\n');
}

test('a card has its ground with round corners, in whole pixels', () => {
  expect(filled({ x: 1.2, y: 0.9, width: 6, height: 3 }, 0)).toBe('........\n.######.\n.######.\n.######.\n........');
  expect(filled({ x: 0, y: 0, width: 8, height: 5 }, 2)).toBe('.######.\n########\n########\n########\n.######.');
});

test('what of a card is outside of the picture is left out', () => {
  expect(filled({ x: -4, y: -3, width: 7, height: 5 }, 2)).toBe('###.....\n##......\n........\n........\n........');
  expect(filled({ x: 5, y: 3, width: 90, height: 90 }, 0)).toBe('........\n........\n........\n.....###\n.....###');
  expect(filled({ x: 20, y: 1, width: 4, height: 3 }, 1)).not.toContain('#');
});
