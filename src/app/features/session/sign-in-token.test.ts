import { expect, test } from 'vitest';
import { tokenIn } from './sign-in-token.ts';

test.each([
  ['http://127.0.0.1:8600/sign-in#abc-_1', 'abc-_1'],
  [' #abc\n', 'abc'],
  ['abc', 'abc'],
  ['', null],
  ['http://127.0.0.1:8600/sign-in#', null],
])('%j holds %j', (pasted, token) => {
  expect(tokenIn(pasted)).toBe(token);
});
