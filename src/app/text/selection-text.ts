import { selection } from './en/selection.ts';

/** The words of what is done with several virtual clusters. Not in `text`: they are loaded once one is selected. */
export const selectionText: typeof selection = selection;
