import * as z from 'zod/mini';

/**
 * Every error of the console's own paths (not of `/virtual_clusters`): a code for programs and
 * one sentence in the user's words.
 */
export const problem = z.object({ problem: z.string(), detail: z.string() });
export type Problem = z.infer<typeof problem>;
