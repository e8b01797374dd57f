import * as z from 'zod/mini';
import type { Grant } from '../../backend/auth/authenticator.ts';

/** A grant as files keep it. */
export const storedGrant = { role: z.enum(['viewer', 'operator']), clusters: z.nullable(z.array(z.string())) };

/** The grant of what a file keeps beside other things. */
export function toGrant({ role, clusters }: Grant): Grant {
  return { role, clusters };
}
