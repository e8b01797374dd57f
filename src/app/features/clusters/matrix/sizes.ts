/** Sizes of the matrix in px, as in its styles. */
export const ROW = 24;
/** Two lines of a template's name, and one of what is free. */
export const HEAD = 60;
export const COLUMN = 88;
const FIXED = 256;
const FIXED_NARROW = 176;
const NARROW = 480;

/** Whether the matrix is too narrow for wide ids. */
export function isNarrow(width: number): boolean {
  return width < NARROW;
}

/** The ids and the total, which stay in sight. */
export function fixedWidth(width: number): number {
  return isNarrow(width) ? FIXED_NARROW : FIXED;
}
