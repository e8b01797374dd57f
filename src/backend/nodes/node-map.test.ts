import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mapUpdate, type MapUpdate } from '../../contract/map.ts';
import { known } from '../../domain/sourced.ts';
import type { FleetNode } from '../../domain/fleet.ts';
import { createNodeRegistry } from './node-registry.ts';
import { createNodeMap, LOADS_EVERY_MS } from './node-map.ts';
import { beforeDeath, nodeOf, snapshotOf, sourcesOf } from '../../testing/harness/fleet-snapshots.ts';

/** A registry and a map that follow pictures. `now` is the time of each. */
function follow(keptRemoved?: number) {
  const registry = createNodeRegistry();
  const map = createNodeMap('e', keptRemoved);
  const take = (nodes: readonly FleetNode[], now = 0, sources = sourcesOf()) => {
    map.update(registry.update(snapshotOf(nodes, { at: now, sources })), registry.records, now);
    return map.since(null);
  };
  return { registry, map, take };
}

/** What a page shows: each section's cells as an array, moved on by an update. */
function advance(view: ReadonlyMap<string, readonly string[]>, update: MapUpdate): Map<string, readonly string[]> {
  const next = new Map(update.whole ? [] : view);
  for (const key of update.removed) next.delete(key);
  for (const { key, cells, slots, changed } of update.sections) {
    const now = cells === null ? [...(next.get(key) ?? [])].slice(0, slots) : [...cells];
    for (const [slot, cell] of changed) now[slot] = cell;
    expect(now).toHaveLength(slots);
    next.set(key, now);
  }
  return next;
}

const cellsOf = (update: MapUpdate) => Object.fromEntries(update.sections.map(({ key, cells }) => [key, cells]));

const used = known('used' as const, 'state');
const idle = known('idle' as const, 'state');
const reserved = known('reserved' as const, 'state');

test('places are assigned when somebody needs them, as they would be after a new start', () => {
  const registry = createNodeRegistry();
  const map = createNodeMap('e');
  const take = (now: number, ...nodes: readonly FleetNode[]) =>
    map.update(registry.update(snapshotOf(nodes, { at: now })), registry.records, now);
  const [a, b, c, d] = [nodeOf('a'), nodeOf('b', { clusterId: 'x' }), nodeOf('c'), nodeOf('d')];
  take(0, d);
  take(1_000, d, b);
  take(2_000, d, b, a);
  take(3_000, d, b, a, c);
  const number = map.number();
  take(4_000, b, a, { ...c, state: 'dead' });
  expect([...registry.records.values()].map(({ place }) => place)).toEqual([null, null, null]);
  expect([number, map.number(), map.nextChange()]).toEqual([4, 5, null]);
  expect(map.since('e-4')).toMatchObject({ whole: true, version: 'e-5' });
  expect(cellsOf(map.since(null))).toEqual({ '//4c8g': 'nd', 'x//4c8g': 'n' });
  expect([...registry.records.values()].map(({ place }) => place?.slot)).toEqual([0, 0, 1]);
  // Who came first is first to have arrived, whoever has the lower place.
  expect(map.nextChange()).toBe(61_000);
  take(5_000, b, { ...a, state: 'dead' }, { ...c, state: 'dead' });
  expect(map.since('e-5')).toMatchObject({ whole: false, version: 'e-6', sections: [{ key: '//4c8g', cells: 'dd' }] });
});

