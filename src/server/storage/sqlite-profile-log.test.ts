import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import { listed, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { editOf, profileLogContract } from '../../testing/harness/profile-log-contract.ts';
import { openJournalFile } from './journal-file.ts';
import { createSqliteProfileLog, PROFILE_TABLES } from './sqlite-profile-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiles-'));
});
afterEach(() => rm(folder, { recursive: true }));

function open(name: string) {
  const opened = openJournalFile({ file: join(folder, name), clock: createHandClock(), days: 400, most: 1_000 });
  if (!opened.ok) throw new Error(opened.message);
  return opened;
}

profileLogContract('in a file', (options) => {
  const db = new Database(':memory:');
  db.exec(PROFILE_TABLES);
  return createSqliteProfileLog(db, options);
});

test('a profile that was set is there after the process died at once', async () => {
  const { log, profiles } = open('x.sqlite');
  await profiles.put(editOf('Wei'), 0);
  for (const ending of ['', '-wal'])
    await writeFile(join(folder, `copy.sqlite${ending}`), await readFile(join(folder, `x.sqlite${ending}`)));
  await log.close();
  const after = open('copy.sqlite');
  expect((await after.profiles.all()).get('vc')?.profile.owner).toBe('Wei');
  expect((await after.profiles.edits({}, null, 10)).map(({ who }) => who)).toEqual(['somebody']);
  await after.log.close();
});

test("an older console's journal gets room for profiles, and keeps its changes", async () => {
  const { log } = open('x.sqlite');
  await log.add(recordOf('1'));
  await log.close();
  const db = new Database(join(folder, 'x.sqlite'));
  db.exec(
    'DROP TABLE plans; DROP TABLE observations; DROP TABLE profiles; DROP TABLE profile_edits; PRAGMA user_version = 2;',
  );
  db.close();
  const after = open('x.sqlite');
  await after.profiles.put(editOf('Wei'), 0);
  expect((await after.profiles.all()).size).toBe(1);
  expect((await listed(after.log)).map(({ id }) => id)).toEqual(['1']);
  await after.log.close();
});

test('what can not be written is refused, and nothing of it is kept', async () => {
  const { log, profiles } = open('x.sqlite');
  await rm(join(folder, 'x.sqlite'));
  await expect(profiles.put(editOf('Wei'), 0)).rejects.toBeInstanceOf(JournalUnwritable);
  expect(await profiles.all()).toEqual(new Map());
  await log.close();
});

test('a row that is no profile hides no other one', async () => {
  const db = new Database(':memory:');
  db.exec(PROFILE_TABLES);
  const log = createSqliteProfileLog(db, { clock: createHandClock(), days: 400 });
  await log.put(editOf('Wei'), 0);
  db.exec(`INSERT INTO profiles VALUES ('bad', 9, 'x', 1, '{"owner":'), ('worse', 9, 'x', 1, '{}');
    INSERT INTO profile_edits VALUES (9, 'bad', 'x', 'x', 'local', 1, '{', '{}');`);
  expect([...(await log.all()).keys()]).toEqual(['vc']);
  expect((await log.edits({}, null, 10)).map(({ clusterId }) => clusterId)).toEqual(['vc']);
});
