import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTsv, writeTsv } from './tsv.ts';

test('a table comes back from a spreadsheet as it was copied', () => {
  const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(table, (rows) => {
      expect(parseTsv(writeTsv(rows))).toEqual(rows);
    }),
  );
});

test('line ends of every system, a break in a cell, and the one at the end', () => {
  expect(parseTsv('1\t2\r\n3\t4\r\n')).toEqual([
    ['1', '2'],
    ['3', '4'],
  ]);
  expect(parseTsv('"a\nb"\t"say ""x"""')).toEqual([['a\nb', 'say "x"']]);
  expect(parseTsv('')).toEqual([['']]);
});
