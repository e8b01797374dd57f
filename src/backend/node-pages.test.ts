import { expect, test } from 'vitest';
import { known, unknown } from '../domain/fact.ts';
import type { FleetNode } from '../domain/fleet.ts';
import { nodePage, readNodeQuery } from './node-pages.ts';

function node(id: string, more: Partial<FleetNode> = {}): FleetNode {
  return {
    id,
    hostname: `host-${id}`,
    templateId: '4c8g',
    clusterId: null,
    jobClusterId: null,
    state: 'alive',
    isHead: false,
    usage: unknown('failed', 'state'),
    busy: unknown('failed', 'state'),
    ...more,
  };
}

const nodes = [
  node('b', { templateId: '16c32g' }),
  node('a', { busy: known(true, 'state') }),
  node('c', { state: 'dead', busy: known(false, 'state') }),
  node('d', { templateId: null, state: 'unknown', hostname: null }),
  node('e', { busy: known(false, 'state') }),
];

const idsOf = (query: string) => {
  const read = readNodeQuery(new URLSearchParams(query));
  return typeof read === 'string' ? read : nodePage(nodes, read, 'v').nodes.map(({ id }) => id).join('');
};

test.each([
  ['', 'daceb'],
  ['q=HOST-A', 'a'],
  ['q=16c', 'b'],
  ['q=%20%20', 'daceb'],
  ['template=4c8g', 'ace'],
  ['state=dead', 'c'],
  ['state=unknown', 'd'],
  ['state=idle', 'e'],
  ['state=busy', 'a'],
  ['state=alive&template=4c8g', 'ae'],
  ['offset=1&limit=2', 'ac'],
  ['offset=9', ''],
])('?%s gives %j', (query, expected) => {
  expect(idsOf(query)).toBe(expected);
});

test('says how many match over all pages', () => {
  expect(nodePage(nodes, { limit: 1 }, 'v')).toMatchObject({ total: 5, offset: 0, version: 'v' });
});

test.each(['state=sleepy', 'offset=-1', 'offset=x', 'limit=0', 'limit=501', 'limit=1.5'])('?%s is refused in words', (query) => {
  expect(readNodeQuery(new URLSearchParams(query))).toMatch(/must be/);
});
