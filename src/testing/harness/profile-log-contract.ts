import { describe, expect, test } from 'vitest';
import type { NewProfileEdit, ProfileLog, ProfileRetention } from '../../backend/journal/profile-log.ts';
import { DAY } from '../../backend/journal/change-log.ts';
import { EMPTY_PROFILE } from '../../domain/cluster-profile.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

/** An edit that makes somebody the owner of `vc`. */
export function editOf(owner: string, given: Partial<NewProfileEdit> = {}): NewProfileEdit {
  return {
    clusterId: 'vc',
    who: 'somebody',
    address: '127.0.0.1',
    via: 'local',
    at: 1_800_000_000_000,
    after: { ...EMPTY_PROFILE, owner, labels: ['gpu', 'team=data'] },
    ...given,
  };
}

/** The contract of every profile log. `create` makes a new, empty one. */
export function profileLogContract(
  name: string,
  create: (options: ProfileRetention & { readonly clock: HandClock }) => ProfileLog,
) {
  describe(`profile log ${name}`, () => {
    const clock = createHandClock();
    const start = (given: Partial<ProfileRetention> = {}) => create({ days: 400, clock, ...given });
    const put = async (log: ProfileLog, edit: NewProfileEdit, expected: number) => {
      const outcome = await log.put(edit, expected);
      if (outcome.kind !== 'set') throw new Error('not set');
      return outcome.record.version;
    };

    test('what is set is there, with who and when', async () => {
      const log = start();
      expect(await log.all()).toEqual(new Map());
      const edit = editOf('Wei');
      const version = await put(log, edit, 0);
      const { after, who, at } = edit;
      expect(await log.all()).toEqual(new Map([['vc', { profile: after, version, who, at }]]));
    });

    test('whoever edits from another version is told what is there, and sets nothing', async () => {
      const log = start();
      const first = await put(log, editOf('Wei'), 0);
      const outcome = await log.put(editOf('Ada', { who: 'other' }), 0);
      expect(outcome).toMatchObject({ kind: 'moved', now: { profile: { owner: 'Wei' }, version: first } });
      expect(await log.put(editOf('Ada'), first + 7)).toMatchObject({ kind: 'moved' });
      expect(await log.put(editOf('Ada', { clusterId: 'never' }), 3)).toEqual({ kind: 'moved', now: null });
      expect((await log.all()).get('vc')?.profile.owner).toBe('Wei');
      expect(await log.edits({}, null, 10)).toHaveLength(1);
      expect(await put(log, editOf('Ada'), first)).toBeGreaterThan(first);
    });

    test('each edit is kept with what was there before and after, newest first', async () => {
      const log = start();
      const first = await put(log, editOf('Wei'), 0);
      const second = await put(log, editOf('Ada', { at: 1_800_000_000_500, who: 'ada' }), first);
      const edits = await log.edits({}, null, 10);
      expect(edits.map(({ version }) => version)).toEqual([second, first]);
      expect(edits.map(({ before, after }) => [before.owner, after.owner])).toEqual([
        ['Wei', 'Ada'],
        ['', 'Wei'],
      ]);
      expect(edits[0]).toEqual({
        ...editOf('Ada', { at: 1_800_000_000_500, who: 'ada' }),
        version: second,
        before: editOf('Wei').after,
      });
    });

    test('edits are found by cluster, person and time, page by page', async () => {
      const log = start();
      await put(log, editOf('Wei'), 0);
      const other = await put(log, editOf('Ada', { clusterId: 'other', who: 'ada', at: 1_800_000_001_000 }), 0);
      await put(log, editOf('Noor', { clusterId: 'third', at: 1_800_000_002_000 }), 0);
      const owners = async (query: Parameters<ProfileLog['edits']>[0], before: number | null = null, limit = 10) =>
        (await log.edits(query, before, limit)).map(({ after }) => after.owner);
      expect(await owners({ cluster: 'vc' })).toEqual(['Wei']);
      expect(await owners({ who: 'somebody' })).toEqual(['Noor', 'Wei']);
      expect(await owners({ since: 1_800_000_001_000 })).toEqual(['Noor', 'Ada']);
      expect(await owners({ until: 1_800_000_001_000 })).toEqual(['Wei']);
      expect(await owners({}, null, 2)).toEqual(['Noor', 'Ada']);
      expect(await owners({}, other, 2)).toEqual(['Wei']);
      const later = async (query: Parameters<ProfileLog['editsAfter']>[0], after: number | null) =>
        (await log.editsAfter(query, after, 2)).map(({ after: { owner } }) => owner);
      expect(await later({}, null)).toEqual(['Wei', 'Ada']);
      expect(await later({}, other)).toEqual(['Noor']);
      expect(await later({ cluster: 'other' }, null)).toEqual(['Ada']);
    });

    test('a forgotten profile is no more, and its version never comes back', async () => {
      const log = start();
      const first = await put(log, editOf('Wei'), 0);
      await log.forget('vc');
      expect(await log.all()).toEqual(new Map());
      expect(await log.edits({}, null, 10)).toHaveLength(1);
      expect(await put(log, editOf('Ada'), 0)).toBeGreaterThan(first);
    });

    test('old edits are forgotten, by age and by number, and never the profile', async () => {
      const log = start({ days: 1, mostEdits: { perCluster: 3, inAll: 5 } });
      const now = clock.now();
      await put(log, editOf('old', { clusterId: 'other', at: now - 2 * DAY }), 0);
      let version = 0;
      for (const owner of ['a', 'b', 'c', 'd', 'e']) version = await put(log, editOf(owner, { at: now }), version);
      expect((await log.edits({}, null, 10)).map(({ after }) => after.owner)).toEqual(['e', 'd', 'c']);
      for (const id of ['1', '2', '3', '4']) await put(log, editOf(id, { clusterId: id, at: now }), 0);
      expect((await log.edits({}, null, 10)).map(({ after }) => after.owner)).toEqual(['4', '3', '2', '1', 'e']);
      expect([...(await log.all()).values()].map(({ profile }) => profile.owner).toSorted()).toEqual([
        '1',
        '2',
        '3',
        '4',
        'e',
        'old',
      ]);
    });
  });
}
