/** What a container of fixed height can show. Sizes in px. */
export interface LineSpace {
  readonly width: number;
  readonly lines: number;
  readonly gap: number;
  /** The width kept free at the end of the last line for the count of what does not fit. */
  readonly countWidth: number;
}

/**
 * How many of the items, in order and wrapped like text, fit; one that is wider than a line has one of its own, where it is cut. With
 * `countWidth` it is counted what does not.
 */
export function fittingCount(widths: readonly number[], { width, lines, gap, countWidth }: LineSpace): number {
  let line = 1;
  let used = 0;
  for (const [index, item] of widths.entries()) {
    if (used > 0 && used + gap + item > width - (line < lines ? 0 : countWidth)) {
      line += 1;
      used = item;
      // The count stands on the last line: what is cut there would leave it no room.
      if (line > lines || (line === lines && countWidth > 0 && item > width - countWidth)) return index;
    } else used += (used > 0 ? gap : 0) + item;
  }
  return widths.length;
}
