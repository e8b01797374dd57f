import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applied, changeLogContract, listed, recordOf } from '../../testing/harness/change-log-contract.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { JournalUnwritable, type ChangeLog } from '../../backend/journal/change-log.ts';
import { openJournalFile } from './journal-file.ts';

let folder = '';
let count = 0;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const clock = createHandClock();
const options = (file: string) => ({ file, clock, days: 400, most: 1_000 });

function opened(file: string): { log: ChangeLog; warning: string | null } {
  const journal = openJournalFile(options(file));
  if (!journal.ok) throw new Error(journal.message);
  return journal;
}

changeLogContract(
  'in a file',
  (retention) => {
    const journal = openJournalFile({ ...retention, file: join(folder, `${String((count += 1))}.sqlite`) });
    if (!journal.ok) throw new Error(journal.message);
    return journal.log;
  },
  true,
);

describe("a journal's file", () => {
  test('is its owner’s alone, and so is its folder', async () => {
    const inside = join(folder, 'a', 'b');
    const file = join(inside, 'x.sqlite');
    const { log, warning } = opened(file);
    await log.add(recordOf('1'));
    expect(warning).toBeNull();
    expect((await stat(inside)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(inside))
      expect([name, (await stat(join(inside, name))).mode & 0o777]).toEqual([name, 0o600]);
    await log.close();
  });

  test('is there again after it was closed, as one file', async () => {
    const file = join(folder, 'x.sqlite');
    const before = opened(file);
    await before.log.add(recordOf('1', { result: null }));
    await before.log.update(recordOf('1', { result: applied }));
    const { since } = await before.log.retention();
    await before.log.close();
    expect(await readdir(folder)).toEqual(['x.sqlite']);
    const after = opened(file);
    expect((await after.log.get('1'))?.change.result).toEqual(applied);
    expect((await after.log.retention()).since).toBe(since);
    await after.log.close();
  });

  test('remembers what was given up, also when it was never closed', async () => {
    const file = join(folder, 'x.sqlite');
    const { log } = opened(file);
    const { id, wanted, who } = recordOf('1').change;
    expect(await log.abandon({ id, clusterId: wanted.clusterId, who, at: clock.now() })).toBeNull();
    const copy = join(folder, 'copy.sqlite');
    for (const ending of ['', '-wal']) await writeFile(copy + ending, await readFile(file + ending));
    const after = opened(copy);
    expect(await after.log.add(recordOf('1'))).toBe('abandoned');
    await after.log.close();
    await log.close();
  });

  test('of the first version opens, with what is in it', async () => {
    const file = join(folder, 'x.sqlite');
    const { log } = opened(file);
    await log.add(recordOf('1'));
    await log.close();
    const db = new Database(file);
    db.exec(
      'DROP TABLE abandonments; DROP TABLE profiles; DROP TABLE profile_edits; DROP TABLE observations; DROP TABLE plans; PRAGMA user_version = 1;',
    );
    db.close();
    const after = opened(file);
    expect(after.warning).toBeNull();
    expect(await after.log.abandon({ id: '1', clusterId: 'x', who: 'somebody', at: clock.now() })).toMatchObject({
      change: { id: '1' },
    });
    expect(await after.log.abandon({ id: '2', clusterId: 'x', who: 'somebody', at: clock.now() })).toBeNull();
    await after.log.close();
  });

  test('with what was never closed is there again, too', async () => {
    const file = join(folder, 'x.sqlite');
    const { log } = opened(file);
    await log.add(recordOf('1'));
    const copy = join(folder, 'copy.sqlite');
    for (const ending of ['', '-wal']) await writeFile(copy + ending, await readFile(file + ending));
    const after = opened(copy);
    expect(after.warning).toBeNull();
    expect(await after.log.get('1')).not.toBeNull();
    await after.log.close();
    await log.close();
  });

  test.each(['x.sqlite', 'x.sqlite-wal'])('takes nothing in any more once %s was deleted under it', async (name) => {
    const { log } = opened(join(folder, 'x.sqlite'));
    await log.add(recordOf('1', { result: null }));
    await rm(join(folder, name));
    await expect(log.add(recordOf('2'))).rejects.toThrow(JournalUnwritable);
    await expect(log.update(recordOf('1', { result: applied }))).rejects.toThrow(`${name} was deleted or replaced`);
    // Gone or not, what was written before can still be read.
    expect((await log.get('1'))?.change.result).toBeNull();
    await log.close();
  });

  test('opened twice: the second one is told who has it', async () => {
    const file = join(folder, 'x.sqlite');
    const { log } = opened(file);
    const second = openJournalFile(options(file));
    expect(second).toMatchObject({ ok: false });
    if (!second.ok) expect(second.message).toMatch(/^Another console has the journal .*x\.sqlite open\. .*--data-dir/);
    await log.close();
  }, 20_000);

  test.each(['x.sqlite', 'x.sqlite-wal', 'x.sqlite-shm'])('is not looked for behind the link %s', async (name) => {
    const other = join(folder, 'other');
    await writeFile(other, 'precious', { mode: 0o644 });
    await symlink(other, join(folder, name));
    const refused = openJournalFile(options(join(folder, 'x.sqlite')));
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.message).toMatch(/^\/.* is a symbolic link, .*--data-dir <path>\.$/);
    expect(await readFile(other, 'utf8')).toBe('precious');
    expect((await stat(other)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('damaged')]));
  });

  test.each([
    'garbage',
    'three bytes',
    'half of it',
    'another database',
    'without its tables',
    'with a page of nonsense',
  ])('%s is set aside, and said', async (kind) => {
    const file = join(folder, 'x.sqlite');
    await damage(kind, file);
    const { log, warning } = opened(file);
    const aside = (await readdir(folder)).find(
      (name) => name.startsWith('x.sqlite.damaged-') && !name.endsWith('-wal'),
    );
    expect(warning).toContain(join(folder, aside ?? 'none'));
    expect(warning).not.toContain('\n');
    await log.add(recordOf('new'));
    expect((await log.find({}, { offset: 0, limit: 10 })).total).toBe(1);
    await log.close();
    expect(opened(file).warning).toBeNull();
  });

  test('takes its log along when it is set aside', async () => {
    const file = join(folder, 'x.sqlite');
    await writeFile(file, 'x'.repeat(5_000));
    await writeFile(`${file}-wal`, 'y');
    await opened(file).log.close();
    expect((await readdir(folder)).filter((name) => /damaged-\w+-wal$/.test(name))).toHaveLength(1);
  });

  test('from a newer console is refused, and left as it is', async () => {
    const file = join(folder, 'x.sqlite');
    const db = new Database(file);
    db.exec('CREATE TABLE changes (a); PRAGMA user_version = 99;');
    db.close();
    const before = await readFile(file);
    const refused = openJournalFile(options(file));
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.message).toMatch(/newer console \(version 99/);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['x.sqlite']));
    // Only the mark of how it is written has moved.
    expect((await readFile(file)).length).toBe(before.length);
  });

  test('that can not be made is refused in one line, with what to do', async () => {
    await writeFile(join(folder, 'a-file'), '');
    const refused = openJournalFile(options(join(folder, 'a-file', 'x.sqlite')));
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.message).toMatch(/^The journal can't be written in .*--data-dir <path>\.$/);
  });

  test('a row that can not be read is left out, and nothing is added under its id', async () => {
    const file = join(folder, 'x.sqlite');
    const { log } = opened(file);
    await log.add(recordOf('1'));
    await log.add(recordOf('2'));
    await log.close();
    const db = new Database(file);
    db.exec(`UPDATE changes SET record = '{"change":{}}' WHERE id = '1'`);
    db.close();
    const after = opened(file).log;
    expect((await listed(after)).map(({ id }) => id)).toEqual(['2']);
    await expect(after.add(recordOf('1'))).rejects.toThrow(/wanted/);
    await after.close();
  });
});

async function damage(kind: string, file: string) {
  if (kind === 'garbage') return writeFile(file, 'x'.repeat(5_000));
  if (kind === 'three bytes') return writeFile(file, 'abc');
  if (kind === 'another database' || kind === 'without its tables') {
    const db = new Database(file);
    db.exec(`CREATE TABLE t (a); PRAGMA user_version = ${kind === 'another database' ? '0' : '1'};`);
    db.close();
    return undefined;
  }
  const { log } = opened(file);
  for (let n = 0; n < 50; n++) await log.add(recordOf(String(n)));
  await log.close();
  const { size } = await stat(file);
  if (kind === 'half of it') return truncate(file, Math.floor(size / 2));
  const bytes = await readFile(file);
  bytes.fill(0xaa, 4_096, 3 * 4_096);
  await chmod(file, 0o644);
  return writeFile(file, bytes);
}
