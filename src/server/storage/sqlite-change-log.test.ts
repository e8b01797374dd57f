import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import { applied, listed, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createSqliteChangeLog } from './sqlite-change-log.ts';
import { openJournalFile } from './journal-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changes-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A store and its database; `written`: how many rows were written since it was last asked. */
async function setUp() {
  const options = { file: join(folder, 'x.sqlite'), clock: createHandClock(), days: 400, most: 1_000 };
  const made = openJournalFile(options);
  if (!made.ok) throw new Error(made.message);
  await made.log.close();
  const db = new Database(options.file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const log = createSqliteChangeLog(db, options);
  const counted = z.object({ n: z.number() });
  let last = 0;
  const written = () => {
    const { n } = counted.parse(db.prepare('SELECT total_changes() AS n').get());
    const since = n - last;
    last = n;
    return since;
  };
  written();
  /** From then on no new change can be written, until the returned function is called. */
  const fill = () => {
    db.exec("CREATE TRIGGER full BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'full'); END");
    return () => db.exec('DROP TRIGGER full');
  };
  return { db, log, written, fill };
}

type Log = Awaited<ReturnType<typeof setUp>>['log'];
const open = (id: string, attempts = 0) => recordOf(id, { result: null, attempts });

describe('a new change that need not be durable at once', () => {
  test('is written once, with its first update', async () => {
    const { log, written } = await setUp();
    await log.add(open('1'), 'before-visible');
    expect(written()).toBe(0);
    await log.update(open('1', 1));
    expect(written()).toBe(1);
    expect(await log.get('1')).toEqual(open('1', 1));
    expect(await listed(log)).toEqual([open('1', 1).change]);
    expect(written()).toBe(0);
    await log.update(recordOf('1', { result: applied, attempts: 1 }));
    expect(written()).toBe(1);
    await log.close();
  });

  test.each<[string, (log: Log) => Promise<unknown>]>([
    ['by its id', (log) => log.get('1')],
    ['to who would add it again', (log) => log.add(open('1'), 'before-visible')],
    ['in a list', (log) => listed(log)],
    ['in an export', (log) => log.findFrom({}, null, 10)],
    ['among the open ones', (log) => log.open()],
  ])('is written before it is told of %s, and only then', async (_how, tell) => {
    const { db, log, written } = await setUp();
    await log.add(open('1'), 'before-visible');
    expect(await log.get('2')).toBeNull();
    expect(written()).toBe(0);
    await tell(log);
    expect(written()).toBe(1);
    await tell(log);
    expect(written()).toBe(0);
    expect(db.prepare('SELECT id FROM changes').all()).toEqual([{ id: '1' }]);
    await log.close();
  });

  test('is numbered as it came, and written at the end at the latest', async () => {
    const { log } = await setUp();
    await log.add(open('1'), 'before-visible');
    await log.add(open('2'));
    await log.add(open('3'), 'before-visible');
    await log.add(open('4'), 'before-visible');
    await log.update(open('4', 1));
    await log.close();
    const again = openJournalFile({ file: join(folder, 'x.sqlite'), clock: createHandClock(), days: 400, most: 1_000 });
    if (!again.ok) throw new Error(again.message);
    expect((await again.log.open()).map(({ change }) => change.id)).toEqual(['1', '2', '3', '4']);
    await again.log.close();
  });

  test('is forgotten when its first update can not be written: nobody knew of it', async () => {
    const { log, fill } = await setUp();
    const empty = fill();
    await log.add(open('1'), 'before-visible');
    await expect(log.update(open('1', 1))).rejects.toThrow(JournalUnwritable);
    expect(await log.get('1')).toBeNull();
    expect(await listed(log)).toEqual([]);
    empty();
    expect(await log.add(open('1'), 'before-visible')).toBeNull();
    await log.update(open('1', 1));
    expect(await listed(log)).toEqual([open('1', 1).change]);
    await log.close();
  });

  test('is told of though it can not be written, and kept then, as it becomes', async () => {
    const { log, fill } = await setUp();
    const empty = fill();
    await log.add(open('1'), 'before-visible');
    expect(await log.get('1')).toEqual(open('1'));
    const ended = recordOf('1', { result: { kind: 'not-applied', evidence: 'never-sent' } });
    await expect(log.update(ended)).rejects.toThrow(JournalUnwritable);
    expect(await log.get('1')).toEqual(ended);
    await expect(log.add(open('2'))).rejects.toThrow(JournalUnwritable);
    empty();
    expect(await listed(log)).toEqual([ended.change]);
    await log.update(recordOf('1'));
    expect(await log.get('1')).toEqual(recordOf('1'));
    await log.close();
  });
});
