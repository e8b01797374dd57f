import { expect, test } from 'vitest';
import { readSaveBody } from './save-request-body.ts';
import { PythonError } from './python-error.ts';

const id = '"virtualClusterId":"odd"';

/** Beyond what the recorded cases hold: what Python 3.11's own rules make of them. */
test.each([
  ['["ab"]', "KeyError: 'virtualClusterId'"],
  ['[5]', 'TypeError: cannot convert dictionary update sequence element #0 to a sequence'],
  ['[["a","b","c"]]', 'ValueError: dictionary update sequence element #0 has length 3; 2 is required'],
  ['[[["x"],1]]', "TypeError: unhashable type: 'list'"],
  ['1.5', "TypeError: 'float' object is not iterable"],
  [`{${id},"replicaSets":[["a",1,2]]}`, 'ValueError: too many values to unpack (expected 2)'],
  [`{${id},"replicaSets":[5]}`, 'TypeError: cannot unpack non-iterable int object'],
  [`{${id},"replicaSets":[[5,1]]}`, 'TypeError: bad argument type for built-in operation'],
  [`{${id},"replicaSets":{"a":[]}}`, "TypeError: 'list' object cannot be interpreted as an integer"],
  [`{${id},"revision":NaN}`, 'ValueError: cannot convert float NaN to integer'],
  [`{${id},"revision":Infinity}`, 'OverflowError: cannot convert float infinity to integer'],
  [`{${id},"revision":"1__0"}`, "ValueError: invalid literal for int() with base 10: '1__0'"],
  [`{${id},"revision":"it's"}`, 'ValueError: invalid literal for int() with base 10: "it\'s"'],
  [
    `{${id},"revision":{}}`,
    "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'dict'",
  ],
  [`{${id},"revision":"\\ufeff1"}`, "ValueError: invalid literal for int() with base 10: '\\ufeff1'"],
  [`{${id},"revision":"\\u001c1"}`, "ValueError: invalid literal for int() with base 10: '\\x1c1'"],
  [
    `{${id},"x":${'['.repeat(2_000)}${']'.repeat(2_000)}}`,
    'RecursionError: maximum recursion depth exceeded while decoding a JSON array from a unicode string',
  ],
  // A wrong revision is noticed before the id, and the id before the replica sets.
  ['{"virtualClusterId":5,"revision":"x"}', "ValueError: invalid literal for int() with base 10: 'x'"],
  ['{"virtualClusterId":5,"replicaSets":5}', 'TypeError: bad argument type for built-in operation'],
  [
    '{"virtualClusterId":"a\\ud800"}',
    "UnicodeEncodeError: 'utf-8' codec can't encode character '\\ud800' in position 1: surrogates not allowed",
  ],
])('%s: %s', (text, lastLine) => {
  let thrown: unknown;
  try {
    readSaveBody(text);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(PythonError);
  expect(thrown instanceof PythonError ? thrown.lastLine : null).toBe(lastLine);
});

test('pairs will do for a body and for replica sets', () => {
  const body = readSaveBody('[["virtualClusterId","odd"],["replicaSets",[["4c8g",2],["4c8g",3]]],["revision","+7"]]');
  expect(body).toEqual({
    clusterId: 'odd',
    shownId: 'odd',
    divisible: false,
    replicaSets: new Map([['4c8g', 3]]),
    revision: 7n,
  });
});

test.each([
  ['\\u00a01\\u0085', 1n],
  ['\\u0661\\u0662', 12n],
  ['\\uff11_2', 12n],
  ['\\ud835\\udfd9', 1n],
  ['\\f-0 ', 0n],
])('a revision in text: %s', (text, revision) => {
  expect(readSaveBody(`{${id},"revision":"${text}"}`).revision).toBe(revision);
});
