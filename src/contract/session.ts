import * as z from 'zod/mini';

/** `GET /api/session`: who am I, what may I do, which Ray is this. */
export const session = z.object({
  who: z.string(),
  mayWrite: z.boolean(),
  /** Why not, in words; null when writing is allowed. */
  mayNotWriteBecause: z.nullable(z.string()),
  ray: z.object({
    /** `http://host:8265`, or `simulator`. */
    address: z.string(),
    simulated: z.boolean(),
    /** Null until Ray has told it. */
    version: z.nullable(z.string()),
    sessionName: z.nullable(z.string()),
  }),
  consoleVersion: z.string(),
});
export type Session = z.infer<typeof session>;
