import { statSync } from 'node:fs';
import * as z from 'zod/mini';
import type { Identity } from '../../backend/auth/sessions.ts';
import type { Clock } from '../../clock.ts';
import { toGrant, storedGrant } from './stored-grant.ts';
import { readPrivateFile, withFileLocked, writePrivateFile } from './private-file.ts';

const token = z.object({
  name: z.string(),
  ...storedGrant,
  /** SHA-256 of the token. */
  hash: z.string(),
  createdAt: z.number(),
  /** Null: valid until withdrawn. */
  endsAt: z.nullable(z.number()),
});
const content = z.object({ tokens: z.array(token) });

/** A script's token as stored: only its hash. Times are ms since 1970. */
export type StoredToken = z.infer<typeof token>;

/** The tokens in a file; none when it does not exist. Throws for a file that is unreadable or that others may have written. */
export function readTokens(file: string): readonly StoredToken[] {
  let text;
  try {
    text = readPrivateFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  return content.parse(JSON.parse(text)).tokens;
}

/**
 * Replaces the tokens in a file under its lock: `change` returns the new ones, or a text that says why not, and then the file
 * stays unchanged. Throws as `readTokens` does, and when the file can't be written.
 */
export function changeTokens(
  file: string,
  change: (kept: readonly StoredToken[]) => readonly StoredToken[] | string,
): string | null {
  return withFileLocked(file, () => {
    const next = change(readTokens(file));
    if (typeof next === 'string') return next;
    writePrivateFile(file, `${JSON.stringify({ tokens: next }, null, 2)}\n`);
    return null;
  });
}

/** How often the file is checked for changes, ms. */
const CHECK_INTERVAL = 1_000;

/**
 * Looks up a script by its token's hash in a file that commands write: within a second a new token is accepted and a withdrawn
 * one refused. While the file is unreadable, no token is accepted.
 */
export function createTokenLookup({
  file,
  clock,
}: {
  readonly file: string;
  readonly clock: Clock;
}): (hash: string) => Identity | null {
  let checkedAt = Number.NEGATIVE_INFINITY;
  /** Of the file that `byHash` was read from; null after a failed read, so that the next check reads again. */
  let stamp: string | null = null;
  let byHash: ReadonlyMap<string, StoredToken> = new Map();

  function refresh() {
    const now = clock.now();
    // A clock that jumped back must not postpone the next check.
    if (now >= checkedAt && now - checkedAt < CHECK_INTERVAL) return;
    checkedAt = now;
    try {
      const { ino = 0, mtimeMs = 0, size = 0 } = statSync(file, { throwIfNoEntry: false }) ?? {};
      const next = `${String(ino)} ${String(mtimeMs)} ${String(size)}`;
      if (next === stamp) return;
      byHash = new Map(readTokens(file).map((each) => [each.hash, each]));
      stamp = next;
    } catch {
      byHash = new Map();
      stamp = null;
    }
  }

  return (hash) => {
    refresh();
    const found = byHash.get(hash);
    if (found === undefined || (found.endsAt !== null && clock.now() >= found.endsAt)) return null;
    return { name: found.name, grant: toGrant(found) };
  };
}
