import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SaveChange } from './change.ts';
import type { ClusterSnapshot } from './result.ts';
import { parseRevision, type Revision } from './revision.ts';
import type { JobStatus } from './sources.ts';
import { mayRetrySilently, settle, settleStop } from './settle.ts';

function revision(digits: string): Revision {
  const parsed = parseRevision(digits);
  if (parsed === null) throw new Error(digits);
  return parsed;
}

const older = revision('1795469080484243902');
const newer = revision('1795469080484243903');
const edit: SaveChange = {
  kind: 'save',
  clusterId: 'team',
  divisible: true,
  base: { revision: older, replicaSets: { '4c8g': 1 } },
  want: { '4c8g': 2, '8c16g': 0 },
};
const done: ClusterSnapshot = { revision: newer, replicaSets: { '4c8g': 2 }, divisible: true };
const open = { wanted: edit, sent: true, laterWriteOnSameBase: false };

describe('an unanswered edit', () => {
  test('is applied when Ray shows it on a newer revision', () => {
    expect(settle({ ...open, seen: done })).toBe('applied');
  });
  test.each([
    ['nothing was read since', 'unread'],
    ['the cluster is gone', null],
    ['the revision is still the base', { ...done, revision: older }],
    ['the replica sets are others', { ...done, replicaSets: { '4c8g': 3 } }],
  ] as const)('is not seen when %s', (_, seen) => {
    expect(settle({ ...open, seen })).toBe('not-seen');
  });
  test('is not applied when nothing was sent', () => {
    expect(settle({ ...open, sent: false, seen: 'unread' })).toBe('not-applied');
  });
  test('is not applied when a later write on the same base went through', () => {
    expect(settle({ ...open, laterWriteOnSameBase: true, seen: done })).toBe('not-applied');
  });
});

test('a creation has no revision to rule it out: while it is not seen it is never called not applied', () => {
  const wanted: SaveChange = { ...edit, base: null };
  expect(settle({ wanted, seen: null, sent: true, laterWriteOnSameBase: true })).toBe('not-seen');
  expect(settle({ wanted, seen: done, sent: true, laterWriteOnSameBase: false })).toBe('applied');
  expect(settle({ wanted, seen: { ...done, divisible: false }, sent: true, laterWriteOnSameBase: false })).toBe(
    'not-seen',
  );
});

test.each([
  { kind: 'delete', clusterId: 'team', base: null },
  { kind: 'release', clusterId: 'team##raysubmit_1' },
] as const)('an unanswered $kind is applied once the cluster is gone', (wanted) => {
  const sent = { wanted, sent: true, laterWriteOnSameBase: true };
  expect(settle({ ...sent, seen: null })).toBe('applied');
  expect(settle({ ...sent, seen: done })).toBe('not-seen');
  expect(settle({ ...sent, seen: 'unread' })).toBe('not-seen');
});

test('a silent retry needs the same replica sets and the same members', () => {
  const members = fc.uniqueArray(fc.constantFrom('n1', 'n2', 'n3', 'n4'));
  const count = fc.integer({ min: 0, max: 2 });
  fc.assert(
    fc.property(members, members, count, count, fc.integer({ min: 1, max: 6 }), (a, b, mine, theirs, attempts) => {
      const same = mine === theirs && a.toSorted().join() === b.toSorted().join();
      expect(
        mayRetrySilently({
          base: { revision: older, replicaSets: { '4c8g': mine }, members: a },
          theirs: { revision: newer, replicaSets: { '4c8g': theirs, '8c16g': 0 }, members: b },
          attempts,
        }),
      ).toBe(same && attempts <= 3);
    }),
  );
});

test.each<[JobStatus | null | 'unread', ReturnType<typeof settleStop>]>([
  ['STOPPED', 'applied'],
  ['SUCCEEDED', 'already-ended'],
  ['FAILED', 'already-ended'],
  ['PENDING', 'not-seen'],
  ['RUNNING', 'not-seen'],
  ['unread', 'not-seen'],
  // It may have been stopped, and forgotten since.
  [null, 'not-seen'],
])('an unanswered stop of a job that is %s now: %s', (status, expected) => {
  expect(settleStop(status)).toBe(expected);
});
