import * as z from 'zod/mini';

/**
 * How somebody came in: `local`: this console asks nobody to sign in · `link`: by a sign-in link · `token`: a script by its
 * token · `proxy`: a proxy signed them in.
 */
export const via = z.enum(['local', 'link', 'token', 'proxy']);
export type Via = z.infer<typeof via>;
