import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import * as z from 'zod/mini';
import { decodeFrame } from '../../backend/usage/frames.ts';
import { decodeTotals } from '../../backend/usage/totals.ts';
import { DAY, type UsageStore } from '../../backend/usage/usage-store.ts';
import type { Clock } from '../../clock.ts';
import type { NotOpenedCause } from '../../contract/rays.ts';
import { codeOf, createPrivateFile, inPlaceCheck, isLink, numberIn } from './database-file.ts';
import { closeDatabase, createSqliteUsageStore } from './sqlite-usage-store.ts';

/** Schema migrations, each from one version to the next; their number is the newest version that this console reads. */
const migrations = [
  `CREATE TABLE series (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, cluster_id TEXT, template_id TEXT) STRICT;
   CREATE TABLE minutes (at INTEGER PRIMARY KEY, minutes INTEGER NOT NULL, is_key INTEGER NOT NULL, frame BLOB NOT NULL) STRICT;
   CREATE INDEX minutes_keys ON minutes (at) WHERE is_key = 1;
   CREATE TABLE clusters (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
   CREATE TABLE blocks (id INTEGER PRIMARY KEY, block BLOB NOT NULL) STRICT;
   CREATE TABLE days (day INTEGER PRIMARY KEY, totals BLOB NOT NULL) STRICT;`,
  `CREATE TABLE usage (simulated_until INTEGER) STRICT;
   INSERT INTO usage VALUES (NULL);`,
  // Days of virtual clusters by minutes: the table is the same, but an older console can't read them.
  '',
  // And with sums over the day before them.
  '',
];

/** How long to wait for a console that is shutting down to unlock the file, ms. */
const BUSY_TIMEOUT = 3_000;

export type OpenedUsage =
  /** `warning`: one line about a file that was set aside; null: none was. */
  | { readonly ok: true; readonly store: UsageStore; readonly warning: string | null }
  /** `message`: one line that says why not and what to do. */
  | { readonly ok: false; readonly message: string; readonly cause: NotOpenedCause };

/**
 * Opens the file of usage, and creates it if there is none. Only its owner may read it. A damaged one is set aside, never
 * overwritten; one written by a newer console is left untouched. What a lost minute costs is a gap, so writes are not synced.
 */
export function openUsageFile({ file, clock }: { readonly file: string; readonly clock: Clock }): OpenedUsage {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const link = ['', '-wal', '-shm'].map((ending) => file + ending).find(isLink);
    if (link !== undefined)
      return refused('usage-link', link, `${link} is a symbolic link, which usage does not follow. Remove it`);
    const first: Attempt = createPrivateFile(file) ? { kind: 'damaged', why: 'it is no database' } : open(file);
    if (first.kind !== 'damaged') return opened(first, file, null);
    const aside = `${file}.damaged-${new Date(clock.now()).toISOString().replaceAll(/[-:.]/g, '')}`;
    for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
    createPrivateFile(file);
    const warning = `The usage ${file} can't be read (${first.why}). It was set aside as ${aside}; usage begins anew.`;
    return opened(open(file), file, warning);
  } catch (error) {
    const folder = dirname(file);
    return refused('usage-not-writable', folder, `Usage can't be written in ${folder} (${codeOf(error)})`);
  }
}

type Attempt =
  | { readonly kind: 'open'; readonly store: UsageStore }
  | { readonly kind: 'damaged' | 'failed'; readonly why: string }
  | { readonly kind: 'newer'; readonly version: number };

function open(file: string): Attempt {
  let db: Database.Database | null = null;
  try {
    db = new Database(file, { timeout: BUSY_TIMEOUT });
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE; COMMIT;',
    );
    const version = numberIn(db, 'SELECT user_version AS n FROM pragma_user_version');
    if (version > migrations.length) return closed(db, { kind: 'newer', version });
    if (version === 0 && numberIn(db, 'SELECT count(*) AS n FROM sqlite_schema') > 0)
      return closed(db, { kind: 'damaged', why: 'it is a database of something else' });
    for (const [before, migration] of migrations.entries()) {
      if (before >= version)
        db.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${String(before + 1)}; COMMIT;`);
    }
    // Not the blocks: a file may be as large as 300 MB, and a start should take a second.
    for (const table of ['series', 'minutes', 'clusters', 'days', 'usage']) {
      const flaw = z.object({ quick_check: z.string() }).parse(db.prepare(`PRAGMA quick_check(${table})`).get());
      if (flaw.quick_check !== 'ok')
        return closed(db, { kind: 'damaged', why: flaw.quick_check.replaceAll(/\s+/g, ' ') });
    }
    const store = createSqliteUsageStore(db, inPlaceCheck(file));
    readOnce(store);
    return { kind: 'open', store };
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : 'it failed';
    const isOther = ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_CANTOPEN', 'SQLITE_READONLY', 'SQLITE_IOERR'].some((each) =>
      codeOf(error).startsWith(each),
    );
    return closed(db, { kind: isOther ? 'failed' : 'damaged', why });
  }
}

/** Reads what a start reads, without playing it: throws where that is damaged. */
function readOnce(store: UsageStore): void {
  const keys = store.series();
  const lastDay = store.days().at(-1);
  if (lastDay !== undefined) decodeTotals(lastDay, store.day(lastDay) ?? new Uint8Array(), keys);
  for (const { frame } of store.minutes(lastDay === undefined ? 0 : lastDay + DAY, Number.MAX_SAFE_INTEGER))
    decodeFrame(frame, keys, NONE);
}
const NONE: ReadonlySet<number> = new Set();

function closed(db: Database.Database | null, attempt: Attempt): Attempt {
  if (db !== null) closeDatabase(db);
  return attempt;
}

function opened(attempt: Attempt, file: string, warning: string | null): OpenedUsage {
  switch (attempt.kind) {
    case 'open':
      return { ok: true, store: attempt.store, warning };
    case 'newer':
      return refused(
        'usage-newer',
        file,
        `The usage ${file} was written by a newer console (version ${String(attempt.version)} of its form; this one knows ${String(migrations.length)}). Start that one`,
      );
    case 'damaged':
    case 'failed':
      return refused('usage-not-writable', file, `Usage can't be kept in ${file} (${attempt.why})`);
  }
}

function refused(code: NotOpenedCause['code'], at: string, why: string): OpenedUsage {
  return {
    ok: false,
    cause: { code, at },
    message: `${why}, give another folder: --data-dir <path>, or keep no usage: --usage-days 0.`,
  };
}
