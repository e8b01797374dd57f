import * as z from 'zod/mini';

/**
 * How somebody came in: `local`: this console asks nobody to sign in · `link`: by a sign-in link · `token`: a script by its
 * token · `proxy`: a proxy signed them in.
 */
export const authMethod = z.enum(['local', 'link', 'token', 'proxy']);
export type AuthMethod = z.infer<typeof authMethod>;
