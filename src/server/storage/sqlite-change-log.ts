import type Database from 'libsql';
import * as z from 'zod/mini';
import {
  ABANDONED_FOR,
  MOST_ABANDONED,
  toStored,
  DAY,
  JournalUnwritable,
  MAX_WHOLE_ROW,
  resultingRevision,
  type Abandonment,
  type ChangeLog,
  type ChangeRecord,
  type Retention,
} from '../../backend/journal/change-log.ts';
import { cutChange } from '../../backend/journal/cut-change.ts';
import type { Clock } from '../../clock.ts';
import { change, type Change } from '../../contract/change.ts';
import { journalOutcomeOf, type JournalQuery } from '../../contract/journal.ts';
import { revision } from '../../contract/values.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';

/** The JSON of a row, beside the columns that are queried. */
const record = z.pipe(
  z.string(),
  z.transform((text) => {
    const json: unknown = JSON.parse(text);
    return json;
  }),
);
const storedChange = z.object({ change });
const stored = z.object({ change, sentOn: z.nullable(revision), session: z.nullable(z.string()) });
const members = z.array(z.tuple([z.string(), z.object({ hostname: z.string(), templateId: z.string() })]));
const row = z.object({
  number: z.number(),
  record: z.pipe(record, stored),
  members: z.nullable(z.pipe(record, members)),
});

const changeRow = z.object({ record: z.pipe(record, storedChange), bytes: z.number() });
const numbered = z.object({ number: z.number() });
const sizedRow = z.object({ number: z.number(), bytes: z.number() });
const counted = z.object({ n: z.number() });
const latest = z.object({ n: z.nullable(z.number()) });
const text = z.object({ text: z.string() });

/** The most that one pruning deletes: rows, and bytes (the last row may exceed them); and when it goes on, ms. */
const PRUNED_ROWS = 200;
const PRUNED_BYTES = 8 * 1024 * 1024;
const PRUNE_ON = 1_000;
const prunedRow = z.object({ number: z.number(), askedAt: z.number(), bytes: z.number() });

/** So many matches are sorted faster than the whole table is read. */
const FEW = 5_000;

/** `octet_length` is known without reading the text. */
const BYTES = 'octet_length(record) AS bytes';

/** A record without its replica sets, made by SQLite: decoding a large one here would take a hundred times as long. */
const CUT = `json_replace(record, ${[
  'wanted.want',
  'wanted.base.replicaSets',
  'before.replicaSets',
  'result.suggestion',
  'result.judgedOn.replicaSets',
  'result.theirs.replicaSets',
  'result.why.now.replicaSets',
  'result.evidence.shown.replicaSets',
]
  .map((path) => `'$.change.${path}', json('{}')`)
  .join(', ')})`;

/**
 * Indexes that only make reading faster: without a version of their own, since an older console writes them as well. The first has
 * all columns that are filtered by, so that counting reads no records.
 */
export const SPEED_INDEXES = `
  CREATE INDEX IF NOT EXISTS changes_by_filter ON changes (outcome, who, cluster_id, parent_id, asked_at);
  CREATE INDEX IF NOT EXISTS changes_by_made ON changes (cluster_id, made) WHERE made IS NOT NULL;
  CREATE INDEX IF NOT EXISTS changes_made_on ON changes (cluster_id, sent_on) WHERE made IS NOT NULL;`;

/**
 * The change log in SQLite. `database` must be open, locked and migrated. Every write is synced: what `update` was given is on the
 * disk when it resolves, and so is what `add` was given, except with `before-told`: that is written with the first `update`, or
 * before any read returns it. An unreadable row is left out of lists, and its id can't be used again. `assertInPlace` throws when
 * the file was taken away: called before each write, which then fails with `JournalUnwritable`.
 */
