import { expect, test } from 'vitest';
import { NODES_PER_PAGE } from '../api/queries.ts';
import { pagesOfRange } from './use-node-rows.ts';

test('a table scrolled far down requests the pages in view and the first page, which has the total', () => {
  expect(pagesOfRange(0, 0)).toEqual([0]);
  expect(pagesOfRange(0, NODES_PER_PAGE - 1)).toEqual([0]);
  expect(pagesOfRange(NODES_PER_PAGE - 1, NODES_PER_PAGE)).toEqual([0, 1]);
  expect(pagesOfRange(31 * NODES_PER_PAGE, 32 * NODES_PER_PAGE + 5)).toEqual([0, 31, 32]);
});
