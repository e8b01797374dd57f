import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PythonError } from './python-error.ts';
import { parsePythonJson, type PythonValue } from './python-json.ts';

/** What Python 3.11 says of these. */
test.each([
  ['', 'Expecting value: line 1 column 1 (char 0)'],
  [' ', 'Expecting value: line 1 column 2 (char 1)'],
  ['{bad', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['{"a":1,}', 'Expecting property name enclosed in double quotes: line 1 column 8 (char 7)'],
  ['{,}', 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)'],
  ['[1,]', 'Expecting value: line 1 column 4 (char 3)'],
  ['{"a" 1}', "Expecting ':' delimiter: line 1 column 6 (char 5)"],
  ['{"a":}', 'Expecting value: line 1 column 6 (char 5)'],
  ['[1 2]', "Expecting ',' delimiter: line 1 column 4 (char 3)"],
  ['{"a":1', "Expecting ',' delimiter: line 1 column 7 (char 6)"],
  ['[1,\n2', "Expecting ',' delimiter: line 2 column 2 (char 5)"],
  ['{"a":1\n,\n b}', 'Expecting property name enclosed in double quotes: line 3 column 2 (char 10)'],
  ['{"a":1} x', 'Extra data: line 1 column 9 (char 8)'],
  ['01', 'Extra data: line 1 column 2 (char 1)'],
  ['1.', 'Extra data: line 1 column 2 (char 1)'],
  ['-', 'Expecting value: line 1 column 1 (char 0)'],
  ['"abc', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"\\', 'Unterminated string starting at: line 1 column 1 (char 0)'],
  ['"a\nb"', 'Invalid control character at: line 1 column 3 (char 2)'],
  ['"\\x"', 'Invalid \\escape: line 1 column 2 (char 1)'],
  ['"\\u12"', 'Invalid \\uXXXX escape: line 1 column 3 (char 2)'],
  ['\ufeff{}', 'Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)'],
])('%j: %s', (text, message) => {
  expect(() => parsePythonJson(text)).toThrow(new PythonError('json.decoder.JSONDecodeError', message));
});

test('whole numbers stay exact and apart from floats; of a repeated member the last counts, in the place of the first', () => {
  expect(parsePythonJson('[18446744073709551616, -0, 1.0, 1e3, NaN, -Infinity]')).toEqual({
    type: 'list',
    items: [
      { type: 'int', value: 18446744073709551616n },
      { type: 'int', value: 0n },
      { type: 'float', value: 1 },
      { type: 'float', value: 1000 },
      { type: 'float', value: Number.NaN },
      { type: 'float', value: Number.NEGATIVE_INFINITY },
    ],
  });
  const dict = parsePythonJson('{"a":1,"b":2,"a":3}');
  expect(dict.type === 'dict' ? [...dict.members] : null).toEqual([
    ['a', { type: 'int', value: 3n }],
    ['b', { type: 'int', value: 2n }],
  ]);
});

test('whatever JSON.stringify writes is read back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(plain(parsePythonJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 7, numRuns: 300 },
  );
});

function plain(value: PythonValue): unknown {
  switch (value.type) {
    case 'NoneType':
      return null;
    case 'bool':
    case 'float':
    case 'str':
      return value.value;
    case 'int':
      return Number(value.value);
    case 'list':
      return value.items.map(plain);
    case 'dict':
      return Object.fromEntries([...value.members].map(([key, member]) => [key, plain(member)]));
  }
}
