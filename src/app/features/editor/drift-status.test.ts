import { expect, test } from 'vitest';
import { clusterOf, revisionOf } from '../../testing/cluster-fixture.ts';
import { editDraft } from '../../drafts/draft.ts';
import { stalenessReasonOf, isFromAnotherRay, driftStatusOf } from './drift-status.ts';

const base = editDraft(clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' }), 1_000).base;
if (base === null) throw new Error('an edit has a base');
const draft = { base, divisible: false };
const current = { doubt: null, epoch: 'e' };

test('nothing happened', () => {
  expect(
    driftStatusOf(draft, clusterOf({ '8c16g': 8, '4c8g': 12 }, { revision: '1795469080484243902' }), current),
  ).toEqual({
    kind: 'unchanged',
  });
});

test('only the revision moved, as when a job starts', () => {
  expect(
    driftStatusOf(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243903' }), current),
  ).toEqual({
    kind: 'revision-only',
  });
});

test('somebody changed it: which templates, from what to what', () => {
  expect(
    driftStatusOf(draft, clusterOf({ '4c8g': 16, gpu_a10: 1 }, { revision: '1795469080484243903' }), current),
  ).toEqual({
    kind: 'changed',
    moved: [
      { templateId: '4c8g', from: 12, to: 16 },
      { templateId: '8c16g', from: 8, to: 0 },
      { templateId: 'gpu_a10', from: 0, to: 1 },
    ],
  });
});

test('what the page was told before the base was read says nothing', () => {
  expect(driftStatusOf(draft, clusterOf({ '4c8g': 1 }, { revision: '1795469080484243901' }), current)).toEqual({
    kind: 'unchanged',
  });
});

test('it is gone, or back as the other kind', () => {
  expect(driftStatusOf(draft, null, current)).toEqual({ kind: 'gone' });
  expect(driftStatusOf(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { divisible: true }), current)).toEqual({
    kind: 'other-kind',
    divisible: true,
  });
});

test('while nothing is heard, nothing is called unchanged; what was heard before stays true', () => {
  const doubt = { by: 'ray', reason: 'unreachable', since: 2_000 } as const;
  const same = clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' });
  expect(driftStatusOf(draft, same, { ...current, doubt })).toEqual({ kind: 'unknown', doubt });
  expect(driftStatusOf(draft, { ...same, revision: revisionOf('1795469080484243903') }, { ...current, doubt })).toEqual(
    {
      kind: 'unknown',
      doubt,
    },
  );
  expect(driftStatusOf(draft, null, { ...current, doubt })).toEqual({ kind: 'gone' });
  // A restarted console has not read the list yet, so no cluster counts as gone.
  expect(driftStatusOf(draft, null, { ...current, doubt: { by: 'start' } })).toEqual({
    kind: 'unknown',
    doubt: { by: 'start' },
  });
});

test('nothing is heard while the list fails, or the console does not answer', () => {
  const fine = { list: { readAt: 1, failure: null } };
  expect(stalenessReasonOf(fine, { state: 'live' })).toBeNull();
  expect(
    stalenessReasonOf({ list: { readAt: 1, failure: { reason: 'timed-out', since: 7 } } }, { state: 'live' }),
  ).toEqual({
    by: 'ray',
    reason: 'timed-out',
    since: 7,
  });
  expect(stalenessReasonOf(fine, { state: 'lost', since: 9 })).toEqual({ by: 'console', since: 9 });
  expect(stalenessReasonOf({ list: { readAt: null, failure: null } }, { state: 'live' })).toEqual({ by: 'start' });
});

test('in another telling of the fleet it is another Ray, unless it has the revision that was opened', () => {
  const before = { ...draft, base: { ...base, epoch: 'before' } };
  expect(driftStatusOf(before, clusterOf({ '4c8g': 6 }, { revision: '1795469080484243000' }), current)).toEqual({
    kind: 'another-ray',
    has: { '4c8g': 6 },
  });
  expect(driftStatusOf(before, null, current)).toEqual({ kind: 'another-ray', has: null });
  const same = clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' });
  expect(driftStatusOf(before, same, current)).toEqual({ kind: 'unchanged' });
  // A draft that doesn't know its telling is judged by its revision alone.
  expect(isFromAnotherRay(base, null, 'e')).toBe(false);
});
