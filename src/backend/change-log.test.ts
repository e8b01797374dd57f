import { expect, test } from 'vitest';
import { createMemoryChangeLog, type ChangeRecord } from './change-log.ts';

function record(id: string, askedAt: number, clusterId = 'a'): ChangeRecord {
  return {
    change: {
      id,
      wanted: { kind: 'release', clusterId },
      who: 'w',
      address: '',
      by: 'page',
      askedAt,
      settledAt: null,
      attempts: 0,
      before: null,
      result: null,
      moved: null,
    },
    sentOn: null,
    membersBefore: null,
  };
}

const all = { belongs: () => true, offset: 0, limit: 10 };

test('keeps the newest, and says how far back it remembers', async () => {
  const log = createMemoryChangeLog({ most: 2, startedAt: 5 });
  await log.add(record('1', 10));
  await log.add(record('2', 20));
  expect(await log.kept()).toEqual({ since: 5, most: 2 });
  await log.add(record('3', 30));
  expect((await log.list(all)).map(({ change }) => change.id)).toEqual(['3', '2']);
  expect(await log.kept()).toEqual({ since: 11, most: 2 });
  expect(await log.get('1')).toBeNull();
});

test('an id that is there already is given back, and stays as it is', async () => {
  const log = createMemoryChangeLog({ most: 2, startedAt: 0 });
  expect(await log.add(record('1', 10))).toBeNull();
  expect((await log.add(record('1', 99)))?.change.askedAt).toBe(10);
});

test('what was forgotten does not come back by an update', async () => {
  const log = createMemoryChangeLog({ most: 1, startedAt: 0 });
  await log.add(record('1', 10));
  await log.add(record('2', 20));
  await log.update(record('1', 10));
  expect(await log.get('1')).toBeNull();
});

test('lists the changes of one cluster, a page at a time', async () => {
  const log = createMemoryChangeLog({ most: 10, startedAt: 0 });
  for (const [id, cluster] of [['1', 'a'], ['2', 'b'], ['3', 'a'], ['4', 'a']] as const) await log.add(record(id, 0, cluster));
  const page = await log.list({ belongs: (id) => id === 'a', offset: 1, limit: 1 });
  expect(page.map(({ change }) => change.id)).toEqual(['3']);
});
