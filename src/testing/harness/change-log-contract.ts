import { describe, expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { journalOutcomes, type JournalQuery } from '../../contract/journal.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import { NO_REVISION, parseRevision, type Revision } from '../../domain/revision.ts';
import {
  DAY,
  type Abandonment,
  type ChangeLog,
  type ChangeRecord,
  type Retention,
} from '../../backend/journal/change-log.ts';
import { createHandClock, type HandClock } from './hand-clock.ts';

export const applied = { kind: 'applied', revision: null, seen: 'reply', retries: 0 } as const satisfies Result;

/** A change record: by default the release of the job cluster `team##raysubmit_X`. */
export function recordOf(id: string, given: Partial<Change> = {}, rest: Partial<ChangeRecord> = {}): ChangeRecord {
  const change: Change = {
    id,
    wanted: { kind: 'release', clusterId: 'team##raysubmit_X' },
    who: 'somebody',
    address: '127.0.0.1',
    via: 'local',
    by: 'page',
    askedAt: 1_800_000_000_000,
    settledAt: null,
    attempts: 0,
    before: null,
    result: applied,
    moved: null,
    ...given,
  };
  return { change, sentOn: null, membersBefore: null, session: null, ...rest };
}

/** All changes that match, newest first, or one page of them. */
export async function listed(
  log: ChangeLog,
  query: JournalQuery = {},
  page: { readonly offset: number; readonly limit: number } = { offset: 0, limit: 100 },
): Promise<readonly Change[]> {
  const { rows } = await log.find(query, page);
  return log.read(rows.map(({ number }) => number));
}

function revisionOf(digits: string): Revision {
  const revision = parseRevision(digits);
  if (revision === null) throw new Error('no revision');
  return revision;
}

const saveOf = (clusterId: string, want = {}): ChangeRequest => ({
  kind: 'save',
  clusterId,
  divisible: false,
  base: null,
  want,
});

/** The contract of every change log. `create` makes a new, empty one. */
export function changeLogContract(
  name: string,
  create: (options: Retention & { readonly clock: HandClock }) => ChangeLog,
  durable: boolean,
) {
  describe(`change log ${name}`, () => {
    const clock = createHandClock();
    const start = (retention: Partial<Retention> = {}) => create({ days: 400, most: 1_000, clock, ...retention });
    const ids = async (log: ChangeLog, query: JournalQuery = {}, offset = 0, limit = 100) =>
      (await listed(log, query, { offset, limit })).map(({ id }) => id);

    test('adding an id that exists returns its record unchanged', async () => {
      const log = start();
      expect(await log.add(recordOf('1', { who: 'first' }))).toBeNull();
      expect(await log.add(recordOf('1', { who: 'second' }))).toMatchObject({ change: { who: 'first' } });
      expect((await log.get('1'))?.change.who).toBe('first');
      expect(await log.get('2')).toBeNull();
      await log.close();
    });

    const abandonment = (id: string, given: Partial<Abandonment> = {}): Abandonment => ({
      id,
      clusterId: 'team',
      who: 'somebody',
      at: clock.now(),
      ...given,
    });

    test('a change that was given up is not added later, however often it comes', async () => {
      const log = start();
      expect(await log.abandon(abandonment('1'))).toBeNull();
      expect(await log.abandon(abandonment('1'))).toBeNull();
      for (const durable of ['at-once', 'before-visible', 'at-once'] as const)
        expect(await log.add(recordOf('1', { wanted: saveOf('team') }), durable)).toBe('abandoned');
      expect(await log.get('1')).toBeNull();
      expect(await ids(log)).toEqual([]);
      await log.close();
    });

    test.each(['at-once', 'before-visible'] as const)(
      'a change that was added (%s) can no longer be given up',
      async (durable) => {
        const log = start();
        expect(await log.add(recordOf('1', { wanted: saveOf('team'), result: null }), durable)).toBeNull();
        expect(await log.abandon(abandonment('1'))).toMatchObject({ change: { id: '1', result: null } });
        await log.update(recordOf('1', { wanted: saveOf('team') }));
        expect((await log.get('1'))?.change.result).toEqual(applied);
        await log.close();
      },
    );

    test('giving up a change refuses no change of another virtual cluster', async () => {
      const log = start();
      await log.abandon(abandonment('1', { clusterId: 'team-a' }));
      expect(await log.add(recordOf('1', { wanted: saveOf('team-b') }))).toBeNull();
      await log.close();
    });

    test('what was given up is remembered for a week', async () => {
      const log = start();
      await log.abandon(abandonment('old', { at: clock.now() - 7 * DAY - 1 }));
      await log.abandon(abandonment('young', { at: clock.now() - 7 * DAY }));
      await log.abandon(abandonment('new'));
      const added = async (id: string) => log.add(recordOf(id, { wanted: saveOf('team') }));
      expect([await added('old'), await added('young'), await added('new')]).toEqual([null, 'abandoned', 'abandoned']);
      await log.close();
    });

    test('the newest that each person gave up are kept, and push out nobody else’s', async () => {
      const log = start({ mostAbandoned: 2 });
      await log.abandon(abandonment('other', { who: 'other' }));
      for (const id of ['1', '2', '1', '3']) await log.abandon(abandonment(id));
      const added: unknown[] = [];
      for (const id of ['other', '1', '2', '3']) added.push(await log.add(recordOf(id, { wanted: saveOf('team') })));
      expect(added).toEqual(['abandoned', 'abandoned', null, 'abandoned']);
      await log.close();
    });

    test('a record round-trips, whatever it contains', async () => {
      const log = start();
      const odd = JSON.parse('{"__proto__": 3, "constructor": 1}');
      const open = recordOf(
        '1',
        {
          wanted: saveOf('a/b "c" 🐍', odd),
          result: null,
          before: { revision: revisionOf('18446744073709551615'), replicaSets: odd, divisible: true },
        },
        {
          sentOn: NO_REVISION,
          membersBefore: new Map([['n1', { hostname: 'h', templateId: '__proto__' }]]),
          session: 'session_1',
        },
      );
      await log.add(open);
      expect(await log.get('1')).toEqual(open);
      expect(Object.hasOwn((await log.get('1'))?.change.before?.replicaSets ?? {}, '__proto__')).toBe(true);
      const settled = { ...open, change: { ...open.change, result: applied, settledAt: 5, attempts: 1 } };
      await log.update(settled);
      expect(await log.get('1')).toEqual({ ...settled, membersBefore: null });
      await log.close();
    });

    test('lists newest first, by page, with the total', async () => {
      const log = start();
      for (const id of ['1', '2', '3', '4']) await log.add(recordOf(id));
      expect(await ids(log, {}, 1, 2)).toEqual(['3', '2']);
      expect((await log.find({}, { offset: 1, limit: 2 })).total).toBe(4);
      expect(await ids(log, {}, 4, 2)).toEqual([]);
      await log.close();
    });

    test('filters by cluster (job clusters included), person, outcome and time', async () => {
      const log = start();
      const at = clock.now();
      await log.add(recordOf('1', { wanted: saveOf('team'), askedAt: at }));
      await log.add(recordOf('2', { askedAt: at + 10, who: 'else' }));
      await log.add(recordOf('3', { wanted: saveOf('team-2'), askedAt: at + 20, result: { kind: 'in-use' } }));
      await log.add(recordOf('4', { wanted: saveOf('other'), askedAt: at + 30, result: null }));
      await log.add(
        recordOf('5', {
          wanted: saveOf('other'),
          askedAt: at + 40,
          result: { kind: 'unknown', cause: 'cut', lookedAt: null },
        }),
      );
      expect(await ids(log, { cluster: 'team' })).toEqual(['2', '1']);
      expect(await ids(log, { cluster: 'team##raysubmit_X' })).toEqual(['2']);
      expect(await ids(log, { who: 'else' })).toEqual(['2']);
      expect(await ids(log, { outcome: ['open'] })).toEqual(['5', '4']);
      expect(await ids(log, { outcome: ['in-use', 'open'] })).toEqual(['5', '4', '3']);
      expect(await ids(log, { outcome: [] })).toEqual([]);
      expect(await ids(log, { outcome: journalOutcomes })).toHaveLength(5);
      expect(await ids(log, { since: at + 10, until: at + 30 })).toEqual(['3', '2']);
      expect(
        await ids(log, { cluster: 'team', who: 'somebody', outcome: ['applied'], since: at, until: at + 1 }),
      ).toEqual(['1']);
      expect((await log.open()).map(({ change }) => change.id)).toEqual(['4', '5']);
      await log.close();
    });

    test('walks from oldest to newest, each record once, also while others are added', async () => {
      const log = start();
      for (let n = 1; n <= 5; n++) await log.add(recordOf(String(n), { who: n === 3 ? 'else' : 'somebody' }));
      const steps: string[] = [];
      let from: number | null = null;
      do {
        const { rows, next }: Awaited<ReturnType<ChangeLog['findFrom']>> = await log.findFrom(
          { who: 'somebody' },
          from,
          2,
        );
        // Of the third and the fourth row, only one matches: no more than two are looked at.
        steps.push((await log.read(rows.map(({ number }) => number))).map(({ id }) => id).join(' '));
        from = next;
        if (steps.length === 1) await log.add(recordOf('6'));
      } while (from !== null);
      expect(steps).toEqual(['1 2', '4', '5 6']);
      await log.close();
    });

    test('tells how large a change is, and one that is too large without its replica sets, but as text whole', async () => {
      const log = start();
      const want = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`template-${String(n)}`, n]));
      const base = { revision: revisionOf('1795469080484243901'), replicaSets: want };
      const snapshot = { ...base, divisible: true };
      const large = recordOf('large', {
        wanted: { kind: 'save', clusterId: 'team', divisible: true, base, want },
        before: snapshot,
        result: {
          kind: 'shortage',
          direction: 'grow',
          suggestion: {},
          unmatched: [],
          judgedOn: { revision: base.revision, replicaSets: want },
        },
      });
      await log.add(recordOf('small'));
      await log.add(large);
      const { rows } = await log.find({}, { offset: 0, limit: 10 });
      const bytes = rows[0]?.bytes ?? 0;
      expect(bytes).toBeGreaterThan(4 * JSON.stringify(want).length);
      expect(rows[1]?.bytes).toBeLessThan(1_000);
      const [cut, small] = await log.read(rows.map(({ number }) => number));
      const none = { ...base, replicaSets: {} };
      expect(cut).toEqual({
        ...large.change,
        wanted: { kind: 'save', clusterId: 'team', divisible: true, base: none, want: {} },
        before: { ...none, divisible: true },
        result: { ...large.change.result, judgedOn: none },
        cut: bytes,
      });
      expect(small).toEqual(recordOf('small').change);
      expect((await log.get('large'))?.change).toEqual(cut);
      expect(JSON.parse((await log.readText(rows[0]?.number ?? 0)) ?? '')).toEqual(large.change);
      expect(await log.readText(99)).toBeNull();
      // What must be settled is read whole.
      await log.update({ ...large, change: { ...large.change, result: null } });
      expect((await log.open())[0]?.change.wanted).toEqual(large.change.wanted);
      await log.close();
    });

    test('finds the change that created a revision, and those on it that went through', async () => {
      const log = start();
      const [one, two, three] = [
        revisionOf('1795469080484243901'),
        revisionOf('1795469080484243902'),
        revisionOf('1795469080484243903'),
      ];
      await log.add(recordOf('1', { wanted: saveOf('a'), result: { ...applied, revision: two } }, { sentOn: one }));
      await log.add(recordOf('2', { wanted: saveOf('a'), result: null }, { sentOn: two }));
      await log.add(recordOf('3', { wanted: saveOf('b'), result: null }, { sentOn: two }));
      await log.add(
        recordOf(
          '4',
          { wanted: saveOf('a'), result: { ...applied, revision: three, seen: 'looked' } },
          { sentOn: one },
        ),
      );
      const around = async (revision: Revision) =>
        (await log.forRevision('a', revision)).map(({ change }) => change.id);
      // One that came to nothing, or was only observed, proves nothing about others; of those there may be any number.
      expect(await around(one)).toEqual(['1']);
      expect(await around(two)).toEqual(['1']);
      // A revision that was only observed afterwards may be somebody else's.
      expect(await around(three)).toEqual([]);
      await log.close();
    });

    test('keeps the newest, reports how far back it reaches, and never drops an open change', async () => {
      const log = start({ most: 2 });
      const at = clock.now();
      const began = (await log.retention()).since;
      await log.add(recordOf('open', { askedAt: at, result: null }));
      await log.add(recordOf('1', { askedAt: at + 10 }));
      await log.add(recordOf('2', { askedAt: at + 20 }));
      expect(await log.retention()).toEqual({ since: began, most: 2, days: 400, durable });
      await log.add(recordOf('3', { askedAt: at + 30 }));
      expect(await ids(log)).toEqual(['3', '2', 'open']);
      expect(await log.retention()).toEqual({ since: Math.max(began, at + 11), most: 2, days: 400, durable });
      await log.update(recordOf('1'));
      expect(await log.get('1')).toBeNull();
      await log.close();
    });

    test('drops what is older than the retention', async () => {
      const log = start({ days: 2, most: 50 });
      await log.add(recordOf('1', { askedAt: clock.now() - 3 * DAY }));
      await log.add(recordOf('2', { askedAt: clock.now() - DAY }));
      expect(await ids(log)).toEqual(['2']);
      await log.close();
    });
  });
}
