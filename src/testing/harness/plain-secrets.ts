import type { Secrets } from '../../backend/auth/secrets.ts';

/** Secrets that a test can read: numbered, and hashed by turning them around. */
export function plainSecrets(): Secrets {
  let made = 0;
  return {
    random: () => `secret-${String((made += 1))}`,
    hash: (secret) => `#${Array.from(secret).toReversed().join('')}`,
  };
}
