import { expect, it } from 'vitest';
import { isDirty, saveRequestOf } from './draft.ts';
import { clusterOf, poolOf, revisionOf } from '../testing/cluster-fixture.ts';
import { undoOf } from '../../domain/undo.ts';
import { planUndo, type UndoableChange } from './undo-draft.ts';

function planOf(from: UndoableChange, fleet: Parameters<typeof planUndo>[1], at: number) {
  const undo = undoOf(from);
  return undo.kind === 'none' ? null : planUndo(undo, fleet, at);
}

const opened = { revision: revisionOf('1'), replicaSets: { '4c8g': 9 } };
const change: UndoableChange = {
  wanted: { kind: 'save', clusterId: 'team', divisible: false, base: opened, want: { '4c8g': 2 } },
  before: { revision: revisionOf('2'), replicaSets: { '4c8g': 4, '8c16g': 1 }, divisible: true },
  result: { kind: 'applied', revision: revisionOf('3'), seen: 'reply', retries: 0 },
};
const now = clusterOf({ '4c8g': 2, '16c32g': 3 }, { revision: '77', divisible: true });
const pool = poolOf({ '4c8g': 5, head: 1 });
const withCluster = { clusters: new Map([['team', now]]), pool, version: 'e-1' };

it('asks for what there was before, on the newest revision; a template that came since becomes 0', () => {
  const revert = planOf(change, withCluster, 1_000);
  if (revert?.kind !== 'edit') throw new Error('no edit');
  expect(revert.path).toBe('/clusters/team/edit');
  expect(revert.draft.base).toEqual({
    revision: '77',
    replicaSets: { '4c8g': 2, '16c32g': 3 },
    openedAt: 1_000,
    epoch: 'e',
  });
  expect(isDirty(revert.draft)).toBe(true);
  expect(revert.draft.origin).toBe('journal');
  expect(saveRequestOf(revert.draft)).toMatchObject({
    base: { revision: '77' },
    divisible: true,
    want: { '4c8g': 4, '8c16g': 1, '16c32g': 0 },
  });
});

it('a cluster that is gone is created anew, of the kind that it was', () => {
  const revert = planOf(change, { clusters: new Map(), pool, version: 'e-1' }, 1_000);
  if (revert?.kind !== 'create') throw new Error('no creation');
  expect(revert.path).toBe('/new');
  expect(saveRequestOf(revert.draft)).toEqual({
    kind: 'save',
    clusterId: 'team',
    divisible: true,
    base: null,
    want: { '4c8g': 4, '8c16g': 1 },
  });
});

it('says when the cluster has that already', () => {
  const same = { clusters: new Map([['team', clusterOf({ '8c16g': 1, '4c8g': 4 })]]), pool, version: 'e-1' };
  expect(planOf(change, same, 0)).toEqual({ kind: 'there-already' });
});

it('goes back to what the person had seen where the console had not found anything itself', () => {
  const same = { ...withCluster, clusters: new Map([['team', { ...now, divisible: false }]]) };
  const revert = planOf({ ...change, before: null }, same, 0);
  expect(revert?.kind === 'edit' && saveRequestOf(revert.draft)?.want).toEqual({ '4c8g': 9, '16c32g': 0 });
});

it('a deleted one is created again, of the kind that it was and with what it had; unless the id exists again', () => {
  const base = { ...opened, divisible: true };
  const deletion: UndoableChange = { ...change, wanted: { kind: 'delete', clusterId: 'team', base } };
  const plan = planOf(deletion, { clusters: new Map(), pool, version: 'e-1' }, 0);
  if (plan?.kind !== 'create') throw new Error('no creation');
  expect(plan.path).toBe('/new');
  expect(saveRequestOf(plan.draft)).toMatchObject({
    clusterId: 'team',
    divisible: true,
    want: { '4c8g': 4, '8c16g': 1 },
  });
  expect(planOf(deletion, withCluster, 0)).toEqual({ kind: 'exists-again' });
});

it('a creation is taken back by the question whether to delete it', () => {
  const { wanted } = change;
  if (wanted.kind !== 'save') throw new Error('no save');
  const creation: UndoableChange = { ...change, wanted: { ...wanted, base: null }, before: null };
  expect(planOf(creation, withCluster, 0)).toEqual({ kind: 'delete' });
});

it('one that was created again as the other kind is left alone', () => {
  const other = { clusters: new Map([['team', clusterOf({ '4c8g': 1 })]]), pool, version: 'e-1' };
  expect(planOf(change, other, 0)).toEqual({ kind: 'other-kind' });
});
