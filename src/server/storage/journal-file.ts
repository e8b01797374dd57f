import { closeSync, constants, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import * as z from 'zod/mini';
import type { Retention } from '../../backend/journal/change-log.ts';
import type { Clock } from '../../clock.ts';
import type { NotOpenedCause } from '../../contract/rays.ts';
import { codeOf, createPrivateFile, inPlaceCheck, isLink, numberIn } from './database-file.ts';
import type { JournalStores } from './journal-stores.ts';
import { createSqliteChangeLog } from './sqlite-change-log.ts';
import { SPEED_INDEXES } from './sqlite-change-reads.ts';
import { createSqliteProfileLog, PROFILE_TABLES } from './sqlite-profile-log.ts';
import { MAX_OBSERVED_DAYS } from '../../backend/journal/observation-log.ts';
import { createSqliteObservationLog, OBSERVATIONS_TABLE } from './sqlite-observation-log.ts';
import { createSqlitePlanStore, PLANS_TABLE } from './sqlite-plan-store.ts';

/** Schema migrations, each from one version to the next; their number is the newest version that this console reads. */
const migrations = [
  `CREATE TABLE changes (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     cluster_id TEXT NOT NULL,
     parent_id TEXT NOT NULL,
     who TEXT NOT NULL,
     asked_at INTEGER NOT NULL,
     outcome TEXT NOT NULL,
     sent_on TEXT,
     made TEXT,
     record TEXT NOT NULL,
     members TEXT
   ) STRICT;
   CREATE INDEX changes_by_cluster ON changes (cluster_id);
   CREATE INDEX changes_by_parent ON changes (parent_id);
   CREATE INDEX changes_by_time ON changes (asked_at);
   CREATE INDEX changes_open ON changes (number) WHERE outcome = 'open';
   CREATE TABLE journal (since INTEGER NOT NULL) STRICT;
   INSERT INTO journal VALUES (CAST(unixepoch('subsec') * 1000 AS INTEGER));`,
  `CREATE TABLE abandonments (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL,
     cluster_id TEXT NOT NULL,
     who TEXT NOT NULL,
     at INTEGER NOT NULL,
     UNIQUE (id, cluster_id)
   ) STRICT;
   CREATE INDEX abandonments_by_time ON abandonments (at);
   CREATE INDEX abandonments_by_who ON abandonments (who, number);`,
  PROFILE_TABLES,
  OBSERVATIONS_TABLE,
  PLANS_TABLE,
];

/** The most of what was seen that is kept: about 20 MB. */
const MAX_OBSERVATIONS = 50_000;

/** How long to wait for a console that is shutting down to unlock the file, ms. */
const BUSY_TIMEOUT = 3_000;

export type OpenedJournal =
  /** `warning`: one line about a file that was set aside; null: none was. */
  | ({ readonly ok: true; readonly warning: string | null } & JournalStores)
  /** `message`: one line that says why not and what to do. */
  | { readonly ok: false; readonly message: string; readonly cause: NotOpenedCause };

type JournalOptions = Retention & {
  readonly file: string;
  readonly clock: Clock;
  /** How long the process may stand still for a file that is locked, ms; left out: 3 s. */
  readonly busyTimeout?: number | undefined;
};

/**
 * Opens the journal's file, and creates it if there is none. Only its owner may read it, and only one console may open it.
 * An unreadable file is set aside, never overwritten; a file written by a newer console is left untouched.
 */
export function openJournalFile(options: JournalOptions): OpenedJournal {
  const { file } = options;
  let isNone;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const link = ['', '-wal', '-shm'].map((ending) => file + ending).find(isLink);
    if (link !== undefined) return isALink(link);
    isNone = createPrivateFile(file);
  } catch (error) {
    assertFilesLeft(error);
    return notWritable(dirname(file), codeOf(error));
  }
  // SQLite would discard the write-ahead log of such a file.
  const first: Attempt = isNone ? { kind: 'damaged', why: 'it is no database' } : open(options);
  if (first.kind !== 'damaged') return opened(first, file, null);
  const aside = `${file}.damaged-${new Date(options.clock.now()).toISOString().replaceAll(/[-:.]/g, '')}`;
  try {
    for (const ending of ['', '-wal', '-shm']) if (existsSync(file + ending)) renameSync(file + ending, aside + ending);
    createPrivateFile(file);
  } catch (error) {
    return notWritable(dirname(file), codeOf(error));
  }
  return opened(
    open(options),
    file,
    `The journal ${file} can't be read (${first.why}). It was set aside as ${aside}; a new journal begins.`,
  );
}

