import { expect, test } from 'vitest';
import { clusterOf, poolOf } from '../../testing/cluster-fixture.ts';
import { editDraft, newDraft } from '../../drafts/draft.ts';
import { saveBlockOf } from './save-gate.ts';

const cluster = clusterOf({ '4c8g': 12 });
const draft = editDraft(cluster, 0);
const wants = (typed: string) => ({ ...draft, fields: [{ templateId: '4c8g', typed }] });
const at = { draft: wants('14'), cluster, standing: 'idle', first: null, mayNotWrite: null } as const;

test('a changed form may be saved', () => {
  expect(saveBlockOf(at)).toBeNull();
});

test('a mistake may be tried: the answer is its words', () => {
  expect(saveBlockOf({ ...at, draft: wants('') })).toBeNull();
});

test('nothing changed: a save would only move the revision', () => {
  expect(saveBlockOf({ ...at, draft: wants('12') })).toEqual({ kind: 'no-change' });
  expect(saveBlockOf({ ...at, cluster: clusterOf({ '4c8g': 14 }) })).toEqual({ kind: 'there-already' });
});

test('an untouched form of a cluster that is gone may be saved: it creates it again', () => {
  expect(saveBlockOf({ ...at, draft: wants('12'), cluster: null })).toBeNull();
});

test('as the other kind it can’t be saved', () => {
  expect(saveBlockOf({ ...at, cluster: clusterOf({ '4c8g': 12 }, { divisible: true }) })).toEqual({
    kind: 'other-kind',
  });
});

test('a new one of no nodes may be created', () => {
  expect(saveBlockOf({ ...at, draft: newDraft(poolOf({ '4c8g': 3 })), cluster: null })).toBeNull();
});

test('not while one is on its way, or nobody knows its end, or nobody may write', () => {
  expect(saveBlockOf({ ...at, first: 'looking' })).toEqual({ kind: 'looking' });
  expect(saveBlockOf({ ...at, first: 'decide-above' })).toEqual({ kind: 'decide-above' });
  expect(saveBlockOf({ ...at, first: 'another-ray' })).toEqual({ kind: 'another-ray' });
  expect(saveBlockOf({ ...at, standing: 'busy' })).toEqual({ kind: 'sending' });
  expect(saveBlockOf({ ...at, standing: 'unsettled' })).toEqual({ kind: 'unsettled' });
  expect(saveBlockOf({ ...at, mayNotWrite: 'Read only.' })).toEqual({ kind: 'read-only', why: 'Read only.' });
});
