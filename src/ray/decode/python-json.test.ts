import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePythonJson, type PythonJson } from './python-json.ts';

test.each([
  ['18446744073709551616', { literal: '18446744073709551616' }],
  ['-0', { literal: '-0' }],
  ['2.0', { literal: '2.0' }],
  ['1e3', { literal: '1e3' }],
  ['NaN', { literal: 'NaN' }],
  ['[-Infinity, Infinity]', [{ literal: '-Infinity' }, { literal: 'Infinity' }]],
  ['"1"', '1'],
  ['"NaN"', 'NaN'],
  ['"\\"1"', '"1'],
  ['"\\ud800"', '\ud800'],
  [
    '{"a":1,"b":2,"a":3}',
    new Map([
      ['a', { literal: '3' }],
      ['b', { literal: '2' }],
    ]),
  ],
  ['{"__proto__":{"a":1}}', new Map([['__proto__', new Map([['a', { literal: '1' }]])]])],
  [
    '{"2":true,"1":null}',
    new Map([
      ['2', true],
      ['1', null],
    ]),
  ],
])('%s', (text, value) => {
  const parsed = parsePythonJson(text);
  expect(parsed).toEqual(value);
  // The order of members too, which `toEqual` does not compare.
  if (parsed instanceof Map && value instanceof Map) expect([...parsed.keys()]).toEqual([...value.keys()]);
});

/** What Python refuses as well. */
test.each([
  '',
  '01',
  '1.',
  '.5',
  '+1',
  '-',
  '--1',
  '1-2',
  '1 2',
  '-NaN',
  'NaNa',
  'nan',
  'Infinity1',
  '{1:2}',
  '{NaN:1}',
  '{"a":1,}',
  '[1,]',
  "{'a':1}",
  '"abc',
  '"abc\\',
  '"a\nb"',
  '"\\x41"',
  '"x 1',
  '{"a":"x 1}',
  '{"a":"x \\1}',
  '{"a":"x \\1, "b":2}',
  '"a"1',
  '1"a"',
  '\ufeff{}',
  '{} x',
])('%j is no JSON', (text) => {
  expect(() => parsePythonJson(text)).toThrow(SyntaxError);
});

test('what is nested a hundred deep is read, and more is refused, however deep', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(() => parsePythonJson(nested(100))).not.toThrow();
  expect(() => parsePythonJson(nested(102))).toThrow(SyntaxError);
  expect(() => parsePythonJson(nested(500_000))).toThrow(SyntaxError);
});

test('a body of the largest size is read, whatever it consists of', () => {
  for (const [piece, read] of [
    ['a', 'a'],
    ['\\n', '\n'],
    ['\\"', '"'],
    ['\\u0041', 'A'],
    ['ü', 'ü'],
  ] as const) {
    const count = Math.floor(1_000_000 / piece.length);
    const text = piece.repeat(count);
    expect(parsePythonJson(`"${text}"`)).toBe(read.repeat(count));
    expect(() => parsePythonJson(`"${text}`)).toThrow(SyntaxError);
  }
});

test('JSON is read as JSON.parse reads it, and what is none to it is none here, Python’s constants apart', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    '"a"',
    '1',
    '-',
    '0.5',
    'e3',
    'n',
    's',
    'true',
    ' ',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.array(pieces, { maxLength: 12 }).map((all) => all.join('')),
      ),
      (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expect(() => parsePythonJson(text)).toThrow(SyntaxError);
          return;
        }
        expect(plain(parsePythonJson(text))).toEqual(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});

function plain(value: PythonJson): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
  if ('literal' in value) return Number(value.literal);
  return [...value].map(plain);
}
