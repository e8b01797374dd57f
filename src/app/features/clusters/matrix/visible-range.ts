/**
 * Which of equally large items to draw for a scrolled window, the end excluded: the visible ones and some beyond, in steps of as
 * many, so that most scrolled frames draw nothing new. Sizes and positions in px.
 */
export function visibleRange(
  scrolled: number,
  windowSize: number,
  itemSize: number,
  count: number,
  step: number,
): readonly [from: number, to: number] {
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / itemSize)));
  const last = Math.min(count, Math.ceil((scrolled + windowSize) / itemSize));
  const from = Math.floor(Math.max(0, first - 1) / step) * step;
  return [from, Math.max(from, Math.min(count, Math.ceil((last + 1) / step) * step))];
}
