import Database from 'libsql';
import { expect, test } from 'vitest';
import { JournalUnwritable } from '../../backend/journal/change-log.ts';
import { describePlanStore, planOf } from '../../testing/harness/plan-store-contract.ts';
import { createSqlitePlanStore, PLANS_TABLE } from './sqlite-plan-store.ts';

function emptyDatabase(): Database.Database {
  const db = new Database(':memory:');
  db.exec(PLANS_TABLE);
  return db;
}

describePlanStore((bounds) => createSqlitePlanStore(emptyDatabase(), { bounds }));

test('a row that can not be read is left out, and the others are there', async () => {
  const db = emptyDatabase();
  const store = createSqlitePlanStore(db);
  await store.put(planOf('a'));
  await store.put(planOf('b'));
  db.exec("UPDATE plans SET record = '{' WHERE id = 'a'");
  expect((await store.all()).map(({ id }) => id)).toEqual(['b']);
  expect(await store.get('a')).toBeNull();
});

test('a plan is read once to be summed up, not at each look at the list', async () => {
  const db = emptyDatabase();
  const store = createSqlitePlanStore(db);
  for (const id of ['a', 'b']) await store.put(planOf(id));
  await store.summaries();
  // What would be read now is no plan any more.
  db.exec("UPDATE plans SET record = '{'");
  expect((await store.summaries()).map(({ id }) => id)).toEqual(['b', 'a']);
});

test('a file that was taken away is said, and nothing is stored', async () => {
  const store = createSqlitePlanStore(emptyDatabase(), {
    assertInPlace() {
      throw new Error('deleted');
    },
  });
  await expect(store.put(planOf('a'))).rejects.toBeInstanceOf(JournalUnwritable);
  expect(await store.all()).toEqual([]);
});
