import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countOf, replicaSetsOf, templatesOf } from './replica-sets.ts';
import { applySuggestion } from './suggestion.ts';

test('holding 1+1 and asking 9+9 with 2+2 free becomes 3+3 (fact 8)', () => {
  const current = { '4c8g': 1, '8c16g': 1 };
  const applied = applySuggestion({
    asked: { '4c8g': 9, '8c16g': 9 },
    current,
    direction: 'grow',
    suggestion: { '4c8g': 2, '8c16g': 2 },
    unmatched: [],
  });
  expect(applied.kind === 'request' && applied.want).toEqual({ '4c8g': 3, '8c16g': 3 });
});

test('shrinking keeps what can not be removed, and grows the rest as asked', () => {
  const applied = applySuggestion({
    asked: { '8c16g': 0, '4c8g': 5 },
    current: { '8c16g': 2, '4c8g': 1, gpu: 3 },
    direction: 'shrink',
    suggestion: { '8c16g': 1, gpu: 3 },
    unmatched: [],
  });
  expect(applied.kind === 'request' && applied.want).toEqual({ '8c16g': 1, '4c8g': 5, gpu: 0 });
});

test('a suggestion of zeros leaves nothing to apply', () => {
  const current = { a: 1 };
  const shortage = { asked: { a: 4 }, current, direction: 'grow', suggestion: { a: 0 }, unmatched: [] } as const;
  expect(applySuggestion(shortage).kind).toBe('nothing-possible');
});

test('keys that stand for no single template are told, not guessed (fact 9)', () => {
  const shortage = { asked: { a_b: 4 }, current: {}, direction: 'grow', suggestion: {}, unmatched: ['aB'] } as const;
  expect(applySuggestion(shortage)).toMatchObject({ kind: 'cannot', unmatched: ['aB'] });
});

const sets = fc
  .uniqueArray(fc.tuple(fc.constantFrom('4c8g', '8c16g', 'constructor', '__proto__'), fc.integer({ min: 0, max: 9 })), {
    selector: ([templateId]) => templateId,
  })
  .map(replicaSetsOf);

test('lies between now and asked, within what Ray says, and names every template', () => {
  fc.assert(
    fc.property(sets, sets, sets, fc.constantFrom('grow', 'shrink'), (asked, current, suggestion, direction) => {
      const applied = applySuggestion({ asked, current, direction, suggestion, unmatched: [] });
      expect(applied.rows.map((row) => row.templateId)).toEqual(templatesOf(asked, current));
      for (const row of applied.rows) {
        const inDirection = direction === 'grow' ? row.asked > row.now : row.asked < row.now;
        const moved = Math.abs(row.becomes - row.now);
        expect(moved).toBeLessThanOrEqual(Math.abs(row.asked - row.now));
        if (inDirection) expect(moved).toBeLessThanOrEqual(countOf(suggestion, row.templateId));
        else expect(row.becomes).toBe(row.asked);
        if (applied.kind === 'request') expect(Object.hasOwn(applied.want, row.templateId)).toBe(true);
      }
    }),
  );
});
