import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usageSummaryOf } from '../../backend/usage/usage-summaries.ts';
import { DAY, type UsageStore } from '../../backend/usage/usage-store.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { generateHistory, historyOver, historyStart } from '../../testing/harness/generated-usage.ts';
import { usageStoreContract } from '../../testing/harness/usage-store-contract.ts';
import { openUsageFile } from './usage-file.ts';

let folder = '';
let count = 0;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usage-'));
});
afterEach(() => rm(folder, { recursive: true }));

const clock = createHandClock();

function opened(file: string): { store: UsageStore; warning: string | null } {
  const usage = openUsageFile({ file, clock });
  if (!usage.ok) throw new Error(usage.message);
  return usage;
}

/** A file with a history in it. */
async function filled(file: string, close = true): Promise<UsageStore> {
  const { store } = opened(file);
  const history = historyOver(store, clock.now);
  for (const sample of generateHistory(1, 400)) history.record(sample);
  await history.tidy();
  if (close) store.close();
  return store;
}

const summary = (store: UsageStore) =>
  usageSummaryOf(
    historyOver(store, () => historyStart + DAY),
    { from: historyStart - DAY, to: historyStart + DAY, clusterId: null, templateId: null },
  );

usageStoreContract('in a file', () => opened(join(folder, `${String((count += 1))}.sqlite`)).store);

describe('a file of usage', () => {
  test('is its owner’s alone, and says the same after it was closed', async () => {
    const file = join(folder, 'x.sqlite');
    const store = await filled(file, false);
    const before = await summary(store);
    expect(before.rows.length).toBeGreaterThan(3);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    store.close();
    const { store: after, warning } = opened(file);
    expect(warning).toBeNull();
    expect(await summary(after)).toEqual(before);
    after.close();
  });

  test('of the first version opens, with what is in it', async () => {
    const file = join(folder, 'x.sqlite');
    await filled(file);
    const db = new Database(file);
    db.exec('DROP TABLE usage; PRAGMA user_version = 1;');
    db.close();
    const { store, warning } = opened(file);
    expect(warning).toBeNull();
    expect((await summary(store)).rows.length).toBeGreaterThan(3);
    store.close();
  });

  test.each(['garbage', 'another database', 'a page of nonsense'])('%s is set aside, and said', async (kind) => {
    const file = join(folder, 'x.sqlite');
    if (kind === 'garbage') await writeFile(file, 'x'.repeat(5_000));
    else if (kind === 'another database') {
      const db = new Database(file);
      db.exec('CREATE TABLE t (a)');
      db.close();
    } else {
      await filled(file);
      const bytes = await readFile(file);
      bytes.fill(0xaa, 4_096, 4 * 4_096);
      await writeFile(file, bytes);
    }
    const { store, warning } = opened(file);
    expect(warning).toMatch(
      /^The usage .*x\.sqlite can't be read \(.*\)\. It was set aside as .*; usage begins anew\.$/,
    );
    expect((await readdir(folder)).some((name) => name.startsWith('x.sqlite.damaged-'))).toBe(true);
    expect((await summary(store)).rows).toEqual([]);
    store.close();
    expect(opened(file).warning).toBeNull();
  });

  test('whenever its console is killed, has every minute that was written', async () => {
    const file = join(folder, 'x.sqlite');
    const { store } = opened(file);
    const history = historyOver(store, clock.now);
    const samples = generateHistory(3, 300).slice(0, 150);
    const query = { from: historyStart - DAY, to: historyStart + DAY, clusterId: null, templateId: null };
    for (const [n, sample] of samples.entries()) {
      history.record(sample);
      if (n % 30 !== 7) continue;
      const expected = await usageSummaryOf(history, query);
      const copy = join(folder, `copy-${String(n)}.sqlite`);
      for (const ending of ['', '-wal']) await writeFile(copy + ending, await readFile(file + ending));
      const after = opened(copy);
      expect(after.warning).toBeNull();
      expect((await usageSummaryOf(historyOver(after.store, clock.now), query)).rows).toEqual(expected.rows);
      after.store.close();
    }
    store.close();
  });

  test('from a newer console is refused, and left as it is', async () => {
    const file = join(folder, 'x.sqlite');
    const db = new Database(file);
    db.exec('CREATE TABLE minutes (a); PRAGMA user_version = 99;');
    db.close();
    const refused = openUsageFile({ file, clock });
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.message).toMatch(/newer console \(version 99.*--data-dir <path>/);
    expect(await readdir(folder)).toContain('x.sqlite');
  });

  test('is not looked for behind a link', async () => {
    await writeFile(join(folder, 'other'), 'precious');
    await symlink(join(folder, 'other'), join(folder, 'x.sqlite'));
    expect(openUsageFile({ file: join(folder, 'x.sqlite'), clock })).toMatchObject({ ok: false });
    expect(await readFile(join(folder, 'other'), 'utf8')).toBe('precious');
  });

  test('a write that fails is a gap, and the next minute is whole again', async () => {
    const file = join(folder, 'x.sqlite');
    const { store } = opened(file);
    let isFull = false;
    const history = historyOver(
      {
        ...store,
        addMinute(minute, series) {
          if (isFull) throw new Error('database or disk is full');
          store.addMinute(minute, series);
        },
      },
      clock.now,
    );
    const samples = generateHistory(2, 200);
    for (const [n, sample] of samples.entries()) {
      isFull = n >= 50 && n < 60;
      if (isFull) expect(() => history.record(sample)).toThrow('full');
      else history.record(sample);
    }
    const expected = historyOver(opened(join(folder, 'y.sqlite')).store, clock.now);
    for (const sample of samples.filter((_, n) => n < 50 || n >= 60)) expected.record(sample);
    const query = { from: historyStart - DAY, to: historyStart + DAY, clusterId: null, templateId: null };
    const sorted = async (of: typeof history) =>
      (await usageSummaryOf(of, query)).rows.toSorted((a, b) =>
        `${a.clusterId} ${a.templateId}` < `${b.clusterId} ${b.templateId}` ? -1 : 1,
      );
    const kept = await sorted(history);
    expect(kept).toEqual(await sorted(expected));
    store.close();
    expect(await sorted(historyOver(opened(file).store, clock.now))).toEqual(kept);
  });
});
