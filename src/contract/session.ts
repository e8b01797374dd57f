import * as z from 'zod/mini';
import { authMethod } from './auth-method.ts';

/** `GET /api/session`: the principal, their rights, and the Ray that is shown. */
export const session = z.object({
  who: z.string(),
  mayWrite: z.boolean(),
  /** Why not, in words; null when writing is allowed. */
  mayNotWriteBecause: z.nullable(z.string()),
  /** The same for a page that has words of its own. */
  mayNotWriteReason: z.optional(z.nullable(z.enum(['started-read-only', 'viewer', 'list-unreadable', 'other-rays']))),
  /** Patterns of the ids that the principal may change (`team-a-*`); null for all. */
  clusters: z.nullable(z.array(z.string())),
  via: authMethod,
  ray: z.object({
    /** Its name among several; left out: it is the only one. */
    name: z.optional(z.string()),
    /** `http://host:8265`, or `simulator`. */
    address: z.string(),
    /** Where browsers reach its dashboard, without a slash at its end; null if it is not configured. */
    dashboardUrl: z.nullable(z.string()),
    simulated: z.boolean(),
    /** Null until it has been read from Ray. */
    version: z.nullable(z.string()),
    sessionName: z.nullable(z.string()),
  }),
  consoleVersion: z.string(),
});
export type Session = z.infer<typeof session>;

/** The body of `POST /api/sign-in`: the token of a sign-in link. */
export const signInRequest = z.object({ token: z.string().check(z.minLength(1), z.maxLength(200)) });
