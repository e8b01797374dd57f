import { expect, test } from 'vitest';
import { camelCase } from './camel-case.ts';

/** What Python 3.11 makes of these with Ray's `to_google_style` (fact 9). */
test.each([
  ['my_node_type', 'myNodeType'],
  ['a_bCd', 'aBcd'],
  ['a_b2c_d', 'aB2CD'],
  ['a_1b', 'a1B'],
  ['4c_8g', '4c8G'],
  ['_a', 'A'],
  ['a_', 'a'],
  ['a__b', 'aB'],
  ['__', ''],
  ['ABC', 'ABC'],
  ['aB', 'aB'],
  ['a-b_c', 'a-bC'],
  ['a_b-c', 'aB-C'],
  ['a b_c d', 'a bC D'],
  ["x_it's", "xIt'S"],
  ['a_3dBox', 'a3Dbox'],
  ['ä_öü', 'äÖü'],
  ['a_ßx', 'aSsx'],
  ['a_中x', 'a中X'],
])('%s becomes %s', (key, expected) => {
  expect(camelCase(key)).toBe(expected);
});
