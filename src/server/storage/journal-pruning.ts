import type Database from 'libsql';
import * as z from 'zod/mini';
import { DAY, type Retention } from '../../backend/journal/change-log.ts';
import type { Clock } from '../../clock.ts';

/** The most that one pruning deletes: rows, and bytes (the last row may exceed them); and when it goes on, ms. */
const PRUNED_ROWS = 200;
const PRUNED_BYTES = 8 * 1024 * 1024;
const PRUNE_ON = 1_000;

/** The most that the journal holds, bytes: about five times what it has when it is full of usual changes. */
const MAX_JOURNAL_BYTES = 512 * 1024 * 1024;

const prunedRow = z.object({ number: z.number(), askedAt: z.number(), bytes: z.number() });
const counted = z.object({ n: z.number() });

/** Deletes settled changes beyond the retention, from time to time. */
export interface JournalPruning {
  /** Call after each addition. */
  added(): void;
  stop(): void;
}

/** Starts at once. `mostBytes`: only tests give a smaller one. */
export function createJournalPruning(
  db: Database.Database,
  options: Retention & { readonly clock: Clock; readonly mostBytes?: number },
): JournalPruning {
  const { clock, days, most, mostBytes = MAX_JOURNAL_BYTES } = options;
  const columns = 'number, asked_at AS askedAt, octet_length(record) + ifnull(octet_length(members), 0) AS bytes';
  const old = db.prepare(
    `SELECT ${columns} FROM changes WHERE outcome <> 'open' AND asked_at < @before ORDER BY asked_at LIMIT @limit`,
  );
  const oldest = db.prepare(`SELECT ${columns} FROM changes WHERE outcome <> 'open' ORDER BY number LIMIT @limit`);
  const settledCount = db.prepare("SELECT count(*) AS n FROM changes WHERE outcome <> 'open'");
  const usedBytes = db.prepare(
    `SELECT (p.page_count - f.freelist_count) * s.page_size AS n
     FROM pragma_page_count AS p, pragma_freelist_count AS f, pragma_page_size AS s`,
  );
  const remove = db.prepare('DELETE FROM changes WHERE number = ?');
  const moveSince = db.prepare('UPDATE journal SET since = max(since, ?)');
  /** Pruning counts the whole journal, so it runs only once for so many additions. */
  const every = Math.max(1, Math.floor(most / 1_000));
  let additions = 0;
  let cancel: () => void = () => undefined;

  /** Deletes these rows until it has deleted so many bytes. Returns whether it left some. */
  function forget(rows: readonly unknown[], mostDeleted: number): boolean {
    let bytes = 0;
    for (const each of rows) {
      if (bytes >= mostDeleted) return true;
      const found = prunedRow.parse(each);
      moveSince.run(found.askedAt + 1);
      remove.run(found.number);
      bytes += found.bytes;
    }
    return false;
  }

  /** A bounded part of it: SQLite reads through what it deletes. It reuses the space; the file does not shrink. Whether some is left. */
  const prune = db.transaction((): boolean => {
    const excess = counted.parse(settledCount.get()).n - most;
    const isOverfull = excess > 0 && forget(oldest.all({ limit: Math.min(excess, PRUNED_ROWS) }), PRUNED_BYTES);
    const before = clock.now() - days * DAY;
    const hasOld = forget(old.all({ before, limit: PRUNED_ROWS }), PRUNED_BYTES);
    const tooMany = counted.parse(usedBytes.get()).n - mostBytes;
    if (tooMany > 0) forget(oldest.all({ limit: PRUNED_ROWS }), Math.min(tooMany, PRUNED_BYTES));
    const isLeft = isOverfull || hasOld || excess > PRUNED_ROWS || old.get({ before, limit: 1 }) !== undefined;
    return (
      isLeft || (tooMany > 0 && counted.parse(usedBytes.get()).n > mostBytes && oldest.get({ limit: 1 }) !== undefined)
    );
  });

  function run() {
    cancel();
    let isLeft = false;
    try {
      isLeft = prune();
    } catch {
      // Nothing depends on pruning; the next run tries again.
    }
    cancel = clock.after(isLeft ? PRUNE_ON : DAY, run);
  }
  run();

  return {
    added() {
      additions += 1;
      if (additions % every === 0) run();
    },
    stop: () => cancel(),
  };
}