describe('the cell of a node', () => {
  test.each<[cell: string, node: Partial<FleetNode>]>([
    ['i', { use: idle }],
    ['b', { use: used }],
    ['r', { use: reserved, clusterId: 'x', jobClusterId: 'x##1' }],
    ['a', {}],
    ['d', { state: 'dead', use: used }],
    ['d', { state: 'dead', clusterId: 'x' }],
    ['u', { state: 'unknown', use: used }],
  ])('is %s for %j', (cell, node) => {
    const { take } = follow();
    take(beforeDeath([nodeOf('n', node)]));
    expect(Object.values(cellsOf(take([nodeOf('n', node)])))).toEqual([cell]);
  });

  test('is new for a minute after the initial load, and time alone ends that', () => {
    const { map, take } = follow();
    const a = nodeOf('a', { use: idle });
    const b = nodeOf('b', { use: used });
    take([a]);
    expect(cellsOf(take([a, b], 1_000))).toEqual({ '//4c8g': 'in' });
    expect(map.nextChange()).toBe(61_000);
    expect(cellsOf(take([a, b], 60_999))).toEqual({ '//4c8g': 'in' });
    const before = map.number();
    expect(cellsOf(take([a, b], 61_000))).toEqual({ '//4c8g': 'ib' });
    expect(map.number()).toBe(before + 1);
    expect(map.nextChange()).toBeNull();
  });
});

describe('loads', () => {
  const loaded = (eighths: number, more: Partial<FleetNode> = {}) =>
    nodeOf('a', {
      use: used,
      usage: known({ cpu: { used: eighths, total: 8 }, gpu: null, memory: null, objectStore: null }, 'state'),
      ...more,
    });
  const loadsOf = (update: MapUpdate) => update.sections.map(({ loads }) => loads);

  test('that change alone change the map at most once in a while, and the last one is shown by itself', () => {
    const { map, take } = follow();
    take([loaded(1)]);
    expect(loadsOf(take([loaded(2)], 1_000))).toEqual(['2']);
    const number = map.number();
    for (let second = 2; second < 11; second += 1) take([loaded(2 + (second % 6))], second * 1_000);
    expect(map.number()).toBe(number);
    expect(map.nextChange()).toBe(1_000 + LOADS_EVERY_MS);
    expect(loadsOf(take([loaded(6)], 11_000))).toEqual(['6']);
    expect([map.number(), map.nextChange()]).toEqual([number + 1, null]);
  });

  test('go with a state that changes, at once; one that is as it was before changes nothing', () => {
    const { map, take } = follow();
    take([loaded(1)]);
    take([loaded(2)], 1_000);
    take([loaded(5)], 2_000);
    take([loaded(2)], 3_000);
    expect(map.nextChange()).toBeNull();
    take([loaded(7)], 4_000);
    expect(loadsOf(take([loaded(6, { use: reserved })], 5_000))).toEqual(['6']);
    expect(map.nextChange()).toBeNull();
    take([loaded(3, { use: reserved })], 6_000);
    take([], 7_000);
    expect(map.nextChange()).toBeNull();
  });
});

test('a section is a holder and a template, distinct whatever their names are', () => {
  const { take } = follow();
  const update = take([
    nodeOf('1'),
    nodeOf('2', { templateId: null }),
    nodeOf('3', { clusterId: 'x', jobClusterId: 'x##1' }),
    nodeOf('4', { clusterId: 'x/', jobClusterId: null, templateId: '4c8g' }),
    nodeOf('5', { clusterId: 'x', jobClusterId: null, templateId: '/4c8g' }),
    nodeOf('6', { clusterId: 'x%2F' }),
    nodeOf('7', { jobClusterId: 'kPrimaryClusterID##1' }),
  ]);
  expect(mapUpdate.parse(update)).toEqual(update);
  expect(
    update.sections.map(({ clusterId, jobClusterId, templateId }) => [clusterId, jobClusterId, templateId]),
  ).toEqual([
    [null, null, '4c8g'],
    [null, null, null],
    ['x', 'x##1', '4c8g'],
    ['x/', null, '4c8g'],
    ['x', null, '/4c8g'],
    ['x%2F', null, '4c8g'],
    [null, 'kPrimaryClusterID##1', '4c8g'],
  ]);
  expect(new Set(update.sections.map(({ key }) => key)).size).toBe(7);
});

