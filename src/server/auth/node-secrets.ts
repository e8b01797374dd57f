import { createHash, randomBytes } from 'node:crypto';
import type { Secrets } from '../../backend/auth/secrets.ts';

/** Secrets from Node's cryptographic random source. */
export const nodeSecrets: Secrets = {
  random: () => randomBytes(32).toString('base64url'),
  hash: (secret) => createHash('sha256').update(secret).digest('hex'),
};
