import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnOf } from './number-column.ts';

const numbersOf = (numbers: readonly number[]) => columnOf(numbers.length, (row) => numbers[row] ?? Number.NaN);

test('each row has its number, whether few or many are different', () => {
  const number = fc.oneof(fc.constantFrom(0, 4, Number.NaN), fc.double({ min: 0 }));
  fc.assert(
    fc.property(fc.array(number, { maxLength: 600, size: 'max' }), (numbers) => {
      const column = numbersOf(numbers);
      // Zero has one sign in any amount of Ray's.
      expect(numbers.map((_, row) => column.at(row))).toEqual(numbers.map((each) => each + 0));
      expect(column.at(numbers.length)).toBeNaN();
    }),
    { seed: 1 },
  );
});

test('256 different numbers take a byte a row, one more all of them', () => {
  const rows = Array.from({ length: 5_000 }, (_, row) => row);
  expect(numbersOf(rows.map((row) => row % 256)).bytes).toBe(5_000 + 256 * 8);
  expect(numbersOf(rows.map((row) => row % 257)).bytes).toBe(5_000 * 8);
});
