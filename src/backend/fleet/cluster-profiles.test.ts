import { expect, test } from 'vitest';
import { EMPTY_PROFILE, type ProfileRecord } from '../../domain/cluster-profile.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { editOf } from '../../testing/harness/profile-log-contract.ts';
import { createInMemoryProfileLog } from '../journal/in-memory-profile-log.ts';
import { createClusterProfiles, createProfiledClusters } from './cluster-profiles.ts';

function setUp(options: { listed?: readonly string[]; most?: number } = {}) {
  const log = createInMemoryProfileLog({ clock: createHandClock(), days: 400 });
  let changes = 0;
  const create = () =>
    createClusterProfiles({
      log,
      isListed: (id) => options.listed?.includes(id) ?? true,
      onChanged: () => (changes += 1),
      ...(options.most === undefined ? {} : { most: options.most }),
    });
  return { create, changes: () => changes };
}

test('what is set is shown at once, and after a restart', async () => {
  const { create, changes } = setUp();
  const before = create();
  expect(before.shown('vc')).toBeNull();
  await before.put(editOf('Wei'), 0);
  expect(before.shown('vc')?.profile.owner).toBe('Wei');
  expect(changes()).toBe(1);
  const after = create();
  expect((await after.read('vc')).now?.profile.owner).toBe('Wei');
  expect(after.shown('vc')?.profile.owner).toBe('Wei');
  expect(changes()).toBe(2);
});

test('of two who edit the same version at once, one is told', async () => {
  const profiles = setUp().create();
  const outcomes = await Promise.all([profiles.put(editOf('Wei'), 0), profiles.put(editOf('Ada'), 0)]);
  expect(outcomes.map(({ kind }) => kind)).toEqual(['set', 'moved']);
  expect((await profiles.read('vc')).edits).toHaveLength(1);
});

test('of too many, those of virtual clusters that are gone make room, the oldest first', async () => {
  const profiles = setUp({ listed: ['a'], most: 3 }).create();
  for (const [index, clusterId] of ['a', 'b', 'c', 'd', 'e'].entries())
    await profiles.put(editOf('Wei', { clusterId, at: 1_800_000_000_000 + index }), 0);
  expect(['a', 'b', 'c', 'd', 'e'].filter((id) => profiles.shown(id) !== null)).toEqual(['a', 'd', 'e']);
  expect((await profiles.read('b')).edits).toHaveLength(1);
});

test('a virtual cluster keeps its identity until it or its profile changes', () => {
  const record = (version: number): ProfileRecord => ({ profile: EMPTY_PROFILE, version, who: 'x', at: 1 });
  let profile: ProfileRecord | null = null;
  const profiled = createProfiledClusters<{ readonly id: string; readonly profile?: ProfileRecord | undefined }>((id) =>
    id === 'a' ? profile : null,
  );
  const [a, b] = [{ id: 'a' }, { id: 'b' }];
  const clusters = new Map([
    ['a', a],
    ['b', b],
  ]);
  expect(profiled(clusters)).toBe(clusters);
  profile = record(1);
  const first = profiled(clusters);
  expect(first.get('a')).toEqual({ id: 'a', profile });
  expect(first.get('b')).toBe(b);
  expect(profiled(new Map(clusters)).get('a')).toBe(first.get('a'));
  profile = record(2);
  expect(profiled(clusters).get('a')).not.toBe(first.get('a'));
  expect(profiled(new Map([['a', { id: 'a' }]])).get('a')).not.toBe(first.get('a'));
});
