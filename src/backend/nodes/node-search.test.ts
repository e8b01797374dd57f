import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { nodeSorts, type NodeQuery } from '../../contract/nodes.ts';
import { known } from '../../domain/sourced.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import type { Amount } from '../../domain/sources.ts';
import { createNodeRegistry, type NodeRegistry } from './node-registry.ts';
import { createNodeMap, type NodeMap } from './node-map.ts';
import { createNodeSearch, type NodeSearch } from './node-search.ts';
import { beforeDeath, nodeOf, snapshotOf } from '../../testing/harness/fleet-snapshots.ts';

let registry: NodeRegistry;
let map: NodeMap;
let search: NodeSearch;
beforeEach(() => {
  registry = createNodeRegistry();
  map = createNodeMap('e');
  search = createNodeSearch();
});

function take(nodes: readonly FleetNode[], now = 0) {
  const pictures = nodes.some(({ state }) => state === 'dead') ? [beforeDeath(nodes), nodes] : [nodes];
  for (const picture of pictures) map.update(registry.update(snapshotOf(picture, { at: now })), registry.records, now);
  map.build();
}

const find = (asked: NodeQuery) =>
  search
    .find({ registry, map: map.number() }, asked)
    .map(({ node }) => node.id)
    .join(' ');

function using(what: {
  readonly cpu?: Amount;
  readonly gpu?: Amount;
  readonly memory?: Amount;
  readonly objectStore?: Amount;
}): Pick<FleetNode, 'usage'> {
  return { usage: known({ cpu: null, gpu: null, memory: null, objectStore: null, ...what }, 'state') };
}

test('finds a text in id, host, template, virtual cluster and job cluster, whatever the case', () => {
  take([
    nodeOf('Ab12'),
    nodeOf('c', { hostname: 'Host-AB-9' }),
    nodeOf('d', { templateId: 'lab' }),
    nodeOf('e', { clusterId: 'fab' }),
    nodeOf('f', { jobClusterId: 'x##AB' }),
    nodeOf('g', { hostname: null, templateId: null }),
  ]);
  expect(find({ q: 'aB', sort: 'id' })).toBe('Ab12 c d e f');
  expect(find({ q: 'nothing' })).toBe('');
  // Two fields don't make a text together.
  expect(find({ q: 'host-c4c8g' })).toBe('');
});

test('puts whole fields first, then fields that begin with the text, unless a sort is given', () => {
  take([
    nodeOf('a', { hostname: 'x-n1' }),
    nodeOf('b', { hostname: 'n10' }),
    nodeOf('c', { hostname: 'n1' }),
    nodeOf('n1', { hostname: 'z' }),
  ]);
  expect(find({ q: 'N1' })).toBe('c n1 b a');
  expect(find({ q: 'n1', sort: 'id' })).toBe('a b c n1');
  expect(find({ q: 'n1', sort: 'id', order: 'desc' })).toBe('n1 c b a');
});

describe('filters', () => {
  beforeEach(() => {
    take([nodeOf('idle', { use: known('idle', 'state') })]);
    take([
      nodeOf('idle', { use: known('idle', 'state') }),
      nodeOf('used', { use: known('used', 'state'), clusterId: 'x' }),
      nodeOf('dead', { state: 'dead', use: known('idle', 'state'), templateId: '8c' }),
      nodeOf('unsure', { state: 'unknown', templateId: null }),
      nodeOf('of-a-job', { jobClusterId: 'kPrimaryClusterID##1', state: 'dead' }),
    ]);
  });

  test.each<[NodeQuery, string]>([
    [{ state: 'idle' }, 'idle'],
    [{ state: 'used' }, 'used'],
    [{ state: 'alive' }, 'idle used'],
    [{ state: 'arriving' }, 'used'],
    [{ state: 'dead' }, 'of-a-job dead'],
    [{ state: 'unknown' }, 'unsure'],
    [{ template: '8c' }, 'dead'],
    [{ template: '' }, 'unsure'],
    [{ cluster: 'x' }, 'used'],
    [{ cluster: 'nope' }, ''],
    [{ free: true }, 'idle dead unsure'],
    [{ free: false }, 'idle of-a-job used dead unsure'],
    [{ free: true, state: 'dead' }, 'dead'],
  ])('%j gives %j', (asked, expected) => {
    expect(find(asked)).toBe(expected);
  });
});

