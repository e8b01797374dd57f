import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listed, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { openJournalFile } from './journal-file.ts';
import { createSqliteChangeLog } from './sqlite-change-log.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pruning-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A journal with its tables. */
async function newFile(): Promise<string> {
  const file = join(folder, 'x.sqlite');
  const made = openJournalFile({ file, clock: createHandClock(), days: 400, most: 1_000 });
  if (!made.ok) throw new Error(made.message);
  await made.log.close();
  return file;
}

test('what is beyond the retention goes a bounded number at once, so that nothing waits for it, until all is gone', async () => {
  const file = await newFile();
  const db = new Database(file);
  const { change } = recordOf('1');
  db.prepare(
    `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 500)
     INSERT INTO changes (id, cluster_id, parent_id, who, asked_at, outcome, record)
     SELECT n, 'vc', 'vc', 'somebody', ?, 'applied', ? FROM numbers`,
  ).run(change.askedAt, JSON.stringify({ change, sentOn: null, session: null }));
  db.close();
  const clock = createHandClock();
  const opened = openJournalFile({ file, clock, days: 400, most: 50 });
  if (!opened.ok) throw new Error(opened.message);
  const total = async () => (await opened.log.find({}, { offset: 0, limit: 1 })).total;
  const left = [await total()];
  for (let second = 0; second < 3; second++) {
    await clock.advance(1_000);
    left.push(await total());
  }
  expect(left).toEqual([300, 100, 50, 50]);
  await opened.log.close();
});

test('a journal of large changes keeps the newest that fit into its bytes, and every open one', async () => {
  const db = new Database(await newFile());
  const clock = createHandClock();
  const mostBytes = 1_000_000;
  const log = createSqliteChangeLog(db, { clock, days: 400, most: 1_000, mostBytes });
  const want = Object.fromEntries(Array.from({ length: 256 }, (_, n) => [String(n).padStart(64, 't'), 1]));
  const wanted = { kind: 'save', clusterId: 'vc', divisible: false, base: null, want } as const;
  await log.add(recordOf('open', { wanted, result: null }));
  for (let n = 0; n < 100; n++) await log.add(recordOf(String(n), { wanted, askedAt: clock.now() + n }));
  const ids = (await listed(log)).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(20);
  expect(ids.length).toBeLessThan(mostBytes / 18_000);
  expect(ids).toEqual([...Array.from({ length: ids.length - 1 }, (_, n) => String(99 - n)), 'open']);
  expect((await log.retention()).since).toBe(clock.now() + 100 - ids.length + 1);
  await log.close();
});
