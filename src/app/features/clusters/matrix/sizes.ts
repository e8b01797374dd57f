/** Sizes of the matrix in px, as in its styles. */
export const ROW = 24;
/** Two lines of a template's name, and one of what is free. */
export const HEAD = 60;
/** The least width of a column. */
export const COLUMN = 88;
/** Where there is room, a column becomes at most twice as wide, and the ids by so many times as much. */
const ID_GROWTH = 1.5;
const BORDERS = 2;
const FIXED = 256;
const FIXED_NARROW = 176;
const NARROW = 480;

/** Whether the matrix is too narrow for wide ids. */
export function isNarrow(width: number): boolean {
  return width < NARROW;
}

/** The width with so many columns beyond which the matrix does not grow: counts far apart are hard to follow along a row. */
export function mostWidth(columns: number): number {
  return FIXED + columns * COLUMN + (columns + ID_GROWTH) * COLUMN + BORDERS;
}

/** The ids and the total, which stay in sight. */
export function fixedWidth(width: number): number {
  return isNarrow(width) ? FIXED_NARROW : FIXED;
}
