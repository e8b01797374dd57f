import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { applied, recordOf } from '../backend/testing/change-log-contract.ts';
import { createHandClock } from '../backend/testing/hand-clock.ts';
import { createChangeStore } from './change-store.ts';
import { openJournalFile } from './journal-file.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'changes-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A store whose way of syncing is told: every `PRAGMA` that it gives, in order. */
async function setUp() {
  const options = { file: join(folder, 'x.sqlite'), clock: createHandClock(), days: 400, most: 1_000 };
  const made = openJournalFile(options);
  if (!made.ok) throw new Error(made.message);
  await made.log.close();
  const db = new Database(options.file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  const exec = vi.spyOn(db, 'exec');
  const log = createChangeStore(db, options);
  const given = () => exec.mock.calls.splice(0).map(([sql]) => sql.replace('PRAGMA ', ''));
  given();
  return { db, log, given };
}

const UNHURRIED = ['synchronous = NORMAL', 'synchronous = FULL'];
const SYNC = ['user_version = 1'];

describe('syncs', () => {
  const open = (id: string, attempts = 0) => recordOf(id, { result: null, attempts });

  test('a new change waits for the next write of it, and is synced with that', async () => {
    const { log, given } = await setUp();
    await log.add(open('1'), 'before-told');
    expect(given()).toEqual(UNHURRIED);
    await log.update(open('1', 1));
    await log.get('1');
    await log.list({}, { offset: 0, limit: 10 });
    expect(given()).toEqual([]);
    await log.close();
  });

  test.each([
    ['by its id', (log: Awaited<ReturnType<typeof setUp>>['log']) => log.get('1')],
    ['in a list', (log) => log.list({}, { offset: 0, limit: 10 })],
    ['in an export', (log) => log.walk({}, null, 10)],
  ])('it is on the disk before it is told of %s, and synced once', async (_how, tell) => {
    const { log, given } = await setUp();
    await log.add(open('1'), 'before-told');
    given();
    expect(await log.get('2')).toBeNull();
    expect(given()).toEqual([]);
    await tell(log);
    expect(given()).toEqual(SYNC);
    await tell(log);
    expect(given()).toEqual([]);
    await log.close();
  });

  test('writing the same again is no sync, and one of another change is one', async () => {
    const { log, given } = await setUp();
    await log.add(open('1'), 'before-told');
    await log.update(open('1'));
    given();
    await log.get('1');
    expect(given()).toEqual(SYNC);
    await log.add(open('2'), 'before-told');
    await log.add(open('3'));
    given();
    await log.get('2');
    expect(given()).toEqual([]);
    await log.close();
  });

  test('what can not be written leaves the writes after it as they were', async () => {
    const { db, log, given } = await setUp();
    db.exec('CREATE TRIGGER full BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, \'full\'); END');
    given();
    await expect(log.add(open('1'), 'before-told')).rejects.toThrow('full');
    expect(given()).toEqual(UNHURRIED);
    db.exec('DROP TRIGGER full');
    await log.add(open('1'), 'before-told');
    await log.update(recordOf('1', { result: applied }));
    expect(db.prepare('PRAGMA synchronous').get()).toMatchObject({ synchronous: 2 });
    await log.close();
  });
});
