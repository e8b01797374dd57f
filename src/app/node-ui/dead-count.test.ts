import { expect, test } from 'vitest';
import { known, unknown } from '../../domain/sourced.ts';
import { text } from '../text/text.ts';
import { whyDeadNotCounted } from './dead-count.ts';

const total = known(12_000, 'summary');

test("above Ray's limit of rows deaths are not counted, with the reason; otherwise they are, or are just unknown", () => {
  expect(whyDeadNotCounted({ total, dead: unknown('truncated', 'liveness') })).toBe(
    "Dead nodes that no virtual cluster holds are not counted. Ray's list of nodes came cut: Ray gives at most 10,000 rows.",
  );
  expect(whyDeadNotCounted({ total, dead: known(0, 'liveness') })).toBeNull();
  expect(whyDeadNotCounted({ total, dead: unknown('failed', 'liveness') })).toBeNull();
  expect(whyDeadNotCounted(null)).toBeNull();
});

test('the list, the legend and the table never call it 0 then', () => {
  expect(text.clusters.counts.deadNotCounted(0)).toBe('dead: not counted');
  expect(text.clusters.counts.deadNotCounted(3)).toBe('at least 3 dead');
  expect(text.map.deadNotCounted(0)).toBe('Dead: not counted');
  expect(text.map.deadNotCounted(3)).toBe('Dead: at least 3');
  expect(text.nodes.totalAtLeast(0)).toBe('Not counted');
});