export function createSqliteChangeLog(
  db: Database.Database,
  options: Retention & { readonly clock: Clock; readonly assertInPlace?: () => void },
): ChangeLog {
  const { clock, days, most, mostAbandoned = MOST_ABANDONED, assertInPlace = () => undefined } = options;
  const columns = 'number, record, members';
  const insert = db.prepare(
    `INSERT INTO changes (id, cluster_id, parent_id, who, asked_at, outcome, sent_on, made, record, members)
     VALUES (@id, @clusterId, @parentId, @who, @askedAt, @outcome, @sentOn, @made, @record, @members)`,
  );
  const replace = db.prepare(
    'UPDATE changes SET outcome = @outcome, sent_on = @sentOn, made = @made, record = @record, members = @members WHERE id = @id',
  );
  const byId = db.prepare(`SELECT ${columns} FROM changes WHERE id = ?`);
  const sizeOf = db.prepare(`SELECT number, ${BYTES} FROM changes WHERE id = ?`);
  const sizeAt = db.prepare(`SELECT number, ${BYTES} FROM changes WHERE number = ?`);
  const changeAt = db.prepare(`SELECT record, ${BYTES} FROM changes WHERE number = ?`);
  const cutAt = db.prepare(`SELECT ${CUT} AS record, ${BYTES} FROM changes WHERE number = ?`);
  const textAt = db.prepare(
    `SELECT json_extract(json_insert(record, '$.change.via', 'local'), '$.change') AS text FROM changes WHERE number = ?`,
  );
  const numberFrom = db.prepare('SELECT min(number) AS n FROM changes WHERE number >= ?');
  const unsettled = db.prepare(`SELECT ${columns} FROM changes WHERE outcome = 'open' ORDER BY number`);
  const aroundRevision = db.prepare(
    `SELECT ${columns} FROM changes
     WHERE (cluster_id = @clusterId AND made IS NOT NULL AND sent_on = @revision)
        OR (cluster_id = @clusterId AND made = @revision)
     ORDER BY number`,
  );
  const since = db.prepare('SELECT since AS n FROM journal');
  const abandoned = db.prepare('SELECT count(*) AS n FROM abandonments WHERE id = ? AND cluster_id = ?');
  const recordAbandonment = db.transaction(({ id, clusterId, who, at }: Abandonment) => {
    db.prepare('INSERT OR REPLACE INTO abandonments (id, cluster_id, who, at) VALUES (?, ?, ?, ?)').run(
      id,
      clusterId,
      who,
      at,
    );
    db.prepare('DELETE FROM abandonments WHERE at < ?').run(clock.now() - ABANDONED_FOR);
    db.prepare(
      `DELETE FROM abandonments WHERE number IN
         (SELECT number FROM abandonments WHERE who = ? ORDER BY number DESC LIMIT -1 OFFSET ?)`,
    ).run(who, mostAbandoned);
  });
  /** New changes that are not in the file yet; the value says whether a read returned one although writing it had failed. */
  const unwritten = new Map<string, { readonly record: ChangeRecord; readonly isTold: boolean }>();

  const old = `SELECT number, asked_at AS askedAt, ${BYTES} FROM changes
    WHERE outcome <> 'open' AND asked_at < @before ORDER BY asked_at LIMIT @limit`;
  const oldest = `SELECT number, asked_at AS askedAt, ${BYTES} FROM changes
    WHERE outcome <> 'open' ORDER BY number LIMIT @limit`;
  const settledCount = db.prepare("SELECT count(*) AS n FROM changes WHERE outcome <> 'open'");
  const remove = db.prepare('DELETE FROM changes WHERE number = ?');
  const moveSince = db.prepare('UPDATE journal SET since = max(since, ?)');

  /** Deletes the first of these rows. Returns whether it left some. */
  function forget(sql: string, bind: Record<string, number>): boolean {
    let bytes = 0;
    for (const each of db.prepare(sql).all(bind)) {
      if (bytes > PRUNED_BYTES) return true;
      const found = prunedRow.parse(each);
      moveSince.run(found.askedAt + 1);
      remove.run(found.number);
      bytes += found.bytes;
    }
    return false;
  }

  /**
   * Deletes changes beyond the retention, a bounded number at once: SQLite reads through what it deletes. It reuses the space; the file
   * does not shrink. Returns whether some are left.
   */
  const prune = db.transaction((): boolean => {
    const excess = counted.parse(settledCount.get()).n - most;
    const isLeft = excess > 0 && forget(oldest, { limit: Math.min(excess, PRUNED_ROWS) });
    const before = clock.now() - days * DAY;
    forget(old, { before, limit: PRUNED_ROWS });
    return isLeft || excess > PRUNED_ROWS || db.prepare(old).get({ before, limit: 1 }) !== undefined;
  });
  /** Pruning counts the whole journal, so it runs only from time to time. */
  const pruneEvery = Math.max(1, Math.floor(most / 1_000));
  let added = 0;

  let cancel: () => void = () => undefined;
  function pruneOn() {
    cancel();
    let isLeft = false;
    try {
      isLeft = prune();
    } catch {
      // Nothing depends on pruning; the next run tries again.
    }
    cancel = clock.after(isLeft ? PRUNE_ON : DAY, pruneOn);
  }
  pruneOn();

  /**
   * Writes pending additions before a read. If that fails, the read returns them all the same: nothing has been sent to Ray for
   * them, and nothing is before they could be written.
   */
  function flush() {
    for (const [id, { record }] of unwritten) {
      try {
        insert.run(toRow(record));
        unwritten.delete(id);
      } catch {
        // The next write tries again.
        return;
      }
    }
  }

  function get(id: string): ChangeRecord | null {
    if (unwritten.has(id)) flush();
    const waiting = unwritten.get(id);
    if (waiting !== undefined) {
      unwritten.set(id, { ...waiting, isTold: true });
      return toStored(waiting.record);
    }
    const size = sizeOf.get(id);
    if (size === undefined) return null;
    const { number, bytes } = sizedRow.parse(size);
    if (bytes <= MAX_WHOLE_ROW) return toRecord(row.parse(byId.get(id)));
    const change = changeIn(number, bytes);
    return change === null ? null : { change, sentOn: null, session: null, membersBefore: null };
  }

  /** The change in a row, cut if it is large; null when it is unreadable or deleted. */
  function changeIn(number: number, bytes: number): Change | null {
    const isLarge = bytes > MAX_WHOLE_ROW;
    try {
      const { change } = changeRow.parse((isLarge ? cutAt : changeAt).get(number)).record;
      return isLarge ? cutChange(change, bytes) : change;
    } catch {
      return null;
    }
  }

  return {
    async add(given, durable = 'at-once') {
      const { id } = given.change;
      const there = get(id);
      if (there !== null) return there;
      if (counted.parse(abandoned.get(id, given.change.wanted.clusterId)).n > 0) return 'abandoned';
      // Row ids ascend in order of insertion.
      flush();
      if (durable === 'at-once')
        orUnwritable(() => {
          assertInPlace();
          insert.run(toRow(given));
        });
      else unwritten.set(id, { record: given, isTold: false });
      added += 1;
      if (added % pruneEvery === 0) pruneOn();
      return null;
    },
    async abandon(given) {
      const there = get(given.id);
      if (there !== null) return there;
      orUnwritable(() => {
        assertInPlace();
        recordAbandonment(given);
      });
      return null;
    },
    async update(given) {
      const { id, outcome, sentOn, made, record, members } = toRow(given);
      const waiting = unwritten.get(id);
      if (waiting === undefined) {
        orUnwritable(() => {
          assertInPlace();
          replace.run({ id, outcome, sentOn, made, record, members });
        });
        return;
      }
      unwritten.delete(id);
      try {
        orUnwritable(() => {
          assertInPlace();
          insert.run(toRow(given));
        });
      } catch (error) {
        // A change that can't be written is forgotten, unless a read has returned it: then it stays in memory as updated.
        if (waiting.isTold) unwritten.set(id, { ...waiting, record: given });
        throw error;
      }
    },
    get: async (id) => get(id),
    async find(query, { offset, limit }) {
      flush();
      const { where, bind } = condition(query);
      const { n } = counted.parse(db.prepare(`SELECT count(*) AS n FROM changes WHERE ${where}`).get(bind));
      if (offset >= n) return { rows: [], total: n };
      // Few are found in the index and sorted; of many, the newest are soon met on the way back through the table.
      const order = n < FEW ? '+number' : 'number';
      const page = db.prepare(
        `SELECT number FROM changes WHERE ${where} ORDER BY ${order} DESC LIMIT @limit OFFSET @offset`,
      );
      const rows = page.all({ ...bind, limit, offset }).map((each) => sizeAt.get(numbered.parse(each).number));
      return { rows: rows.map((each) => sizedRow.parse(each)), total: n };
    },
    async findFrom(query, start, limit) {
      flush();
      const first = latest.parse(numberFrom.get(start ?? 0)).n;
      if (first === null) return { rows: [], next: null };
      const { where, bind } = condition(query);
      const window = db.prepare(
        `SELECT number, ${BYTES} FROM changes WHERE number >= @first AND number < @end AND ${where} ORDER BY number`,
      );
      const rows = window.all({ ...bind, first, end: first + limit }).map((each) => sizedRow.parse(each));
      return { rows, next: latest.parse(numberFrom.get(first + limit)).n };
    },
    async read(numbers) {
      return numbers.flatMap((number) => {
        const size = sizeAt.get(number);
        return size === undefined ? [] : (changeIn(number, sizedRow.parse(size).bytes) ?? []);
      });
    },
    async readText(number) {
      const size = sizeAt.get(number);
      // What a cut of it can't be read of is no change.
      if (size === undefined || changeIn(number, sizedRow.parse(size).bytes) === null) return null;
      return text.parse(textAt.get(number)).text;
    },
    async open() {
      flush();
      return readable(unsettled.all()).map(toRecord);
    },
    forRevision: async (clusterId, on) => readable(aroundRevision.all({ clusterId, revision: on })).map(toRecord),
    retention: async () => ({ since: counted.parse(since.get()).n, most, days, durable: true }),
    async close() {
      cancel();
      flush();
      // Statements keep the connection open until they are garbage collected, so close and checkpoint explicitly.
      try {
        db.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL; SELECT 1 FROM journal;');
      } catch {
        // On a full disk the next start checkpoints the log; a file that was deleted needs nothing any more.
      }
      db.close();
    },
  };
}

