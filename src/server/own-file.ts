import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Writes a file that only its owner may read, as a whole: whoever reads it meets the old text or the new one. Throws Node's error. */
export function writeOwnFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${randomUUID()}`;
  writeFileSync(next, text, { mode: 0o600, flag: 'wx' });
  renameSync(next, file);
}

/**
 * Reads a file whose words let people in: it must be this user's or root's, and not everybody's to write, or whoever may write
 * into its folder could let themselves in. Throws Node's error, or one that says so.
 */
export function readOwnFile(file: string): string {
  const handle = openSync(file, 'r');
  try {
    const { uid, mode } = fstatSync(handle);
    const own = process.getuid?.() ?? uid;
    if ((uid !== own && uid !== 0) || (mode & 0o002) !== 0) throw new Error(`${file} is another user's, or everybody may write it`);
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}
