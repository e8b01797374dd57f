import { expect, test } from 'vitest';
import { clusterOf, revisionOf } from './cluster-fixture.ts';
import { editDraft } from './draft.ts';
import { doubtOf, sinceOpened } from './since-opened.ts';

const base = editDraft(clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' }), 1_000).base;
if (base === null) throw new Error('an edit has a base');
const draft = { base, divisible: false };

test('nothing happened', () => {
  expect(sinceOpened(draft, clusterOf({ '8c16g': 8, '4c8g': 12 }, { revision: '1795469080484243902' }), null)).toEqual({ kind: 'unchanged' });
});

test('only the revision moved, as when a job starts', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243903' }), null)).toEqual({ kind: 'revision-only' });
});

test('somebody changed it: which templates, from what to what', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 16, gpu_a10: 1 }, { revision: '1795469080484243903' }), null)).toEqual({
    kind: 'changed',
    moved: [
      { templateId: '4c8g', from: 12, to: 16 },
      { templateId: '8c16g', from: 8, to: 0 },
      { templateId: 'gpu_a10', from: 0, to: 1 },
    ],
  });
});

test('what the page was told before the base was read says nothing', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 1 }, { revision: '1795469080484243901' }), null)).toEqual({ kind: 'unchanged' });
});

test('it is gone, or back as the other kind', () => {
  expect(sinceOpened(draft, null, null)).toEqual({ kind: 'gone' });
  expect(sinceOpened(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { divisible: true }), null)).toEqual({ kind: 'other-kind', divisible: true });
});

test('while nothing is heard, nothing is called unchanged; what was heard before stays true', () => {
  const doubt = { by: 'ray', reason: 'unreachable', since: 2_000 } as const;
  const same = clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' });
  expect(sinceOpened(draft, same, doubt)).toEqual({ kind: 'unknown', doubt });
  expect(sinceOpened(draft, { ...same, revision: revisionOf('1795469080484243903') }, doubt)).toEqual({ kind: 'unknown', doubt });
  expect(sinceOpened(draft, null, doubt)).toEqual({ kind: 'gone' });
});

test('nothing is heard while the list fails, or the console does not answer', () => {
  const fine = { list: { readAt: 1, failure: null } };
  expect(doubtOf(fine, { state: 'live' })).toBeNull();
  expect(doubtOf({ list: { readAt: 1, failure: { reason: 'timed-out', since: 7 } } }, { state: 'live' })).toEqual({ by: 'ray', reason: 'timed-out', since: 7 });
  expect(doubtOf(fine, { state: 'lost', since: 9 })).toEqual({ by: 'console', since: 9 });
});
