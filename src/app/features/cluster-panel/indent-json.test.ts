import { expect, it } from 'vitest';
import { indentJson } from './indent-json.ts';

it('keeps the digits of a revision beyond 2^53', () => {
  expect(indentJson('{"revision":18446744073709551615,"nodeInstances":{}}')).toBe(
    '{\n  "revision": 18446744073709551615,\n  "nodeInstances": {}\n}',
  );
});

it('leaves what is within strings alone', () => {
  const odd = JSON.stringify({ 'a{,}': 'x\\"[:] "y' });
  expect(indentJson(odd)).toBe(`{\n  ${JSON.stringify('a{,}')}: ${JSON.stringify('x\\"[:] "y')}\n}`);
});

it('changes white space only, whatever the text is', () => {
  for (const json of ['[1, [ ], {"a" : [true,null]}]', '{"cut": "st', 'Server got itself in trouble', '}}]']) {
    expect(indentJson(json).replaceAll(/\s/g, '')).toBe(json.replaceAll(/\s/g, ''));
  }
});
