import { expect, test } from 'vitest';
import { NODES_A_PAGE } from '../api/queries.ts';
import { pagesFor } from './use-node-rows.ts';

test('a table deep in its nodes asks for the pages in view and for the first, which tells how many there are', () => {
  expect(pagesFor(0, 0)).toEqual([0]);
  expect(pagesFor(0, NODES_A_PAGE - 1)).toEqual([0]);
  expect(pagesFor(NODES_A_PAGE - 1, NODES_A_PAGE)).toEqual([0, 1]);
  expect(pagesFor(31 * NODES_A_PAGE, 32 * NODES_A_PAGE + 5)).toEqual([0, 31, 32]);
});
