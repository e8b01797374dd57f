import { expect, test } from 'vitest';
import { known } from '../../domain/sourced.ts';
import { createNodeRegistry } from '../nodes/node-registry.ts';
import { nodePage, parseNodeQuery } from './node-query.ts';
import { createNodeSearch } from '../nodes/node-search.ts';
import { beforeDeath, nodeOf, snapshotOf } from '../../testing/harness/fleet-snapshots.ts';

const registry = createNodeRegistry();
const nodes = [
  nodeOf('b', { templateId: '16c32g' }),
  nodeOf('a', { use: known('used', 'state') }),
  nodeOf('c', { state: 'dead', use: known('idle', 'state') }),
  nodeOf('d', { templateId: null, state: 'unknown', hostname: null }),
  nodeOf('e', { use: known('idle', 'state') }),
];
for (const each of [beforeDeath(nodes), nodes]) registry.update(snapshotOf(each));
const search = createNodeSearch();

function page(query: string) {
  const read = parseNodeQuery(new URLSearchParams(query));
  if (typeof read === 'string') throw new Error(read);
  return nodePage(search.find({ registry, map: 0 }, read), read, { version: 'v' });
}

test.each([
  ['', 'acebd'],
  ['offset=1&limit=2', 'ce'],
  ['offset=9', ''],
  ['state=alive&template=4c8g', 'ae'],
  ['q=%20%20', 'acebd'],
  ['state=used', 'a'],
  ['state=busy', 'a'],
])('?%s gives %j', (query, expected) => {
  expect(
    page(query)
      .nodes.map(({ id }) => id)
      .join(''),
  ).toBe(expected);
});

test('says how many match over all pages', () => {
  expect(page('limit=1')).toMatchObject({ total: 5, offset: 0, version: 'v' });
  expect(page('limit=1&q=host').total).toBe(4);
});

test.each([
  'state=sleepy',
  'sort=mood',
  'order=up',
  'free=1',
  'offset=-1',
  'offset=x',
  'limit=0',
  'limit=501',
  'limit=1.5',
])('?%s is refused in words', (query) => {
  expect(parseNodeQuery(new URLSearchParams(query))).toMatch(/^(state|sort|order|free|offset|limit) must be .*\.$/);
});
