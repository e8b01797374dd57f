import { expect, test } from 'vitest';
import { isApiPath, paths } from './paths.ts';
import { listRoutes } from './routes.ts';

test.each(listRoutes())('$name is a path of the back end, not of the page', ({ path }) => {
  expect(isApiPath(path)).toBe(true);
});

test.each(['/', '/clusters/api', '/apis', '/virtual_clusters.js', '/nodes'])('%s is a path of the page', (path) => {
  expect(isApiPath(path)).toBe(false);
});

test('an id arrives in a path as one encoded segment', () => {
  expect(paths.virtualCluster('a/b##$&')).toBe('/virtual_clusters/a%2Fb%23%23%24%26');
});
