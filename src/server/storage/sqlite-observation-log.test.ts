import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
