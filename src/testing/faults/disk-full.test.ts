import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChangeLog } from '../../backend/journal/change-log.ts';
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
  const made = openJournalFile({ file, ...retention });
  if (!made.ok) throw new Error(made.message);
  await made.log.close();
  // The same file under a store whose disk the test holds in its hand.
  db = new Database(file);
  store = createSqliteChangeLog(db, retention);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** From now on the database gets no page more, as on a full disk: SQLite says SQLITE_FULL. */
const fill = () => db.exec('PRAGMA max_page_count = 1');
const empty = () => db.exec('PRAGMA max_page_count = 1000000');

test('on a full disk nothing new is sent to Ray, and that is said; what is there can be read; with room again, it goes on', async () => {
  const console = ray.start(store);
  let made = 0;
  const ask = () =>
    console.during(
      console.write('PUT', paths.change(uuid(made)), {
        kind: 'save',
        clusterId: `c${String(made)}`,
        divisible: false,
        base: null,
        want: { '4c8g': 1 },
      }),
    );
  const rayHas = async (id: string) =>
    (await (await ray.script('GET', `/virtual_clusters?t=${String(Math.random())}`)).text()).includes(
      `"virtualClusterId": "${id}"`,
    );
  expect((await ask()).status).toBe(200);

  fill();
  let refused: Response | null = null;
  // What room is left in the file's last pages goes first.
  while (refused === null) {
    made += 1;
    const reply = await ask();
    const id = `c${String(made)}`;
    if (reply.status === 200) expect(await rayHas(id)).toBe(true);
    else refused = reply;
    expect(made).toBeLessThan(59);
  }
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({ problem: 'journal-unwritable' });
  expect(await rayHas(`c${String(made)}`)).toBe(false);

  const listed: { readonly total: number } = await (
    await console.during(console.ask(`${paths.changes}?limit=1`))
  ).json();
  expect(listed.total).toBeGreaterThanOrEqual(made);
  expect((await console.fleet()).clusters.length).toBe(made);

  empty();
  await ray.clock.advance(10_000);
  made += 1;
  expect((await ask()).status).toBe(200);
  expect(await rayHas(`c${String(made)}`)).toBe(true);
  await console.close();
  // Nothing that was sent is missing after a restart.
  const reopened = openJournalFile({ file: join(folder, 'journal.sqlite'), clock: ray.clock, days: 400, most: 1_000 });
  if (!reopened.ok) throw new Error(reopened.message);
  const { records } = await reopened.log.list({ outcome: ['applied'] }, { offset: 0, limit: 100 });
  const has = await Promise.all(
    records.map(({ change: { wanted } }) => rayHas(wanted.kind === 'save' ? wanted.clusterId : '')),
  );
  expect(has.every(Boolean)).toBe(true);
  expect(records.length).toBe(made);
  expect(await reopened.log.open()).toEqual([]);
  await reopened.log.close();
});
