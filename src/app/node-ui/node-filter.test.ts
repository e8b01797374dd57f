import { describe, expect, test } from 'vitest';
import {
  isFiltering,
  sortOptionOf,
  readNodeFilter,
  toggleSort,
  withSortOption,
  writeNodeFilter,
} from './node-filter.ts';

describe('the filter in the URL', () => {
  test('reading returns what was written, and other parameters are kept', () => {
    const filter = {
      q: 'rack 2',
      template: '4c8g',
      state: 'arriving',
      cluster: 'a&b',
      sort: 'cpu',
      order: 'desc',
    } as const;
    const written = writeNodeFilter('?view=table&q=old', filter);
    expect(readNodeFilter(written)).toEqual(filter);
    expect(new URLSearchParams(written).get('view')).toBe('table');
    expect(readNodeFilter(writeNodeFilter('', { free: true }))).toEqual({ free: true });
  });

  test('invalid parameters are ignored', () => {
    expect(readNodeFilter('?q=%20&template=&state=tired&sort=colour&order=desc&free=yes')).toEqual({});
    expect(writeNodeFilter('?state=dead', {})).toBe('');
  });
});

test('a heading sorts ascending, then descending, then not at all', () => {
  const up = toggleSort({ q: 'x' }, 'memory');
  expect(up).toEqual({ q: 'x', sort: 'memory' });
  const down = toggleSort(up, 'memory');
  expect(down).toEqual({ q: 'x', sort: 'memory', order: 'desc' });
  expect(toggleSort(down, 'memory')).toEqual({ q: 'x' });
  expect(toggleSort(down, 'cpu')).toEqual({ q: 'x', sort: 'cpu' });
});

test('an order alone excludes no nodes', () => {
  expect(isFiltering({ sort: 'cpu' })).toBe(false);
  expect(isFiltering({ cluster: 'a' })).toBe(true);
  expect(isFiltering({ free: true })).toBe(true);
});

test('an order round-trips through its option value', () => {
  const filter = { q: 'x', sort: 'cpu', order: 'desc' } as const;
  expect(sortOptionOf(filter)).toBe('cpu desc');
  expect(withSortOption({ q: 'x' }, 'cpu desc')).toEqual(filter);
  expect(withSortOption(filter, 'host')).toEqual({ q: 'x', sort: 'host' });
  expect(sortOptionOf(withSortOption(filter, ''))).toBe('');
});
