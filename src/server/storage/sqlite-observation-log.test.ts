import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createObservationRecorder, WRITE_AFTER } from '../../backend/journal/observation-recorder.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { died, observationLogContract } from '../../testing/harness/observation-log-contract.ts';
import { openJournalFile } from './journal-file.ts';
import { createSqliteObservationLog, OBSERVATIONS_TABLE } from './sqlite-observation-log.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'observations-'));
});
afterEach(() => rm(folder, { recursive: true }));

observationLogContract('in SQLite', (options) => {
  const db = new Database(':memory:');
  db.exec(OBSERVATIONS_TABLE);
  return createSqliteObservationLog(db, options);
});

test('what was seen is in the journal file after a restart; an unreadable row is left out', async () => {
  const options = { file: join(folder, 'x.sqlite'), clock: createHandClock(), days: 400, most: 10 };
  const open = () => {
    const opened = openJournalFile(options);
    if (!opened.ok) throw new Error(opened.message);
    return opened;
  };
  const first = open();
  expect(first.observations.retention.days).toBe(30);
  await first.observations.add([died(options.clock.now()), died(options.clock.now())]);
  await first.log.close();
  const db = new Database(options.file);
  db.exec(`UPDATE observations SET record = '{"kind":"of the future"}' WHERE number = 1`);
  db.close();
  const again = open();
  expect((await again.observations.findBefore({}, null, 10)).map(({ number }) => number)).toEqual([2]);
  await again.log.close();
});

test('a console that is killed loses of what it saw only what it had not written yet', async () => {
  const clock = createHandClock();
  const file = join(folder, 'x.sqlite');
  const opened = openJournalFile({ file, clock, days: 400, most: 10 });
  if (!opened.ok) throw new Error(opened.message);
  const recorder = createObservationRecorder({ log: opened.observations, clock });
  for (let n = 0; n < 5; n++) {
    recorder.record(died(0).what, clock.now());
    await clock.advance(WRITE_AFTER);
  }
  recorder.record(died(0).what, clock.now());
  // What the file has at this moment, as a kill leaves it.
  const copy = join(folder, 'copy.sqlite');
  for (const ending of ['', '-wal']) await writeFile(copy + ending, await readFile(file + ending));
  const after = openJournalFile({ file: copy, clock, days: 400, most: 10 });
  if (!after.ok) throw new Error(after.message);
  expect(await after.observations.findBefore({}, null, 10)).toHaveLength(5);
  await after.log.close();
  await recorder.close();
  expect(await opened.observations.findBefore({}, null, 10)).toHaveLength(6);
  await opened.log.close();
});

test('a full disk loses nothing of what was seen: it is written when there is room again', async () => {
  const clock = createHandClock();
  const db = new Database(join(folder, 'full.sqlite'));
  db.exec(OBSERVATIONS_TABLE);
  const log = createSqliteObservationLog(db, { clock, days: 30, most: 10_000 });
  const recorder = createObservationRecorder({ log, clock });
  const limit = (pages: number) => db.exec(`PRAGMA max_page_count = ${String(pages)}`);
  limit(4);
  const what = { ...died(0).what, templateId: 'x'.repeat(300) };
  for (let n = 0; n < 200; n++) recorder.record(what, clock.now());
  await clock.advance(WRITE_AFTER);
  expect(await log.findBefore({}, null, 1_000)).toEqual([]);
  limit(10_000);
  await clock.advance(60_000);
  expect(await log.findBefore({}, null, 1_000)).toHaveLength(200);
  expect(clock.waiting()).toBe(0);
  await recorder.close();
  db.close();
});
