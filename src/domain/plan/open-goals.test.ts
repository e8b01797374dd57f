import { expect, test } from 'vitest';
import { openGoalsOf, withGoal } from './open-goals.ts';
import type { PlanStep } from './plan.ts';
import type { PlanRun, StepState } from './run.ts';

const step = (id: string, clusterId: string, from: number | null, to: number | null): PlanStep => ({
  id,
  clusterId,
  divisible: false,
  from: from === null ? null : { gpu: from },
  to: to === null ? null : { gpu: to },
});
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
      [step('a#give', 'a', 4, 2), 'pending'],
      [step('b', 'b', null, 1), 'done'],
      [step('c', 'c', 3, null), 'skipped'],
      [step('a#take', 'a', 2, 3), 'pending'],
    ),
  );
  expect(left).toEqual([{ clusterId: 'a', divisible: false, from: { gpu: 4 }, to: { gpu: 3 } }]);
});

test('a goal of a virtual cluster that the plan names already replaces what it said of it', () => {
  const [a, b] = [step('a', 'a', 1, 2), step('b', 'b', 1, 2)];
  const { id: _id, ...newer } = step('a', 'a', 1, null);
  expect(withGoal([a, b], newer)).toEqual([newer, b]);
  expect(withGoal([b], newer)).toEqual([b, newer]);
});
