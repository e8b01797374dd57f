import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextSort, readListQuery, sortColumns, writeListQuery, type ListQuery } from './list-query.ts';
import { nodeParts } from './overview/template-totals.ts';

const plain: ListQuery = {
  filter: '',
  kind: 'all',
  inUse: false,
  deadNodes: false,
  mine: false,
  nodes: null,
  sort: { column: 'id', descending: false },
  view: 'list',
  measure: 'held',
  by: null,
};

const queries: fc.Arbitrary<ListQuery> = fc.record({
  filter: fc.string({ unit: 'grapheme' }),
  kind: fc.constantFrom('all', 'divisible', 'indivisible'),
  inUse: fc.boolean(),
  deadNodes: fc.boolean(),
  mine: fc.boolean(),
  nodes: fc.option(fc.record({ part: fc.constantFrom(...nodeParts), templateId: fc.string({ unit: 'grapheme' }) })),
  view: fc.constantFrom('list', 'matrix'),
  measure: fc.constantFrom('held', 'idle', 'dead'),
  by: fc.option(fc.string({ unit: 'grapheme' })),
  sort: fc.record({ column: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
});

describe("the list's filter and sort in the URL", () => {
  test('every one of them comes back from its own URL', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const { search } = new URL(`/clusters${writeListQuery('', query)}`, 'http://console');
        expect(readListQuery(search)).toEqual(query);
      }),
      { seed: 5 },
    );
  });

  test('a plain list leaves the URL plain, and keeps what others wrote there', () => {
    expect(writeListQuery('?q=gpu&sort=nodes&desc=1', plain)).toBe('');
    expect(writeListQuery('?theme=x&q=gpu', plain)).toBe('?theme=x');
  });

  test('what it does not know is as in a plain list', () => {
    expect(readListQuery('?kind=round&sort=colour&q=&nodes=busy:4c8g&view=tree&count=all')).toEqual(plain);
    expect(readListQuery('')).toEqual(plain);
  });

  test('a column first sorts as people look for it, then the other way round', () => {
    const byNodes = nextSort(plain.sort, 'nodes');
    expect(byNodes).toEqual({ column: 'nodes', descending: true });
    expect(nextSort(byNodes, 'nodes')).toEqual({ column: 'nodes', descending: false });
    expect(nextSort(byNodes, 'kind')).toEqual({ column: 'kind', descending: false });
  });
});
