import { expect, test } from 'vitest';
import { known, unknown, type UnknownReason } from '../../domain/sourced.ts';
import { nodeOf, snapshotOf } from '../../testing/harness/fleet-snapshots.ts';
import { countNodes } from './node-counts.ts';
import { createSourceStates } from './source-states.ts';

const fleet = {
  ...snapshotOf([nodeOf('a'), nodeOf('b', { state: 'dead', clusterId: 'x' }), nodeOf('c', { state: 'dead' })]).fleet,
};

function counts(livenessFailure: UnknownReason | null) {
  const sources = createSourceStates();
  const at = { at: 1, order: 1 };
  const read = { ok: true, value: new Map<string, never>(), bytes: 2, begunAt: 1, arrivedAt: 1 } as const;
  sources.put('summary', read, at);
  if (livenessFailure === null) sources.put('liveness', read, at);
  else sources.put('liveness', { ok: false, reason: livenessFailure, detail: '', begunAt: 1, arrivedAt: 1 }, at);
  return countNodes({ ...fleet, pool: { templates: [], jobClusters: unknown('failed', 'state') } }, sources.all());
}

test('dead nodes without a virtual cluster are not counted: Ray lists them long after', () => {
  expect(counts(null)).toEqual({ total: known(2, 'liveness'), dead: known(1, 'liveness') });
});

test("above Ray's limit of rows the number of dead nodes is not known, rather than 0 (fact 17)", () => {
  expect(counts('truncated')).toEqual({ total: known(2, 'summary'), dead: unknown('truncated', 'liveness') });
  expect(counts('too-large').dead).toEqual(unknown('too-large', 'liveness'));
});
