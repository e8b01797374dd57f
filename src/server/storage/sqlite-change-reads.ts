import type Database from 'libsql';
import * as z from 'zod/mini';
import { MAX_WHOLE_ROW, type ChangeLog } from '../../backend/journal/change-log.ts';
import { cutChange } from '../../backend/journal/cut-change.ts';
import { change, type Change } from '../../contract/change.ts';
import type { JournalQuery } from '../../contract/journal.ts';
import { parsedJson } from './parsed-json.ts';

const changeRow = z.object({ record: z.pipe(parsedJson, z.object({ change })) });
const numbered = z.object({ number: z.number() });
const sizedRow = z.object({ number: z.number(), bytes: z.number() });
const counted = z.object({ n: z.number() });
const latest = z.object({ n: z.nullable(z.number()) });
const text = z.object({ text: z.string() });

/** So many matches are sorted faster than the whole table is read. */
const FEW = 5_000;

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

/** The reads of the change log in SQLite that decode no more than they return. None sees what is not in the file yet. */
export interface ChangeReads extends Pick<ChangeLog, 'find' | 'findFrom' | 'read' | 'readText'> {
  /** The change of an id if it is too large to be decoded whole, cut; else null. */
  cutById(id: string): Change | null;
}

export function createChangeReads(db: Database.Database): ChangeReads {
  // `octet_length` is known without reading the text.
  const sized = 'SELECT number, octet_length(record) AS bytes FROM changes';
  const byId = db.prepare(`${sized} WHERE id = ?`);
  const sizeAt = db.prepare(`${sized} WHERE number = ?`);
  const wholeAt = db.prepare('SELECT record FROM changes WHERE number = ?');
  const cutAt = db.prepare(`SELECT ${CUT} AS record FROM changes WHERE number = ?`);
  const textAt = db.prepare(
    `SELECT json_extract(json_insert(record, '$.change.via', 'local'), '$.change') AS text FROM changes WHERE number = ?`,
  );
  const numberFrom = db.prepare('SELECT min(number) AS n FROM changes WHERE number >= ?');

  /** The change in a row, cut if it is large; null when it is unreadable or deleted. */
  function changeAt(number: number): Change | null {
    const size = sizeAt.get(number);
    if (size === undefined) return null;
    const { bytes } = sizedRow.parse(size);
    const isLarge = bytes > MAX_WHOLE_ROW;
    try {
      const found = changeRow.parse((isLarge ? cutAt : wholeAt).get(number)).record.change;
      return isLarge ? cutChange(found, bytes) : found;
    } catch {
      return null;
    }
  }

  return {
    cutById(id) {
      const size = byId.get(id);
      if (size === undefined) return null;
      const { number, bytes } = sizedRow.parse(size);
      return bytes > MAX_WHOLE_ROW ? changeAt(number) : null;
    },
    async find(query, { offset, limit, before }) {
      const { where, bind } = condition(query);
      const { n } = counted.parse(db.prepare(`SELECT count(*) AS n FROM changes WHERE ${where}`).get(bind));
      if (offset >= n) return { rows: [], total: n };
      // Few are found in the index and sorted; of many, the newest are soon met on the way back through the table.
      const order = n < FEW ? '+number' : 'number';
      const page = db.prepare(
        `SELECT number FROM changes WHERE ${where}${before === undefined ? '' : ' AND number < @before'}
         ORDER BY ${order} DESC LIMIT @limit OFFSET @offset`,
      );
      const rows = page
        .all({ ...bind, limit, offset, ...(before === undefined ? {} : { before }) })
        .map((each) => sizeAt.get(numbered.parse(each).number));
      return { rows: rows.map((each) => sizedRow.parse(each)), total: n };
    },
    async findFrom(query, start, limit) {
      const first = latest.parse(numberFrom.get(start ?? 0)).n;
      if (first === null) return { rows: [], next: null };
      const { where, bind } = condition(query);
      const window = db.prepare(`${sized} WHERE number >= @first AND number < @end AND ${where} ORDER BY number`);
      const rows = window.all({ ...bind, first, end: first + limit }).map((each) => sizedRow.parse(each));
      return { rows, next: latest.parse(numberFrom.get(first + limit)).n };
    },
    read: async (numbers) => numbers.flatMap((number) => changeAt(number) ?? []),
    // What can't be read as a change, even cut, is none.
    readText: async (number) => (changeAt(number) === null ? null : text.parse(textAt.get(number)).text),
  };
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
