import type { Secrets } from '../../backend/auth/secrets.ts';

/** Predictable secrets: numbered, and hashed by reversing them. */
export function plainSecrets(): Secrets {
  let count = 0;
  return {
    random: () => `secret-${String((count += 1))}`,
    hash: (secret) => `#${Array.from(secret).toReversed().join('')}`,
  };
}
