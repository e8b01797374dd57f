import { expect, it } from 'vitest';
import { changedReplicaSets, replicaSetDeltas } from './replica-set-deltas.ts';

it('before and after name every template of both', () => {
  expect(replicaSetDeltas({ a: 1 }, { b: 2 })).toEqual([
    { templateId: 'a', from: 1, to: 0 },
    { templateId: 'b', from: 0, to: 2 },
  ]);
});

it('a template with the same count, or with 0 and left out, did not change', () => {
  expect(changedReplicaSets({ a: 1, b: 0 }, { a: 1, c: 2 })).toEqual([{ templateId: 'c', from: 0, to: 2 }]);
});
