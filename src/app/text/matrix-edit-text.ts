import { matrixEdit } from './en/matrix-edit.ts';

/** The words of typing in the matrix. Not in `text`: they are loaded with the matrix. */
export const matrixEditText: typeof matrixEdit = matrixEdit;
