import type Database from 'libsql';
import * as z from 'zod/mini';
import { DAY } from '../../backend/journal/change-log.ts';
import {
  clustersOf,
  type NewObservation,
  type ObservationLog,
  type ObservationPlace,
  type ObservationQuery,
  type ObservationRetention,
  type StoredObservation,
} from '../../backend/journal/observation-log.ts';
import type { Clock } from '../../clock.ts';
import { sighting } from '../../contract/timeline.ts';
import { parsedJson } from './parsed-json.ts';

/** The table, as a migration of the journal's file. */
export const OBSERVATIONS_TABLE = `
  CREATE TABLE observations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    cluster_id TEXT,
    other_id TEXT,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX observations_by_time ON observations (at, number);`;

/** The most rows that one addition deletes beyond its own. */
const PRUNED_ROWS = 500;

const row = z.object({ number: z.number(), at: z.number(), record: z.pipe(parsedJson, sighting) });
const latest = z.object({ n: z.nullable(z.number()) });

/** What was seen, in the journal's file, which must be open and migrated. An unreadable row is left out. */
export function createSqliteObservationLog(
  db: Database.Database,
  options: ObservationRetention & { readonly clock: Pick<Clock, 'now'>; readonly assertInPlace?: () => void },
): ObservationLog {
  const { clock, days, most, assertInPlace = () => undefined } = options;
  const insert = db.prepare('INSERT INTO observations (at, kind, cluster_id, other_id, record) VALUES (?, ?, ?, ?, ?)');
  const removeOld = db.prepare(
    'DELETE FROM observations WHERE number IN (SELECT number FROM observations WHERE at < ? ORDER BY at LIMIT ?)',
  );
  // The oldest ones beyond the most, without counting: numbers ascend by one.
  const removeExcess = db.prepare(
    'DELETE FROM observations WHERE number IN (SELECT number FROM observations WHERE number <= ? ORDER BY number LIMIT ?)',
  );
  const newest = db.prepare('SELECT max(number) AS n FROM observations');

  const addAll = db.transaction((batch: readonly NewObservation[]) => {
    for (const { at, what } of batch) {
      const [first = null, second = null] = clustersOf(what);
      insert.run(at, what.kind, first, second, JSON.stringify(what));
    }
    const limit = batch.length + PRUNED_ROWS;
    removeOld.run(clock.now() - days * DAY, limit);
    removeExcess.run((latest.parse(newest.get()).n ?? 0) - most, limit);
  });

  function find(query: ObservationQuery, place: ObservationPlace | null, limit: number, isBackwards: boolean) {
    const { where, bind } = condition(query);
    const order = isBackwards ? 'DESC' : 'ASC';
    const beyond = place === null ? 'TRUE' : `(at, number) ${isBackwards ? '<' : '>'} (@placeAt, @placeNumber)`;
    const rows: readonly unknown[] = db
      .prepare(
        `SELECT number, at, record FROM observations WHERE ${beyond} AND ${where} ORDER BY at ${order}, number ${order} LIMIT @limit`,
      )
      .all({ ...bind, limit, ...(place === null ? {} : { placeAt: place.at, placeNumber: place.number }) });
    return rows.flatMap((each): StoredObservation[] => {
      const parsed = row.safeParse(each);
      if (!parsed.success) return [];
      const { number, at, record: what } = parsed.data;
      return [{ number, at, observation: { id: `seen-${String(number)}`, at, what } }];
    });
  }

  return {
    async add(batch) {
      if (batch.length === 0) return;
      assertInPlace();
      addAll(batch);
    },
    findBefore: async (query, before, limit) => find(query, before, limit, true),
    findAfter: async (query, after, limit) => find(query, after, limit, false),
    retention: { days, most },
  };
}

function condition({ cluster, kinds, since, until }: ObservationQuery): {
  where: string;
  bind: Record<string, string | number>;
} {
  const parts = ['TRUE'];
  const bind: Record<string, string | number> = {};
  const add = (part: string, values: Record<string, string | number>) => {
    parts.push(part);
    Object.assign(bind, values);
  };
  if (cluster !== undefined) add('(cluster_id = @cluster OR other_id = @cluster)', { cluster });
  if (kinds !== undefined) add('kind IN (SELECT value FROM json_each(@kinds))', { kinds: JSON.stringify(kinds) });
  if (since !== undefined) add('at >= @since', { since });
  if (until !== undefined) add('at < @until', { until });
  return { where: parts.join(' AND '), bind };
}
