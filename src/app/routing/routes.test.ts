import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathTo, readRoute } from './routes.ts';

test.each([
  ['/', { page: 'clusters', panel: null }],
  ['/clusters', { page: 'clusters', panel: null }],
  ['/clusters/', { page: 'clusters', panel: null }],
  ['/new', { page: 'clusters', panel: { kind: 'create' } }],
  ['/clusters/new', { page: 'clusters', panel: { kind: 'view', clusterId: 'new' } }],
  ['/clusters/a%2Fb/edit', { page: 'clusters', panel: { kind: 'edit', clusterId: 'a/b' } }],
  ['/nodes', { page: 'nodes' }],
  ['/journal', { page: 'journal' }],
  ['/nodes/x', { page: 'not-found' }],
  ['/clusters/%ff', { page: 'not-found' }],
  ['/clusters/a/other', { page: 'not-found' }],
  ['/elsewhere', { page: 'not-found' }],
])('%s is %j', (path, route) => {
  expect(readRoute(path)).toEqual(route);
});

test('every id comes back from its own path as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (clusterId) => {
      const there = (path: string) => new URL(path, 'http://console').pathname;
      fc.pre(!/^\.{1,2}$/.test(clusterId));
      expect(readRoute(there(pathTo.cluster(clusterId)))).toEqual({
        page: 'clusters',
        panel: { kind: 'view', clusterId },
      });
      expect(readRoute(there(pathTo.edit(clusterId)))).toEqual({
        page: 'clusters',
        panel: { kind: 'edit', clusterId },
      });
    }),
    { seed: 7 },
  );
});
