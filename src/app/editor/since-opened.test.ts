import { expect, test } from 'vitest';
import { clusterOf } from './cluster-fixture.ts';
import { editDraft } from './draft.ts';
import { sinceOpened } from './since-opened.ts';

const base = editDraft(clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243902' }), 1_000).base;
if (base === null) throw new Error('an edit has a base');
const draft = { base, divisible: false };

test('nothing happened', () => {
  expect(sinceOpened(draft, clusterOf({ '8c16g': 8, '4c8g': 12 }, { revision: '1795469080484243902' }))).toEqual({ kind: 'unchanged' });
});

test('only the revision moved, as when a job starts', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { revision: '1795469080484243903' }))).toEqual({ kind: 'revision-only' });
});

test('somebody changed it: which templates, from what to what', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 16, gpu_a10: 1 }, { revision: '1795469080484243903' }))).toEqual({
    kind: 'changed',
    moved: [
      { templateId: '4c8g', from: 12, to: 16 },
      { templateId: '8c16g', from: 8, to: 0 },
      { templateId: 'gpu_a10', from: 0, to: 1 },
    ],
  });
});

test('what the page was told before the base was read says nothing', () => {
  expect(sinceOpened(draft, clusterOf({ '4c8g': 1 }, { revision: '1795469080484243901' }))).toEqual({ kind: 'unchanged' });
});

test('it is gone, or back as the other kind', () => {
  expect(sinceOpened(draft, null)).toEqual({ kind: 'gone' });
  expect(sinceOpened(draft, clusterOf({ '4c8g': 12, '8c16g': 8 }, { divisible: true }))).toEqual({ kind: 'other-kind', divisible: true });
});
