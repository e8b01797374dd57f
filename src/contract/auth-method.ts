import * as z from 'zod/mini';

/**
 * How a principal was authenticated. `local`: the console runs without sign-in · `link`: a sign-in link · `token`: a script's
 * token · `proxy`: a proxy signed them in.
 */
export const authMethod = z.enum(['local', 'link', 'token', 'proxy']);
export type AuthMethod = z.infer<typeof authMethod>;

/** The name of everybody on a console without sign-in, also in the journal. */
export const LOCAL_PERSON = 'local administrator';
