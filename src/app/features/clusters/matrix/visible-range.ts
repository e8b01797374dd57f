/** Items drawn beyond the visible ones in each direction. */
const OVERSCAN = 3;

/** Which of equally large items a scrolled window shows, the end excluded. Sizes and positions in px. */
export function visibleRange(
  scrolled: number,
  windowSize: number,
  itemSize: number,
  count: number,
): readonly [from: number, to: number] {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / itemSize)) - OVERSCAN);
  return [from, Math.max(from, Math.min(count, Math.ceil((scrolled + windowSize) / itemSize) + OVERSCAN))];
}
