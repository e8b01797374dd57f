import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';

/** Writes a file with mode 0600 atomically: a reader sees either the old text or the new one. Throws Node's error. */
export function writePrivateFile(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${randomUUID()}`;
  writeFileSync(next, text, { mode: 0o600, flag: 'wx' });
  renameSync(next, file);
}

/** A lock of this age was left behind by a killed command, ms. */
const STALE_LOCK_AGE = 30_000;

/** How long to wait for another command's lock, and how often to check, ms. */
const LOCK_WAIT = { ms: 5_000, between: 20 };

/**
 * Runs `act` under an advisory lock on a file, so that of two concurrent read-modify-writes none undoes the other. Throws when
 * the lock is not released in time.
 */
export function withFileLocked<T>(file: string, act: () => T, wait = LOCK_WAIT): T {
  const lock = `${file}.lock`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  for (let waited = 0; !makeNew(lock); waited += wait.between) {
    const age = Date.now() - (lstatSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > STALE_LOCK_AGE) rmSync(lock, { force: true });
    else if (waited >= wait.ms) throw new Error(`another command has it; if none runs, remove ${lock}`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, wait.between);
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Creates an empty file; false when it exists. */
function makeNew(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx', 0o600));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Reads a file that grants access. It must belong to this user or root, not be writable by others and be no symbolic link; otherwise
 * anybody who can write to its folder could grant themselves access. Throws Node's error, or one that says so.
 */
export function readPrivateFile(file: string): string {
  const handle = openUnlinked(file);
  try {
    const { uid, mode } = fstatSync(handle);
    const own = process.getuid?.() ?? uid;
    if ((uid !== own && uid !== 0) || (mode & 0o002) !== 0)
      throw new Error(`${file} is another user's, or everybody may write it`);
    return readFileSync(handle, 'utf8');
  } finally {
    closeSync(handle);
  }
}

/** Opens a file for reading, but not through a symbolic link. Throws as above. */
function openUnlinked(file: string): number {
  try {
    return openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ELOOP') throw linkError(file);
    throw error;
  }
}

/** Throws for a symbolic link. What does not exist is none. */
export function assertNoLink(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) throw linkError(path);
}

function linkError(path: string): Error {
  return new Error(`${path} is a symbolic link, which is not followed; remove it`);
}
