import { expect, test } from 'vitest';
import { clusterOf } from '../../../testing/cluster-fixture.ts';
import { deletionGoals, resizeGoals } from './selection-goals.ts';

const clusters = [clusterOf({ '4c8g': 5, gpu: 1 }, { id: 'a' }), clusterOf({ gpu: 2 }, { id: 'b', divisible: true })];

test.each([
  ['set', 1, ['a 1', 'b 1']],
  ['set', 5, ['b 5']],
  ['add', 2, ['a 7', 'b 2']],
  // Never below none, and who has none gives none.
  ['take', 9, ['a 0']],
] as const)('%s %i: each as asked, and what is so already is no step', (way, count, expected) => {
  const goals = resizeGoals(clusters, '4c8g', way, count);
  expect(goals.map(({ clusterId, to }) => `${clusterId} ${String(to?.['4c8g'])}`)).toEqual(expected);
  // The other templates stay.
  expect(goals.every(({ from, to }) => from?.['gpu'] === to?.['gpu'])).toBe(true);
});

test('a deletion is of what is there now', () => {
  expect(deletionGoals(clusters).map(({ clusterId, divisible, from, to }) => [clusterId, divisible, from, to])).toEqual(
    [
      ['a', false, { '4c8g': 5, gpu: 1 }, null],
      ['b', true, { gpu: 2 }, null],
    ],
  );
});
