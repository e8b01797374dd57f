import { mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createUsageHistory } from '../../backend/usage/usage-history.ts';
import { usageSummaryOf } from '../../backend/usage/usage-summaries.ts';
import { DAY, HOUR, type UsageStore } from '../../backend/usage/usage-store.ts';
import type { UsageSample } from '../../domain/usage-sample.ts';
import { seededRandom } from '../../testing/harness/seeded-random.ts';
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

/** Of twenty virtual clusters that change at random. */
function sampleOf(at: number, random: () => number): UsageSample {
  const clusters = Array.from({ length: 20 }, (_, i) => {
    const used = Math.floor(random() * 10);
    const nodes = { held: 10, used, reserved: 0, idle: 10 - used, dead: 0 };
    const load = { jobs: used, cpuUsed: used, cpuTotal: 40, gpuUsed: 0, gpuTotal: 0 };
    return [`team-${String(i)}`, { templates: new Map([['4c8g', nodes]]), load }] as const;
  });
  return { at, minutes: 60, clusters: new Map(clusters), free: new Map([['4c8g', 3]]) };
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

  test('has nothing of what was written at once and broke off', () => {
    const file = join(folder, 'x.sqlite');
    const { store } = opened(file);
    const series = { kind: 'free', clusterId: null, templateId: '4c8g' } as const;
    const brokenOff = () =>
      store.atOnce(() => {
        store.addMinute({ at: historyStart, minutes: 1, isKey: true, frame: new Uint8Array([1]) }, [series]);
        throw new Error('no room');
      });
    expect(brokenOff).toThrow('no room');
    store.close();
    const { store: after } = opened(file);
    expect([after.series(), after.minutes(0, historyStart + DAY)]).toEqual([[], []]);
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

  test('whose bytes are bound keeps the newest days and two days of minutes, and reuses its place', async () => {
    const file = join(folder, 'x.sqlite');
    const { store } = opened(file);
    const first = 20_000 * DAY;
    const mostBytes = 80_000;
    let now = first;
    const random = seededRandom(5);
    const history = createUsageHistory({
      store,
      clock: { now: () => now },
      days: 400,
      mostBytes,
      pause: async () => {},
    });
    for (; now < first + 12 * DAY; now += HOUR) {
      history.record(sampleOf(now, random));
      if (now % DAY !== HOUR) continue;
      await history.tidy();
    }
    const days = store.days();
    expect(days.length).toBeGreaterThan(2);
    expect(days.length).toBeLessThan(9);
    expect(days.at(-1)).toBe(first + 10 * DAY);
    expect(days[0]).toBe((days.at(-1) ?? 0) - (days.length - 1) * DAY);
    expect(store.minutes(0, now).filter(({ at }) => at >= now - 2 * DAY)).toHaveLength(2 * 24);
    store.close();
    // A day is dropped once the next one is there, and its place is used again.
    expect((await stat(file)).size).toBeLessThan(mostBytes * 1.5);
  });

  test('that is replaced is not written to, which is told, and goes on when it is back', async () => {
    const file = join(folder, 'x.sqlite');
    const { store } = opened(file);
    const history = historyOver(store, clock.now);
    const [one, other, third] = generateHistory(1, 20);
    if (one === undefined || other === undefined || third === undefined) throw new Error('no samples');
    history.record(one);
    await rename(file, `${file}.away`);
    await writeFile(file, 'somebody else’s');
    expect(() => history.record(other)).toThrow('was deleted or replaced');
    expect(await readFile(file, 'utf8')).toBe('somebody else’s');
    await rename(`${file}.away`, file);
    history.record(third);
    expect(store.minutes(0, third.at + 1).map(({ at }) => at)).toEqual([one.at, third.at]);
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
