import type Database from 'libsql';
import * as z from 'zod/mini';
import {
  ABANDONED_FOR,
  MAX_ABANDONED,
  toStored,
  resultingRevision,
  type Abandonment,
  type ChangeLog,
  type ChangeRecord,
  type Retention,
} from '../../backend/journal/change-log.ts';
import type { Clock } from '../../clock.ts';
import { change } from '../../contract/change.ts';
import { journalOutcomeOf } from '../../contract/journal.ts';
import { revision } from '../../contract/values.ts';
import { splitJobClusterId } from '../../domain/cluster-id.ts';
import { orUnwritable } from './or-unwritable.ts';
import { createJournalPruning } from './journal-pruning.ts';
import { parsedJson } from './parsed-json.ts';
import { createChangeReads } from './sqlite-change-reads.ts';

/** A row; its JSON is beside the columns that are queried. */
const stored = z.object({ change, sentOn: z.nullable(revision), session: z.nullable(z.string()) });
const members = z.array(z.tuple([z.string(), z.object({ hostname: z.string(), templateId: z.string() })]));
const row = z.object({
  number: z.number(),
  record: z.pipe(parsedJson, stored),
  members: z.nullable(z.pipe(parsedJson, members)),
});

const counted = z.object({ n: z.number() });

/**
 * The change log in SQLite. `database` must be open, locked and migrated. Every write is synced: what `update` was given is on the
 * disk when it resolves, and so is what `add` was given, except with `before-visible`: that is written with the first `update`, or
 * before any read returns it. An unreadable row is left out of lists, and its id can't be used again. `assertInPlace` throws when
 * the file was taken away: called before each write, which then fails with `JournalUnwritable`.
 */
export function createSqliteChangeLog(
  db: Database.Database,
  options: Retention & {
    readonly clock: Clock;
    readonly assertInPlace?: () => void;
    /** Only tests give it. */
    readonly mostBytes?: number;
  },
): ChangeLog {
  const { clock, days, most, mostAbandoned = MAX_ABANDONED, assertInPlace = () => undefined } = options;
  const columns = 'number, record, members';
  const insert = db.prepare(
    `INSERT INTO changes (id, cluster_id, parent_id, who, asked_at, outcome, sent_on, made, record, members)
     VALUES (@id, @clusterId, @parentId, @who, @askedAt, @outcome, @sentOn, @made, @record, @members)`,
  );
  const replace = db.prepare(
    'UPDATE changes SET outcome = @outcome, sent_on = @sentOn, made = @made, record = @record, members = @members WHERE id = @id',
  );
  const byId = db.prepare(`SELECT ${columns} FROM changes WHERE id = ?`);
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
  const unwritten = new Map<string, { readonly record: ChangeRecord; readonly wasRead: boolean }>();

  const reads = createChangeReads(db);
  const pruning = createJournalPruning(db, options);

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
      unwritten.set(id, { ...waiting, wasRead: true });
      return toStored(waiting.record);
    }
    const cut = reads.cutById(id);
    if (cut !== null) return { change: cut, sentOn: null, session: null, membersBefore: null };
    const found = byId.get(id);
    return found === undefined ? null : toRecord(row.parse(found));
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
      else unwritten.set(id, { record: given, wasRead: false });
      pruning.added();
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
        if (waiting.wasRead) unwritten.set(id, { ...waiting, record: given });
        throw error;
      }
    },
    get: async (id) => get(id),
    async find(query, page) {
      flush();
      return reads.find(query, page);
    },
    async findFrom(query, start, limit) {
      flush();
      return reads.findFrom(query, start, limit);
    },
    read: reads.read,
    readText: reads.readText,
    async open() {
      flush();
      return readable(unsettled.all()).map(toRecord);
    },
    forRevision: async (clusterId, on) => readable(aroundRevision.all({ clusterId, revision: on })).map(toRecord),
    retention: async () => ({ since: counted.parse(since.get()).n, most, days, durable: true }),
    async close() {
      pruning.stop();
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
