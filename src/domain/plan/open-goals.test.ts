import { expect, test } from 'vitest';
import { openGoalsOf, withGoal } from './open-goals.ts';
import type { PlanStep } from './plan.ts';
import type { PlanRun, StepState } from './run.ts';
import { goalOf, stepOf } from '../../testing/harness/plan-steps.ts';

const gpus = (count: number | null) => (count === null ? null : { gpu: count });
const goal = (clusterId: string, from: number | null, to: number | null) => goalOf(clusterId, gpus(from), gpus(to));
const run = (...steps: readonly [PlanStep, StepState['kind']][]): PlanRun => ({
  state: { kind: 'draft' },
  steps: steps.map(([each, kind]) => ({
    step: each,
    state: kind === 'done' ? { kind, changeId: 'c' } : kind === 'skipped' ? { kind, by: 'Ada' } : { kind: 'pending' },
  })),
});

test('the parts of a goal that was cut are joined; what is done or skipped is left out', () => {
  const left = openGoalsOf(
    run(
      [stepOf(goal('a', 4, 2), 'a#give'), 'pending'],
      [stepOf(goal('b', null, 1)), 'done'],
      [stepOf(goal('c', 3, null)), 'skipped'],
      [stepOf(goal('a', 2, 3), 'a#take'), 'pending'],
    ),
  );
  expect(left).toEqual([goal('a', 4, 3)]);
});

test('a goal of a virtual cluster that the plan names already replaces what it said of it', () => {
  const [a, b, newer] = [goal('a', 1, 2), goal('b', 1, 2), goal('a', 1, null)];
  expect(withGoal([a, b], newer)).toEqual([newer, b]);
  expect(withGoal([b], newer)).toEqual([b, newer]);
});
