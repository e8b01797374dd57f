import * as z from 'zod/mini';
import { storedGrant } from './stored-grant.ts';
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
