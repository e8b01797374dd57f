import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNames } from './natural-order.ts';

const collator = new Intl.Collator('en', { numeric: true });
const plain = fc.string({ unit: fc.constantFrom(...Array.from('_-.0011239abz')), maxLength: 8 });
const any = fc.string({ unit: fc.constantFrom(...Array.from('_-.019azAZ é#/')), maxLength: 6 });

test('names stand as the collator has them, whatever they hold', () => {
  fc.assert(
    fc.property(fc.oneof(fc.tuple(plain, plain), fc.tuple(any, any)), ([a, b]) => {
      expect(Math.sign(compareNames(a, b))).toBe(collator.compare(a, b));
    }),
    { seed: 1, numRuns: 3_000 },
  );
});

test('numbers in names count by their value', () => {
  const names = ['16c32g', '4c8g', 'team-10', 'team-9', 'team_2', 'gpu_a10', 'gpu_a100', 'team-009b'];
  expect([...names].sort(compareNames)).toEqual([...names].sort((a, b) => collator.compare(a, b)));
  expect(compareNames('4c8g', '16c32g')).toBeLessThan(0);
});
