/** What a container of fixed height can show. Sizes in px. */
export interface LineSpace {
  readonly width: number;
  readonly lines: number;
  readonly gap: number;
  /** The width kept free at the side for the count of what does not fit, when something does not. */
  readonly countWidth: number;
}

/** How many of the items, in order and wrapped like text, do not fit. */
export function hiddenCount(widths: readonly number[], space: LineSpace): number {
  if (fitting(widths, space.width, space) === widths.length) return 0;
  return widths.length - fitting(widths, space.width - space.countWidth, space);
}

function fitting(widths: readonly number[], width: number, { lines, gap }: LineSpace): number {
  let line = 1;
  let used = 0;
  for (const [index, item] of widths.entries()) {
    if (used > 0 && used + gap + item > width) {
      line += 1;
      used = item;
    } else used += (used > 0 ? gap : 0) + item;
    if (line > lines) return index;
  }
  return widths.length;
}
