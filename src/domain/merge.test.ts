import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merge, resolveMerge } from './merge.ts';
import { countOf, replicaSetsOf, sameReplicaSets, templatesOf } from './replica-sets.ts';

const sets = fc
  .uniqueArray(fc.tuple(fc.constantFrom('4c8g', '8c16g', 'constructor', '__proto__'), fc.integer({ min: 0, max: 3 })), {
    selector: ([templateId]) => templateId,
  })
  .map(replicaSetsOf);

test('each template falls into the one case that it is', () => {
  fc.assert(
    fc.property(sets, sets, sets, (base, mine, theirs) => {
      const rows = merge({ base, mine, theirs });
      expect(rows.map((row) => row.templateId)).toEqual(templatesOf(base, mine, theirs));
      for (const row of rows) {
        const moved = [row.mine !== row.base, row.theirs !== row.base];
        if (!moved[0] && !moved[1]) expect(row.decided).toEqual({ by: 'nobody', count: row.base });
        else if (!moved[1]) expect(row.decided).toEqual({ by: 'mine', count: row.mine });
        else if (!moved[0]) expect(row.decided).toEqual({ by: 'theirs', count: row.theirs });
        else if (row.mine === row.theirs) expect(row.decided).toEqual({ by: 'both', count: row.mine });
        else expect(row.decided).toBeNull();
      }
    }),
  );
});

test('a conflict with nobody else is what was typed, and without typing it is theirs', () => {
  fc.assert(
    fc.property(sets, sets, (base, other) => {
      for (const sides of [
        { base, mine: other, theirs: base },
        { base, mine: base, theirs: other },
      ]) {
        const resolved = resolveMerge(merge(sides), new Map());
        expect(resolved.kind === 'merged' && sameReplicaSets(resolved.want, other)).toBe(true);
      }
    }),
  );
});

test('nothing is preselected, and a choice decides its template alone', () => {
  const rows = merge({ base: { a: 1, b: 1, c: 1 }, mine: { a: 2, b: 2, c: 2 }, theirs: { a: 3, b: 3, c: 1 } });
  expect(resolveMerge(rows, new Map())).toEqual({ kind: 'undecided', templateIds: ['a', 'b'] });
  expect(resolveMerge(rows, new Map([['a', 'mine']]))).toEqual({ kind: 'undecided', templateIds: ['b'] });
  expect(
    resolveMerge(
      rows,
      new Map([
        ['a', 'mine'],
        ['b', 'theirs'],
        ['c', 'theirs'],
      ]),
    ),
  ).toEqual({ kind: 'merged', want: { a: 2, b: 3, c: 2 } });
});

test('a template named like a property of objects is a template', () => {
  const resolved = resolveMerge(merge({ base: {}, mine: replicaSetsOf([['__proto__', 2]]), theirs: {} }), new Map());
  expect(resolved.kind === 'merged' && countOf(resolved.want, '__proto__')).toBe(2);
});
