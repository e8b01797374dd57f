import { expect, test } from 'vitest';
import { goalOf } from '../../testing/harness/plan-steps.ts';
import { forecastPlan } from './preview.ts';
import type { Goal } from './plan.ts';

const steps = (...goals: readonly Goal[]) => goals.map((goal) => ({ ...goal, id: goal.clusterId }));
const shortOf = ({ steps }: ReturnType<typeof forecastPlan>) =>
  steps.map(({ stepId, templates }) => [stepId, ...templates.map(({ short }) => short)]);

test('a step lacks what dead members wait for, too: a node that becomes free goes to these first', () => {
  const forecast = forecastPlan(steps(goalOf('a', null, { gpu: 3 })), new Map([['gpu', -1]]));
  expect(shortOf(forecast)).toEqual([['a', 4]]);
  expect(forecast.templates).toEqual([{ templateId: 'gpu', before: -1, after: -4, shortage: 4 }]);
});

test('a step lacks what those before it do not lack already: in all as much as the template', () => {
  const forecast = forecastPlan(
    steps(goalOf('a', null, { gpu: 5 }), goalOf('b', { gpu: 1 }, {}), goalOf('c', null, { gpu: 2 })),
    new Map([['gpu', 2]]),
  );
  // Two more than the three that `a` lacks are taken by `c`, and one is given back in between.
  expect(shortOf(forecast)).toEqual([
    ['a', 3],
    ['b', 0],
    ['c', 1],
  ]);
  expect(forecast.templates.map(({ shortage }) => shortage)).toEqual([4]);
  expect(forecast.firstShort).toBe('a');
});

test('what is not known lacks nothing, and giving back needs nothing where dead members wait', () => {
  const forecast = forecastPlan(
    steps(goalOf('a', null, { '4c8g': 3 }), goalOf('b', { gpu: 1 }, {})),
    new Map([
      ['4c8g', null],
      ['gpu', -2],
    ]),
  );
  expect(shortOf(forecast)).toEqual([
    ['a', 0],
    ['b', 0],
  ]);
  expect(forecast.firstShort).toBeNull();
});
