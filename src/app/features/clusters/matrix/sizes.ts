/** Sizes of the matrix in px, as in its styles. */
export const ROW = 24;
export const HEAD = 44;
export const COLUMN = 88;
/** The ids and the total, which stay in sight. */
export const FIXED = 256;