describe('sorts', () => {
  test.each<[NodeQuery, string]>([
    [{}, 'b a c d'],
    [{ sort: 'template' }, 'b a c d'],
    [{ sort: 'template', order: 'desc' }, 'c a b d'],
    [{ sort: 'id' }, 'a b c d'],
    [{ sort: 'id', order: 'desc' }, 'd c b a'],
    [{ sort: 'host' }, 'b a d c'],
    [{ sort: 'host', order: 'desc' }, 'd a b c'],
    [{ sort: 'cluster' }, 'a c b d'],
    [{ sort: 'state' }, 'c d b a'],
    [{ sort: 'state', order: 'desc' }, 'a b d c'],
    [{ sort: 'cpu' }, 'b a c d'],
    [{ sort: 'cpu', order: 'desc' }, 'a b c d'],
    [{ sort: 'memory' }, 'c a b d'],
    [{ sort: 'gpu' }, 'b a c d'],
    [{ sort: 'objectStore' }, 'd b a c'],
  ])('by %j: %s', (asked, expected) => {
    take([
      nodeOf('a', {
        templateId: '16c',
        hostname: 'h2',
        use: known('idle', 'state'),
        ...using({ cpu: { used: 3, total: 4 }, memory: { used: 60, total: 100 } }),
      }),
      nodeOf('b', {
        templateId: '4c',
        hostname: 'h1',
        clusterId: 'x',
        use: known('used', 'state'),
        ...using({ cpu: { used: 10, total: 100 }, gpu: { used: 0, total: 0 } }),
      }),
      nodeOf('c', { templateId: '16c', hostname: null, state: 'dead', ...using({ memory: { used: 1, total: 2 } }) }),
      nodeOf('d', {
        templateId: null,
        hostname: 'h3',
        clusterId: 'y',
        state: 'unknown',
        ...using({ objectStore: { used: 0, total: 9 } }),
      }),
    ]);
    expect(find(asked)).toBe(expected);
  });
});

test('a cached order is renewed when its input has changed', () => {
  const a = nodeOf('a', { ...using({ cpu: { used: 1, total: 4 } }) });
  const b = nodeOf('b', { ...using({ cpu: { used: 2, total: 4 } }) });
  take([a, b]);
  const all = () => [
    find({}),
    find({ sort: 'cluster' }),
    find({ sort: 'state' }),
    find({ sort: 'cpu' }),
    find({ q: 'x' }),
  ];
  expect(all()).toEqual(['a b', 'a b', 'a b', 'a b', '']);
  take([{ ...a, ...using({ cpu: { used: 3, total: 4 } }) }, b]);
  expect(all()).toEqual(['a b', 'a b', 'a b', 'b a', '']);
  take([a, { ...b, state: 'dead' }]);
  expect(all()).toEqual(['a b', 'a b', 'b a', 'a b', '']);
  take([{ ...a, clusterId: 'x' }, b]);
  expect(all()).toEqual(['a b', 'b a', 'a b', 'a b', 'a']);
  take([{ ...a, hostname: 'z' }, b]);
  expect(all()).toEqual(['b a', 'b a', 'b a', 'a b', '']);
  take([b, nodeOf('0')]);
  expect(all()).toEqual(['0 b', '0 b', '0 b', 'b 0', '']);
});

test('finds the same nodes in the same order, whether few match or many', () => {
  const host = (i: number) => `h${String((i * 7_919) % 5_000).padStart(4, '0')}`;
  take(
    Array.from({ length: 5_000 }, (_, i) =>
      nodeOf(`n${String(i)}`, { hostname: host(i), clusterId: i % 2 === 0 ? 'many' : 'few' }),
    ),
  );
  const hosts = (asked: NodeQuery) =>
    search.find({ registry, map: map.number() }, asked).map(({ node }) => node.hostname);
  const many = Array.from({ length: 2_500 }, (_, i) => host(2 * i)).toSorted();
  expect(hosts({ q: 'MANY', sort: 'host' })).toEqual(many);
  expect(hosts({ q: 'many', sort: 'host', order: 'desc' })).toEqual(many.toReversed());
  const few = Array.from({ length: 2_500 }, (_, i) => host(2 * i + 1))
    .filter((each) => each.startsWith('h00'))
    .toSorted();
  expect(hosts({ q: 'h00', cluster: 'few', sort: 'host' })).toEqual(few);
  expect(hosts({ q: 'few\n', sort: 'host' })).toEqual([]);
});

test('a search that followed a history finds what a new one finds', () => {
  const node = fc.record({
    hostname: fc.constantFrom(null, 'h1', 'h2'),
    templateId: fc.constantFrom(null, '4c', '16c'),
    clusterId: fc.constantFrom(null, 'x', 'y'),
    state: fc.constantFrom('alive', 'dead'),
    usage: fc.nat(3).map((used) => using({ cpu: { used, total: 4 } }).usage),
  });
  const asked = fc.record(
    {
      sort: fc.constantFrom(undefined, ...nodeSorts),
      order: fc.constantFrom('asc', 'desc'),
      q: fc.constantFrom('1', 'x'),
    },
    { requiredKeys: ['sort'] },
  );
  const nodes = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5'), node);
  fc.assert(
    fc.property(fc.array(fc.tuple(nodes, asked), { maxLength: 10 }), (history) => {
      registry = createNodeRegistry();
      map = createNodeMap('e');
      for (const [each, { sort, ...query }] of history) {
        take(Object.entries(each).map(([id, more]) => nodeOf(id, more)));
        const wanted = sort === undefined ? query : { ...query, sort };
        const kept = find(wanted);
        search = createNodeSearch();
        expect(kept).toBe(find(wanted));
      }
    }),
  );
});