test('slots are in order of id at first, in whatever order the sources come, and are kept from then on', () => {
  const { map, take } = follow();
  take([nodeOf('b'), nodeOf('d')], 0, sourcesOf({ unread: ['state'] }));
  take([nodeOf('d'), nodeOf('b'), nodeOf('a'), nodeOf('c')]);
  expect(map.nodes('//4c8g', 0, 1_000)?.ids).toEqual(['a', 'b', 'c', 'd']);
  take([nodeOf('d'), nodeOf('a'), nodeOf('c'), nodeOf('0'), nodeOf('1')]);
  expect(map.nodes('//4c8g', 0, 1_000)?.ids).toEqual(['a', '0', 'c', 'd', '1']);
});

test('a change that leaves the map as it is makes no new number', () => {
  const { map, take } = follow();
  take([nodeOf('a')]);
  take([nodeOf('a')]);
  const n = map.number();
  take([nodeOf('a', { hostname: 'other' })]);
  expect(map.number()).toBe(n);
  expect(map.since(`e-${String(n)}`)).toEqual({
    version: `e-${String(n)}`,
    whole: false,
    sections: [],
    removed: [],
    moved: [],
  });
});

test('only the same node moves: one that leaves and another one of its template that comes are two', () => {
  const { map, take } = follow();
  const at = (clusterId: string | null) => (id: string) => nodeOf(id, { clusterId });
  const [free, x, y] = [at(null), at('x'), at('y')];
  const first = take([free('a'), free('b'), x('c')]).version;
  const second = take([free('a'), x('c'), x('d')]).version;
  expect(map.since(first).moved).toEqual([]);
  take([x('a'), x('c'), x('d')]);
  const inX = { section: 'x//4c8g', slot: 2 };
  expect(map.since(second).moved).toEqual([{ from: { section: '//4c8g', slot: 0 }, to: inX }]);
  const third = take([y('a'), x('c'), x('d')]).version;
  // Its whole way for a page that saw neither step, and nothing for one that saw both, or that sees all anew.
  const inY = { section: 'y//4c8g', slot: 0 };
  expect(map.since(second).moved).toEqual([{ from: { section: '//4c8g', slot: 0 }, to: inY }]);
  expect([map.since(third).moved, map.since(null).moved]).toEqual([[], []]);
  take([x('c'), x('d')]);
  expect(map.since(second).moved).toEqual([]);
});

test('a change of the whole picture is no move of each node', () => {
  const { map, take } = follow();
  const all = (clusterId: string, count: number) =>
    Array.from({ length: count }, (_, index) => nodeOf(`n${String(index)}`, { clusterId }));
  const first = take(all('x', 121)).version;
  const second = take(all('y', 121)).version;
  expect(map.since(first).moved).toEqual([]);
  take([...all('z', 120), nodeOf('n120', { clusterId: 'y' })]);
  expect(map.since(second).moved).toHaveLength(120);
});

test('a removed section is reported, and a page from before an evicted removal gets everything', () => {
  const { map, take } = follow(1);
  const stays = nodeOf('s');
  take([stays, nodeOf('x', { clusterId: 'x' }), nodeOf('y', { clusterId: 'y' })]);
  const first = `e-${String(map.number())}`;
  take([stays, nodeOf('y', { clusterId: 'y' })]);
  const second = `e-${String(map.number())}`;
  expect(map.since(first)).toMatchObject({ whole: false, sections: [], removed: ['x//4c8g'] });
  take([stays]);
  expect(map.since(second)).toMatchObject({ whole: false, removed: ['y//4c8g'] });
  expect(map.since(first)).toMatchObject({ whole: true, removed: [] });
  take([stays, nodeOf('y', { clusterId: 'y' })]);
  expect(map.since(second)).toMatchObject({ whole: false, removed: [], sections: [{ key: 'y//4c8g', cells: 'n' }] });
});

