import { expect, test } from 'vitest';
import { clusterOf } from '../../testing/cluster-fixture.ts';
import { mergeRowsOf, rebaseGoal } from './plan-merge.ts';
import { goalOf } from '../../../testing/harness/plan-steps.ts';

const goal = goalOf('a', { '4c8g': 5, gpu: 1 }, { '4c8g': 3, gpu: 1 });

test('what somebody else changed in a template that the plan leaves alone stays', () => {
  const now = clusterOf({ '4c8g': 5, gpu: 4 });
  expect(rebaseGoal(goal, now, new Map())).toEqual({
    kind: 'goal',
    goal: { ...goal, from: { '4c8g': 5, gpu: 4 }, to: { '4c8g': 3, gpu: 4 } },
  });
});

test('a template that both changed is chosen, and nothing is preselected', () => {
  const now = clusterOf({ '4c8g': 4, gpu: 1 });
  expect(rebaseGoal(goal, now, new Map())).toEqual({ kind: 'undecided', templateIds: ['4c8g'] });
  expect(mergeRowsOf(goal, now).map(({ decided }) => decided?.by ?? null)).toEqual([null, 'nobody']);
  expect(rebaseGoal(goal, now, new Map([['4c8g', 'theirs']]))).toMatchObject({ goal: { to: { '4c8g': 4, gpu: 1 } } });
});

test('a deletion is of what there is now, a creation that somebody else made is merged, and what is gone twice is no goal', () => {
  const now = clusterOf({ '4c8g': 4 });
  expect(rebaseGoal({ ...goal, to: null }, now, new Map())).toMatchObject({ goal: { from: { '4c8g': 4 }, to: null } });
  expect(rebaseGoal({ ...goal, from: null }, now, new Map([['4c8g', 'mine']]))).toMatchObject({
    goal: { from: { '4c8g': 4 }, to: { '4c8g': 3, gpu: 1 } },
  });
  expect(rebaseGoal({ ...goal, to: null }, null, new Map())).toEqual({ kind: 'goal', goal: null });
});
