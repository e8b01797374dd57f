import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
import { listed } from '../harness/change-log-contract.ts';
import { uuid } from '../harness/test-console.ts';
import { createSimulatedRay } from '../harness/simulated-console.ts';
import { paths } from '../../contract/paths.ts';
import { createSqliteChangeLog } from '../../server/storage/sqlite-change-log.ts';
import { openJournalFile } from '../../server/storage/journal-file.ts';

let folder: string;
let db: Database.Database;
let ray: Awaited<ReturnType<typeof createSimulatedRay>>;
let store: ChangeLog;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'virtual-cluster-console-'));
  const file = join(folder, 'journal.sqlite');
  ray = await createSimulatedRay({ '4c8g': 60 });
  const retention = { clock: ray.clock, days: 400, most: 1_000 };
  const opened = openJournalFile({ file, ...retention });
  if (!opened.ok) throw new Error(opened.message);
  await opened.log.close();
  // Opens the same file again, so that the test can limit its size.
  db = new Database(file);
  store = createSqliteChangeLog(db, retention);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Makes every further write fail with SQLITE_FULL, as on a full disk. */
const fillDisk = () => db.exec('PRAGMA max_page_count = 1');
const freeDisk = () => db.exec('PRAGMA max_page_count = 1000000');

test('on a full disk no change is sent to Ray and the reply says why; the journal stays readable; with free space, changes work again', async () => {
  const console = ray.start(store);
  let count = 0;
  const create = () =>
    console.during(
      console.write('PUT', paths.change(uuid(count)), {
        kind: 'save',
        clusterId: `c${String(count)}`,
        divisible: false,
        base: null,
        want: { '4c8g': 1 },
      }),
    );
  const rayHas = async (id: string) =>
    (await (await ray.script('GET', `/virtual_clusters?t=${String(Math.random())}`)).text()).includes(
      `"virtualClusterId": "${id}"`,
    );
  expect((await create()).status).toBe(200);

  fillDisk();
  let refused: Response | null = null;
  // The free space in the file's last pages is used up first.
  while (refused === null) {
    count += 1;
    const reply = await create();
    const id = `c${String(count)}`;
    if (reply.status === 200) expect(await rayHas(id)).toBe(true);
    else refused = reply;
    expect(count).toBeLessThan(59);
  }
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ problem: 'journal-unwritable' });
  expect(await rayHas(`c${String(count)}`)).toBe(false);

  const list: { readonly total: number } = await (await console.during(console.ask(`${paths.changes}?limit=1`))).json();
  expect(list.total).toBeGreaterThanOrEqual(count);
  expect((await console.fleet()).clusters.length).toBe(count);

  freeDisk();
  await ray.clock.advance(10_000);
  count += 1;
  expect((await create()).status).toBe(200);
  expect(await rayHas(`c${String(count)}`)).toBe(true);
  await console.close();
  // After a restart no sent change is missing.
  const reopened = openJournalFile({ file: join(folder, 'journal.sqlite'), clock: ray.clock, days: 400, most: 1_000 });
  if (!reopened.ok) throw new Error(reopened.message);
  const changes = await listed(reopened.log, { outcome: ['applied'] });
  const has = await Promise.all(changes.map(({ wanted }) => rayHas(wanted.kind === 'save' ? wanted.clusterId : '')));
  expect(has.every(Boolean)).toBe(true);
  expect(changes.length).toBe(count);
  expect(await reopened.log.open()).toEqual([]);
  await reopened.log.close();
});