test.each(['x-1', 'e-99', 'e-', 'e-1.5', '', 'e'])('the version %j gets everything', (version) => {
  const { map, take } = follow();
  take([nodeOf('a')]);
  expect(map.since(version)).toMatchObject({ whole: true, sections: [{ cells: 'a' }] });
});

test('returns the nodes in slots, up to the end of the section', () => {
  const { map, take } = follow();
  take(
    Array.from({ length: 12 }, (_, i) => nodeOf(`n${String(i).padStart(2, '0')}`, i === 3 ? { hostname: null } : {})),
  );
  expect(map.nodes('//4c8g', 2, 5)).toEqual({
    version: 'e-1',
    section: '//4c8g',
    from: 2,
    ids: ['n02', 'n03', 'n04'],
    hostnames: ['host-n02', null, 'host-n04'],
  });
  expect(map.nodes('//4c8g', 10, 1_000)?.ids).toEqual(['n10', 'n11']);
  expect(map.nodes('//4c8g', 90, 99)?.ids).toEqual([]);
  expect(map.nodes('nope', 0, 9)).toBeNull();
});

const someNode = fc.record({
  clusterId: fc.constantFrom(null, 'x', 'y'),
  jobClusterId: fc.constantFrom(null, null, 'x##1'),
  templateId: fc.constantFrom('4c8g', '8c16g', null),
  state: fc.constantFrom('alive', 'alive', 'dead', 'unknown'),
  use: fc.constantFrom(used, idle, reserved),
});
const someNodes = fc.dictionary(fc.constantFrom(...Array.from({ length: 40 }, (_, i) => `n${String(i)}`)), someNode, {
  maxKeys: 30,
});
const how = fc.constantFrom(
  sourcesOf(),
  sourcesOf(),
  sourcesOf({ fails: ['summary'] }),
  sourcesOf({ fails: ['liveness', 'state'] }),
);
const sequences = fc.array(fc.record({ nodes: someNodes, how, passes: fc.nat(30_000), asks: fc.boolean() }), {
  minLength: 1,
  maxLength: 25,
});

test('over any history, the changes since any version lead to the whole map', () => {
  fc.assert(
    fc.property(sequences, (history) => {
      const { registry, map, take } = follow(2);
      let view = new Map<string, readonly string[]>();
      let version: string | null = null;
      let now = 0;
      for (const { nodes, how: sources, passes, asks } of history) {
        now += passes;
        const whole = advance(
          new Map(),
          take(
            Object.entries(nodes).map(([id, more]) => nodeOf(id, more)),
            now,
            sources,
          ),
        );
        if (asks) {
          const update = map.since(version);
          view = advance(view, update);
          version = update.version;
          expect(view).toEqual(whole);
        }
        // Each node is in one slot, all others are empty.
        const filled = [...whole.values()].flat().filter((cell) => cell !== '.').length;
        expect(filled).toBe(registry.records.size);
        for (const { node, cell, place } of registry.records.values()) {
          if (place === null) throw new Error('not on the map');
          expect(map.nodes(place.section, place.slot, place.slot + 1)?.ids).toEqual([node.id]);
          expect(whole.get(place.section)?.[place.slot]).toBe(cell);
        }
      }
    }),
  );
});

test('over any history, a node that stays in its section stays in its slot', () => {
  fc.assert(
    fc.property(sequences, (history) => {
      const { registry, take } = follow();
      take([]);
      let before = new Map<string, { readonly section: string; readonly slot: number }>();
      for (const { nodes, how: sources } of history) {
        take(
          Object.entries(nodes).map(([id, more]) => nodeOf(id, more)),
          0,
          sources,
        );
        const after = new Map(
          [...registry.records.values()].flatMap(({ node, place }) => (place === null ? [] : [[node.id, place]])),
        );
        const stayed = [...after].filter(([id, { section }]) => before.get(id)?.section === section);
        expect(stayed).toEqual(stayed.map(([id]) => [id, before.get(id)]));
        before = after;
      }
    }),
  );
});
