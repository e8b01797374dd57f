import { expect, test } from 'vitest';
import { pythonFloat, pythonRepr, pythonString } from './python-text.ts';

test('a string as Python 3.11 dumps it: nothing beyond ASCII', () => {
  expect(pythonString('größe\u007f😀"\\\n\u0001')).toBe('"gr\\u00f6\\u00dfe\\u007f\\ud83d\\ude00\\"\\\\\\n\\u0001"');
});

test('a float keeps its point', () => {
  expect([pythonFloat(4), pythonFloat(0.5), pythonFloat(20_488_851_456)]).toEqual(['4.0', '0.5', '20488851456.0']);
});

test.each([
  ['odd', "'odd'"],
  ["it's", '"it\'s"'],
  ['a"b', "'a\"b'"],
  ['a\'"b', "'a\\'\"b'"],
  ['x\ny\\', "'x\\ny\\\\'"],
  ['\u0000é', "'\\x00é'"],
])('%j is shown as %s', (text, repr) => {
  expect(pythonRepr(text)).toBe(repr);
});
