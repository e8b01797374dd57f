import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'libsql';
import * as z from 'zod/mini';
import { DAY, type SeriesKey, type UsageStore } from '../../backend/usage/usage-store.ts';

/** More virtual clusters than ever come in the days that are kept. */
const CLUSTERS = 1_000_000;

/** libsql gives one form for one row, and the other for many. */
const blob = z.union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer)]);
const seriesRow = z.object({
  kind: z.enum(['nodes', 'load', 'free']),
  clusterId: z.nullable(z.string()),
  templateId: z.nullable(z.string()),
});
const minuteRow = z.object({ at: z.number(), minutes: z.number(), isKey: z.number(), frame: blob });
const clusterRow = z.object({ number: z.number(), id: z.string() });
const counted = z.object({ n: z.number() });
const maybeCounted = z.object({ n: z.nullable(z.number()) });
const found = z.optional(z.object({ bytes: blob }));

/**
 * Usage in SQLite. `database` must be open, locked and migrated. `assertInPlace` throws when the file was taken away. All bytes are
 * deflated. A block's id has its day and its virtual cluster's number, so that it needs no index.
 */
export function createSqliteUsageStore(db: Database.Database, assertInPlace: () => void = () => undefined): UsageStore {
  const addSeries = db.prepare('INSERT INTO series (number, kind, cluster_id, template_id) VALUES (?, ?, ?, ?)');
  const addMinute = db.prepare('INSERT INTO minutes (at, minutes, is_key, frame) VALUES (?, ?, ?, ?)');
  const minutes = db.prepare(
    `SELECT at, minutes, is_key AS isKey, frame FROM minutes
     WHERE at >= coalesce((SELECT max(at) FROM minutes WHERE is_key = 1 AND at <= ?), 0) AND at < ? ORDER BY at`,
  );
  const nextMinute = db.prepare('SELECT min(at) AS n FROM minutes WHERE at >= ?');
  const putBlock = db.prepare('INSERT OR REPLACE INTO blocks (id, block) VALUES (?, ?)');
  const block = db.prepare('SELECT block AS bytes FROM blocks WHERE id = ?');
  const day = db.prepare('SELECT totals AS bytes FROM days WHERE day = ?');
  const addCluster = db.prepare('INSERT INTO clusters (number, id) VALUES (?, ?)');
  const clusters = new Map(
    z
      .array(clusterRow)
      .parse(db.prepare('SELECT number, id FROM clusters').all())
      .map(({ number, id }) => [id, number]),
  );
  const series: SeriesKey[] = z
    .array(seriesRow)
    .parse(
      db.prepare('SELECT kind, cluster_id AS clusterId, template_id AS templateId FROM series ORDER BY number').all(),
    );
  let days = z
    .array(counted)
    .parse(db.prepare('SELECT day AS n FROM days ORDER BY day').all())
    .map(({ n }) => n);

  /** All or nothing; inside another one, a part of that. */
  function write(task: () => void): void {
    assertInPlace();
    if (db.inTransaction) {
      task();
      return;
    }
    db.exec('BEGIN IMMEDIATE');
    try {
      task();
      db.exec('COMMIT');
    } catch (error) {
      // SQLite has ended it by itself after some errors, as on a full disk.
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  const idOf = (at: number, number: number) => (at / DAY) * CLUSTERS + number;

  return {
    series: () => series,
    addMinute({ at, minutes: count, isKey, frame }, added) {
      write(() => {
        added.forEach(({ kind, clusterId, templateId }, i) =>
          addSeries.run(series.length + i, kind, clusterId, templateId),
        );
        addMinute.run(at, count, isKey ? 1 : 0, deflateRawSync(frame));
      });
      series.push(...added);
    },
    minutes: (from, to) =>
      z
        .array(minuteRow)
        .parse(minutes.all(from, to))
        .map((row) => ({ at: row.at, minutes: row.minutes, isKey: row.isKey === 1, frame: inflated(row.frame) })),
    nextMinute: (from) => maybeCounted.parse(nextMinute.get(from)).n,
    dropMinutes(before) {
      write(() => db.prepare('DELETE FROM minutes WHERE at < ?').run(before));
    },
    days: () => days,
    putBlocks(at, blocks) {
      const added = [...blocks.keys()].filter((id) => id !== null && !clusters.has(id));
      const numbers = new Map(added.map((id, i) => [id, clusters.size + i + 1]));
      write(() => {
        for (const [id, number] of numbers) addCluster.run(number, id);
        for (const [id, bytes] of blocks)
          putBlock.run(idOf(at, id === null ? 0 : (clusters.get(id) ?? numbers.get(id) ?? 0)), deflateRawSync(bytes));
      });
      for (const [id, number] of numbers) if (id !== null) clusters.set(id, number);
    },
    putDay(at, totals) {
      write(() =>
        db.prepare('INSERT OR REPLACE INTO days (day, totals) VALUES (?, ?)').run(at, deflateRawSync(totals)),
      );
      days = [...new Set([...days, at])].sort((a, b) => a - b);
    },
    day: (at) => read(day, at),
    block(at, clusterId) {
      const number = clusterId === null ? 0 : clusters.get(clusterId);
      return number === undefined || !days.includes(at) ? null : read(block, idOf(at, number));
    },
    dropDay(at) {
      write(() => {
        db.prepare('DELETE FROM days WHERE day = ?').run(at);
        db.prepare('DELETE FROM blocks WHERE id >= ? AND id < ?').run(idOf(at, 0), idOf(at + DAY, 0));
      });
      days = days.filter((each) => each !== at);
    },
    simulatedUntil: () => maybeCounted.parse(db.prepare('SELECT simulated_until AS n FROM usage').get()).n,
    setSimulatedUntil(at) {
      write(() => db.prepare('UPDATE usage SET simulated_until = ?').run(at));
    },
    atOnce: write,
    bytes() {
      const of = (pragma: string) => counted.parse(db.prepare(`SELECT ${pragma} AS n FROM pragma_${pragma}`).get()).n;
      return (of('page_count') - of('freelist_count')) * of('page_size');
    },
    close: () => closeDatabase(db),
  };
}

/** Statements keep the connection open until they are garbage collected, so it is unlocked explicitly. */
export function closeDatabase(db: Database.Database): void {
  try {
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_schema;');
  } catch {
    // On a full disk, or where it is damaged, the next start finds the log.
  }
  db.close();
}

function read(statement: Database.Statement, key: number): Uint8Array | null {
  const row = found.parse(statement.get(key));
  return row === undefined ? null : inflated(row.bytes);
}

/** Into a buffer of about the right size: the usual one of 16 kB is much for the 400 small blocks of a chart. */
function inflated(bytes: Uint8Array | ArrayBuffer): Uint8Array {
  return new Uint8Array(inflateRawSync(bytes, { chunkSize: Math.max(1_024, 4 * bytes.byteLength) }));
}
