import { expect, it } from 'vitest';
import { readNodeFilter, writeNodeFilter } from './node-filter-url.ts';

it('a filter comes back from the URL as it was', () => {
  for (const filter of [{}, { q: 'rack 1&2' }, { template: 'a=b#c', state: 'dead' as const }, { q: 'x', template: 't', state: 'idle' as const }]) {
    expect(readNodeFilter(writeNodeFilter(filter))).toEqual(filter);
  }
});

it('what the URL cannot mean is left out', () => {
  expect(readNodeFilter('?state=sleeping&q=%20&template=')).toEqual({});
});
