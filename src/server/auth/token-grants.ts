import type { TokenGrant } from '../../backend/auth/author-right.ts';
import type { Clock } from '../../clock.ts';
import { toGrant } from './stored-grant.ts';
import { readTokens, type StoredToken } from './token-file.ts';

/** How often the file is read again at most, ms. */
const READ_INTERVAL = 1_000;

/** Looks up what a token may do by its name, for what its script asked for before. */
export function createTokenGrants({ file, clock }: { readonly file: string; readonly clock: Clock }): TokenGrant {
  let readAt = Number.NEGATIVE_INFINITY;
  /** Null: unreadable. */
  let tokens: readonly StoredToken[] | null = null;

  function refresh() {
    const now = clock.now();
    // A clock that jumped back must not postpone the next read.
    if (now >= readAt && now - readAt < READ_INTERVAL) return;
    readAt = now;
    try {
      tokens = readTokens(file);
    } catch {
      tokens = null;
    }
  }

  return (name) => {
    refresh();
    if (tokens === null) return 'unknown';
    const found = tokens.find((token) => token.name === name);
    if (found === undefined || (found.endsAt !== null && clock.now() >= found.endsAt)) return null;
    return toGrant(found);
  };
}
