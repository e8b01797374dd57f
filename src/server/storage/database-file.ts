import { closeSync, constants, fchmodSync, lstatSync, openSync, readSync, statSync } from 'node:fs';
import type Database from 'libsql';
import * as z from 'zod/mini';

const SQLITE_MAGIC = 'SQLite format 3\0';

/** Creates the file if there is none and makes it private. Returns whether its content is certainly no database. */
export function createPrivateFile(file: string): boolean {
  const { O_RDWR, O_CREAT, O_APPEND, O_NOFOLLOW } = constants;
  const handle = openSync(file, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW, 0o600);
  try {
    fchmodSync(handle, 0o600);
    const head = Buffer.alloc(SQLITE_MAGIC.length);
    const length = readSync(handle, head, 0, head.length, 0);
    return length > 0 && head.toString('latin1', 0, length) !== SQLITE_MAGIC;
  } finally {
    closeSync(handle);
  }
}

/**
 * Throws once the file, or its write-ahead log, has been deleted or replaced: SQLite would go on writing to what no name leads to
 * any more, and the next start would find none of it.
 */
export function inPlaceCheck(file: string): () => void {
  const parts = [file, `${file}-wal`].flatMap((name) => {
    const opened = statSync(name, { throwIfNoEntry: false });
    return opened === undefined ? [] : [{ name, ino: opened.ino, dev: opened.dev }];
  });
  return () => {
    for (const { name, ino, dev } of parts) {
      const now = statSync(name, { throwIfNoEntry: false });
      if (now?.ino !== ino || now.dev !== dev) throw new Error(`${name} was deleted or replaced`);
    }
  };
}

/** Whether others who can write to the folder may have led the name somewhere else. SQLite follows such a link. */
export function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** The number `n` of a query with one row. */
export function numberIn(db: Database.Database, sql: string): number {
  return z.object({ n: z.number() }).parse(db.prepare(sql).get()).n;
}

/** The system's or SQLite's code of an error, such as `ENOSPC`; empty where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