function orUnwritable<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new JournalUnwritable(error instanceof Error ? error.message : 'The database failed.', { cause: error });
  }
}

function toRow(given: ChangeRecord) {
  const { change, sentOn, session, membersBefore } = toStored(given);
  const { clusterId } = change.wanted;
  return {
    id: change.id,
    clusterId,
    parentId: splitJobClusterId(clusterId)?.parentId ?? clusterId,
    who: change.who,
    askedAt: change.askedAt,
    outcome: journalOutcomeOf(change.result),
    sentOn,
    made: resultingRevision(given),
    record: JSON.stringify({ change, sentOn, session }),
    members: membersBefore === null ? null : JSON.stringify([...membersBefore]),
  };
}

function toRecord({ record: { change, sentOn, session }, members }: z.infer<typeof row>): ChangeRecord {
  return { change, sentOn, session, membersBefore: members === null ? null : new Map(members) };
}

function readable(rows: readonly unknown[]): z.infer<typeof row>[] {
  return rows.flatMap((each) => {
    try {
      return [row.parse(each)];
    } catch {
      return [];
    }
  });
}

function condition({ cluster, who, outcome, since, until }: JournalQuery): {
  where: string;
  bind: Record<string, string | number>;
} {
  const parts: string[] = [];
  const bind: Record<string, string | number> = {};
  const add = (part: string, values: Record<string, string | number>) => {
    parts.push(part);
    Object.assign(bind, values);
  };
  if (cluster !== undefined) add('(cluster_id = @cluster OR parent_id = @cluster)', { cluster });
  if (who !== undefined) add('who = @who', { who });
  if (outcome !== undefined)
    add('outcome IN (SELECT value FROM json_each(@outcomes))', { outcomes: JSON.stringify(outcome) });
  if (since !== undefined) add('asked_at >= @since', { since });
  if (until !== undefined) add('asked_at < @until', { until });
  return { where: parts.length === 0 ? 'TRUE' : parts.join(' AND '), bind };
}
