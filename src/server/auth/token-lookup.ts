import { statSync } from 'node:fs';
import type { TokenGrant } from '../../backend/auth/author-right.ts';
import type { Identity } from '../../backend/auth/sessions.ts';
import type { Clock } from '../../clock.ts';
import { toGrant } from './stored-grant.ts';
import { readTokens, type StoredToken } from './token-file.ts';

interface TokenSource {
  /** Commands write it: within a second a new token is accepted and a withdrawn one refused. */
  readonly file: string;
  readonly clock: Clock;
}

/** How often the file is checked for changes, ms. */
const CHECK_INTERVAL = 1_000;

/** Looks up a script by its token's hash. While the file is unreadable, no token is accepted. */
export function createTokenLookup(source: TokenSource): (hash: string) => Identity | null {
  const find = createTokenFinder(source);
  return (hash) => {
    const found = find((token) => token.hash === hash);
    return found === null || found === 'unreadable' ? null : { name: found.name, grant: toGrant(found) };
  };
}

/** Looks up what a token may do by its name, for what its script asked for before. */
export function createTokenGrants(source: TokenSource): TokenGrant {
  const find = createTokenFinder(source);
  return (name) => {
    const found = find((token) => token.name === name);
    if (found === 'unreadable') return 'unknown';
    return found === null ? null : toGrant(found);
  };
}

/** Finds a token that has not ended; null for none. */
function createTokenFinder({
  file,
  clock,
}: TokenSource): (isWanted: (token: StoredToken) => boolean) => StoredToken | 'unreadable' | null {
  let checkedAt = Number.NEGATIVE_INFINITY;
  /** Of the file that `tokens` was read from; null after a failed read, so that the next check reads again. */
  let stamp: string | null = null;
  let tokens: readonly StoredToken[] | 'unreadable' = 'unreadable';

  function refresh() {
    const now = clock.now();
    // A clock that jumped back must not postpone the next check.
    if (now >= checkedAt && now - checkedAt < CHECK_INTERVAL) return;
    checkedAt = now;
    try {
      // The time of the inode changes with who may write the file, too.
      const { ino = 0, ctimeMs = 0, mtimeMs = 0, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      const next = [ino, ctimeMs, mtimeMs, size].join(' ');
      if (next === stamp) return;
      tokens = readTokens(file);
      stamp = next;
    } catch {
      tokens = 'unreadable';
      stamp = null;
    }
  }

  return (isWanted) => {
    refresh();
    if (tokens === 'unreadable') return 'unreadable';
    const found = tokens.find(isWanted);
    return found === undefined || (found.endsAt !== null && clock.now() >= found.endsAt) ? null : found;
  };
}