type Attempt =
  | ({ readonly kind: 'open' } & JournalStores)
  | { readonly kind: 'damaged'; readonly why: string }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'in-use' }
  | { readonly kind: 'failed'; readonly why: string };

function open(options: JournalOptions): Attempt {
  let db: Database.Database | null = null;
  try {
    db = new Database(options.file, { timeout: options.busyTimeout ?? BUSY_TIMEOUT });
    // The operating system releases the lock when the process ends, however it ends.
    db.exec(
      'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; BEGIN IMMEDIATE; COMMIT;',
    );
    const version = numberIn(db, 'SELECT user_version AS n FROM pragma_user_version');
    if (version > migrations.length) return closed(db, { kind: 'newer', version });
    if (version === 0 && numberIn(db, 'SELECT count(*) AS n FROM sqlite_schema') > 0) {
      return closed(db, { kind: 'damaged', why: 'it is a database of something else' });
    }
    const flaw = z.object({ quick_check: z.string() }).parse(db.prepare('PRAGMA quick_check(1)').get()).quick_check;
    if (flaw !== 'ok') return closed(db, { kind: 'damaged', why: flaw.replaceAll(/\s+/g, ' ') });
    for (const [before, migration] of migrations.entries()) {
      if (before >= version)
        db.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${String(before + 1)}; COMMIT;`);
    }
    try {
      db.exec(SPEED_INDEXES);
    } catch {
      // On a full disk: everything can be read without them.
    }
    const parts = { ...options, assertInPlace: inPlaceCheck(options.file) };
    return {
      kind: 'open',
      log: createSqliteChangeLog(db, parts),
      profiles: createSqliteProfileLog(db, parts),
      observations: createSqliteObservationLog(db, {
        ...parts,
        days: Math.min(options.days, MAX_OBSERVED_DAYS),
        most: MAX_OBSERVATIONS,
      }),
      plans: createSqlitePlanStore(db, parts),
    };
  } catch (error) {
    assertFilesLeft(error);
    const why = error instanceof Error ? error.message : 'it failed';
    const code = codeOf(error);
    if (code === 'SQLITE_BUSY') return closed(db, { kind: 'in-use' });
    // SQLite reports a missing table or column as a plain SQLITE_ERROR.
    const isDamage = ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR'].some((each) => code.startsWith(each));
    return closed(db, isDamage ? { kind: 'damaged', why } : { kind: 'failed', why });
  }
}

function closed(db: Database.Database | null, attempt: Attempt): Attempt {
  db?.close();
  return attempt;
}

function opened(attempt: Attempt, file: string, warning: string | null): OpenedJournal {
  switch (attempt.kind) {
    case 'open': {
      const { log, profiles, observations, plans } = attempt;
      return { ok: true, log, profiles, observations, plans, warning };
    }
    case 'newer':
      return {
        ok: false,
        cause: { code: 'journal-newer', at: file },
        message: `The journal ${file} was written by a newer console (version ${String(attempt.version)} of its form; this one knows ${String(migrations.length)}). Start that one, or give this one another folder: --data-dir <path>.`,
      };
    case 'in-use':
      return {
        ok: false,
        cause: { code: 'journal-in-use', at: file },
        message: `Another console has the journal ${file} open. Stop that one, or give this one another folder: --data-dir <path>.`,
      };
    case 'damaged':
    case 'failed':
      return notWritable(dirname(file), attempt.why);
  }
}

function notWritable(folder: string, why: string): OpenedJournal {
  return {
    ok: false,
    cause: { code: 'journal-not-writable', at: folder },
    message: `The journal can't be written in ${folder} (${why}). Give another folder: --data-dir <path>.`,
  };
}

/** Throws the system's error when the process may open no more files: SQLite only says that it can't open its own. */
function assertFilesLeft(error: unknown): void {
  if (['EMFILE', 'ENFILE'].includes(codeOf(error))) throw error;
  if (codeOf(error) === 'SQLITE_CANTOPEN') closeSync(openSync('/', constants.O_RDONLY));
}

function isALink(path: string): OpenedJournal {
  return {
    ok: false,
    cause: { code: 'journal-link', at: path },
    message: `${path} is a symbolic link, which the journal does not follow. Remove it, or give another folder: --data-dir <path>.`,
  };
}
