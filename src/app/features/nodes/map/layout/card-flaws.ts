import type { CardMetrics } from './card-metrics.ts';
import type { CardRequest } from './fit-cards.ts';
import type { Box } from './viewport.ts';

/** How much the emptiest card counts, whatever its size: a small one may be little more than a hole, too. */
const WORST_COUNTS = 0.4;
/** A card longer than this, compared to its other side, is a strip, and how much each time more counts. */
const STRIP = 4;
const STRIP_COUNTS = 0.02;

/**
 * What is wrong with cards in these boxes, from 0: the square of what each leaves empty, as one large hole is seen before many
 * small ones, and that one is a strip. It can be compared between cells of different sizes.
 */
export function flawsOf(cards: readonly CardRequest[], boxes: readonly Box[], { pad, head }: CardMetrics): number {
  let [squares, all, worst, longest] = [0, 0, 0, STRIP];
  for (const [index, { slots }] of cards.entries()) {
    const { width, height } = boxes[index] ?? { width: 1, height: 1 };
    const room = (width - 2 * pad) * (height - head - 2 * pad);
    const empty = 1 - slots / Math.max(slots, 1, room);
    squares += (width * height * empty) ** 2;
    all += width * height;
    worst = Math.max(worst, empty);
    longest = Math.max(longest, width / height, height / width);
  }
  return (
    (cards.length * squares) / Math.max(1, all ** 2) + WORST_COUNTS * worst ** 2 + STRIP_COUNTS * (longest - STRIP)
  );
}
