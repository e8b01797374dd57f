import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChangeRequest } from './change.ts';
import { replicaSetsOf, sameReplicaSets } from './replica-sets.ts';
import type { ClusterSnapshot, Result } from './result.ts';
import { parseRevision, type Revision } from './revision.ts';
import { undoOf, undoStepOf } from './undo.ts';

function revisionOf(digits: string): Revision {
  const revision = parseRevision(digits);
  if (revision === null) throw new Error('not a revision');
  return revision;
}

const applied: Result = { kind: 'applied', revision: revisionOf('9'), seen: 'reply', retries: 0 };
const opened = { revision: revisionOf('1'), replicaSets: { '4c8g': 9 } };
const found: ClusterSnapshot = { revision: revisionOf('2'), replicaSets: { '4c8g': 4 }, divisible: true };
const save: ChangeRequest = { kind: 'save', clusterId: 'ci', divisible: true, base: opened, want: { '4c8g': 2 } };
const creation: ChangeRequest = { ...save, base: null };
const deletion: ChangeRequest = { kind: 'delete', clusterId: 'ci', base: { ...opened, divisible: true } };
const whenIdle: ChangeRequest = { ...deletion, kind: 'delete-when-idle', base: { ...opened, divisible: true } };
const release: ChangeRequest = { kind: 'release', clusterId: 'ci##raysubmit_1' };
const stop: ChangeRequest = { kind: 'stop-job', clusterId: 'ci', submissionId: 'raysubmit_1' };

const had = { divisible: true, replicaSets: { '4c8g': 4 } };
const seen = { divisible: true, replicaSets: { '4c8g': 9 } };

describe('what takes a change back', () => {
  test.each([
    ['a save: what the console found', save, found, { kind: 'restore', clusterId: 'ci', had }],
    ['a save: what its author saw', save, null, { kind: 'restore', clusterId: 'ci', had: seen }],
    ['a creation that met a cluster', creation, found, { kind: 'restore', clusterId: 'ci', had }],
    ['a creation', creation, null, { kind: 'delete', clusterId: 'ci' }],
    ['a deletion', deletion, found, { kind: 'create-again', clusterId: 'ci', had }],
    ['a deletion: what its author saw', deletion, null, { kind: 'create-again', clusterId: 'ci', had: seen }],
    ['a deferred deletion', whenIdle, null, { kind: 'create-again', clusterId: 'ci', had: seen }],
    ['a deletion of nobody knows what', { ...deletion, base: null }, null, { kind: 'none', why: 'before-unknown' }],
    ['a save of what there was', { ...save, want: { '4c8g': 4 } }, found, { kind: 'none', why: 'not-applied' }],
    ['a release', release, null, { kind: 'none', why: 'no-opposite' }],
    ['a stopped job', stop, null, { kind: 'none', why: 'no-opposite' }],
  ] satisfies readonly (readonly [string, ChangeRequest, ClusterSnapshot | null, unknown])[])(
    '%s',
    (_, wanted, before, undo) => {
      expect(undoOf({ wanted, before, result: applied })).toEqual(undo);
    },
  );

  test('nothing takes back what is remembered without its replica sets', () => {
    expect(undoOf({ wanted: save, before: found, result: applied, cut: { bytes: 3_000_000 } })).toEqual({
      kind: 'none',
      why: 'before-unknown',
    });
  });

  test.each([
    [null, 'not-known'],
    [{ kind: 'unknown', cause: 'timed-out', lookedAt: null }, 'not-known'],
    [{ kind: 'waiting', refusedAt: null }, 'not-known'],
    [{ kind: 'cannot-be-known', evidence: { why: 'not-shown', shown: null, at: 1 } }, 'not-known'],
    [{ kind: 'in-use' }, 'not-applied'],
    [{ kind: 'not-found' }, 'not-applied'],
    [{ kind: 'not-applied', evidence: 'never-sent' }, 'not-applied'],
    [{ kind: 'conflict', latest: revisionOf('3'), theirs: found }, 'not-applied'],
  ] satisfies readonly (readonly [Result | null, string])[])('nothing takes %o back', (result, why) => {
    for (const wanted of [save, creation, deletion, whenIdle, release, stop])
      expect(undoOf({ wanted, before: found, result })).toEqual({ kind: 'none', why });
  });
});

describe('the next step', () => {
  const restore = { kind: 'restore', clusterId: 'ci', had } as const;
  const again = { kind: 'create-again', clusterId: 'ci', had } as const;

  test('of a save: the editor, the form of a new one where it is gone, nothing where it is back already', () => {
    expect(undoStepOf(restore, { divisible: true, replicaSets: { '4c8g': 2 } })).toEqual({ kind: 'edit', had });
    expect(undoStepOf(restore, null)).toEqual({ kind: 'create', had });
    expect(undoStepOf(restore, { divisible: true, replicaSets: { '4c8g': 4, '8c16g': 0 } })).toEqual({
      kind: 'there-already',
    });
    expect(undoStepOf(restore, { divisible: false, replicaSets: {} })).toEqual({ kind: 'other-kind' });
  });

  test('of a deletion: the form of a new one, unless the id exists again', () => {
    expect(undoStepOf(again, null)).toEqual({ kind: 'create', had });
    expect(undoStepOf(again, had)).toEqual({ kind: 'exists-again' });
  });

  test('of a creation: the question whether to delete it', () => {
    expect(undoStepOf({ kind: 'delete', clusterId: 'ci' }, had)).toEqual({ kind: 'delete' });
    expect(undoStepOf({ kind: 'delete', clusterId: 'ci' }, null)).toEqual({ kind: 'there-already' });
  });
});

test('whatever a save or a deletion did, its undo asks for exactly what there was', () => {
  const sets = fc
    .dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.nat(50))
    .map((each) => replicaSetsOf(Object.entries(each)));
  fc.assert(
    fc.property(sets, sets, fc.boolean(), fc.boolean(), (before, want, divisible, isDeletion) => {
      const snapshot = { revision: revisionOf('5'), replicaSets: before, divisible };
      const wanted: ChangeRequest = isDeletion
        ? { kind: 'delete', clusterId: 'ci', base: null }
        : { kind: 'save', clusterId: 'ci', divisible, base: opened, want };
      const undo = undoOf({ wanted, before: snapshot, result: applied });
      if (undo.kind === 'none') {
        expect(isDeletion).toBe(false);
        expect(sameReplicaSets(before, want)).toBe(true);
        return;
      }
      const step = undoStepOf(undo, isDeletion ? null : { divisible, replicaSets: want });
      expect(step).toEqual({ kind: isDeletion ? 'create' : 'edit', had: { divisible, replicaSets: before } });
    }),
    { seed: 15 },
  );
});
