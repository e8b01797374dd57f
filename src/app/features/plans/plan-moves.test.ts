import { expect, test } from 'vitest';
import type { ReplicaSets } from '../../../domain/replica-sets.ts';
import { movesByTemplate } from './plan-moves.ts';
import { goalOf, stepOf } from '../../../testing/harness/plan-steps.ts';

const step = (clusterId: string, from: ReplicaSets | null, to: ReplicaSets | null, part = '') =>
  stepOf(goalOf(clusterId, from, to), clusterId + part);

test('as many nodes go as come; the free pool makes up for the rest, and a step that is cut in two counts as one', () => {
  const moves = movesByTemplate([
    step('gone', { '4c8g': 2, gpu: 1 }, null),
    step('mixed', { '4c8g': 5 }, { '4c8g': 3 }, ' a'),
    step('new', null, { '4c8g': 6 }),
    step('mixed', { '4c8g': 3 }, { '4c8g': 3, gpu: 1 }, ' b'),
  ]);
  expect(moves).toEqual([
    {
      templateId: '4c8g',
      from: [
        { clusterId: 'gone', count: 2 },
        { clusterId: 'mixed', count: 2 },
        { clusterId: null, count: 2 },
      ],
      to: [{ clusterId: 'new', count: 6 }],
    },
    { templateId: 'gpu', from: [{ clusterId: 'gone', count: 1 }], to: [{ clusterId: 'mixed', count: 1 }] },
  ]);
});

test('what moves nowhere is not drawn', () => {
  expect(
    movesByTemplate([step('a', { '4c8g': 2 }, { '4c8g': 3 }, ' a'), step('a', { '4c8g': 3 }, { '4c8g': 2 }, ' b')]),
  ).toEqual([]);
});
