import { attention } from './en/attention.ts';

/** The words of the groups of what needs attention. Not in `text`: they are loaded with what stands beside the overview's bars. */
export const attentionText: typeof attention = attention;
