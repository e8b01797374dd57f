import * as z from 'zod/mini';
import type { Grant } from '../../backend/auth/authenticator.ts';

/** The fields of a grant in a stored record. */
export const storedGrant = { role: z.enum(['viewer', 'operator']), clusters: z.nullable(z.array(z.string())) };

/** The grant of a stored record. */
export function toGrant({ role, clusters }: Grant): Grant {
  return { role, clusters };
}
