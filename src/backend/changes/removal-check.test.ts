import { afterEach, beforeEach, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { NO_REVISION } from '../../domain/revision.ts';
import type { ListedCluster } from '../../domain/sources.ts';
import { createScriptWorld, type ScriptWorld } from '../../testing/harness/script-world.ts';
import { createRemovalCheck } from './removal-check.ts';

/** A script saves a cluster that was deleted through the console, on its old revision. */
let world: ScriptWorld;
let revision: string;
beforeEach(async () => {
  world = await createScriptWorld({ '4c8g': 4 });
  await world.send('POST', paths.virtualClusters, '{"virtualClusterId":"team","replicaSets":{"4c8g":1}}');
  revision = (await world.clusters()).get('team')?.revision ?? '';
});
afterEach(() => world.close());

const save = (on: string, count = 2) =>
  world.send(
    'POST',
    paths.virtualClusters,
    `{"virtualClusterId":"team","replicaSets":{"4c8g":${count}},"revision":${on}}`,
  );
const remove = () => world.send('DELETE', paths.virtualCluster('team'));
const outcomes = async () => (await world.journal()).map(({ result }) => result?.kind);

test('it is expired, in the words of Ray, and nothing is sent', async () => {
  await remove();
  const writes = world.writes();
  expect(JSON.parse(await save(revision))).toEqual({
    result: false,
    msg: `Failed to create or update virtual cluster team: The revision (${revision}) is expired, the latest revision of the virtual cluster team is 0`,
    data: { virtualClusterId: 'team', replicaSetsToRecommend: {} },
  });
  expect(world.writes()).toBe(writes);
  expect((await world.clusters()).has('team')).toBe(false);
  expect((await world.journal())[0]).toMatchObject({ attempts: 0, result: { kind: 'conflict', theirs: null } });
});

test('sent at once with the delete and while it runs, none of 40 brings it back', async () => {
  const deletion = remove();
  const saves = Array.from({ length: 40 }, () => save(revision));
  await deletion;
  for (const reply of saves) expect(await reply).toMatch(/is expired/);
  expect((await world.clusters()).has('team')).toBe(false);
  expect(await outcomes()).toEqual([...saves.map(() => 'conflict'), 'applied', 'applied']);
});

test('without a revision it is created on purpose, and edited on the new one', async () => {
  await remove();
  expect(await save('0')).toMatch(/"result": true/);
  const created = (await world.clusters()).get('team')?.revision ?? '';
  expect(await save(revision)).toMatch(/is expired/);
  expect(await save(created)).toMatch(/"result": true/);
});

test('created again past the console it is there, however old the list that the console has', async () => {
  await remove();
  await world.direct('POST', paths.virtualClusters, '{"virtualClusterId":"team"}');
  const created = (await world.clusters()).get('team')?.revision ?? '';
  expect(await save(created)).toMatch(/"result": true/);
});

test('deleted past the console, Ray creates it again', async () => {
  await world.direct('DELETE', paths.virtualCluster('team'));
  expect(await save(revision)).toMatch(/"result": true/);
});

test('a restarted Ray has another session: scripts restore what it had', async () => {
  await remove();
  await world.restartRay();
  expect(await save(revision)).toMatch(/"result": true/);
});

test('a restarted console knows of the deletion by its journal', async () => {
  await remove();
  await world.restartConsole();
  expect(await save(revision)).toMatch(/is expired/);
});

test('changed while its delete was on the way, the list may still show it: it is read again', async () => {
  await remove();
  const deletion = (await world.journal())[0];
  if (deletion === undefined) throw new Error('nothing recorded');
  const record = { change: deletion, sentOn: null, membersBefore: null, session: null };
  const listed = { id: 'team', divisible: false, revision: NO_REVISION, members: new Map() };
  const check = (isRecent: boolean, isRead = true) => {
    let shown: ListedCluster | null = listed;
    return createRemovalCheck({
      store: {
        listedCluster: () => shown,
        listMoment: () => ({ at: 1, order: 1 }),
        state: () => ({ last: null, failure: null }),
      },
      poller: {
        refresh() {
          shown = null;
          return Promise.resolve(isRead);
        },
      },
      changeLog: {
        find: () => Promise.resolve({ rows: [{ number: 1, bytes: 1 }], total: 1 }),
        read: () => Promise.resolve([record.change]),
        get: () => Promise.resolve(record),
      },
      wasRecentlyRemoved: () => isRecent,
    })('team');
  };
  expect(await check(true)).toEqual({ kind: 'removed' });
  expect(await check(false)).toEqual({ kind: 'not-removed' });
  // It may have been created again past the console.
  expect(await check(true, false)).toEqual({ kind: 'unread', isUnreachable: false });
});
