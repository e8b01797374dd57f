import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRepeatedMap } from './repeated-map.ts';

interface Node {
  readonly state: string;
}

const sameNode = (one: Node, other: Node) => one.state === other.state;

const entries = fc.array(
  fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), fc.record({ state: fc.constantFrom('x', 'y') })),
  {
    maxLength: 12,
  },
);

function collect(before: ReadonlyMap<string, Node>, all: readonly (readonly [string, Node])[]) {
  const map = createRepeatedMap(before, sameNode);
  for (const [key, node] of all) map.set(key, node);
  return map.build();
}

test('is the map that the entries make, in their order, and keeps each value that says the same', () => {
  fc.assert(
    fc.property(entries, entries, fc.nat(12), (earlier, later, common) => {
      const before: ReadonlyMap<string, Node> = new Map(earlier);
      const all = [...[...before].slice(0, common), ...later];
      const made = collect(before, all);
      expect([...made]).toEqual([...new Map(all)]);
      for (const [key, node] of made) {
        const known = before.get(key);
        if (known !== undefined && sameNode(known, node)) expect(node).toBe(known);
      }
    }),
  );
});

test('is the map before itself when that says the same, as with new objects', () => {
  const before = new Map(['a', 'b', 'c'].map((key) => [key, { state: 'x' }] as const));
  const again = [...before].map(([key, node]) => [key, { ...node }] as const);
  expect(collect(before, again)).toBe(before);
  expect(collect(before, again.slice(0, 2))).not.toBe(before);
  expect(collect(before, again.toReversed())).not.toBe(before);
  expect(collect(before, [...again, ['d', { state: 'x' }]])).not.toBe(before);
});

test('tells what was added to it', () => {
  const before = new Map([['a', { state: 'x' }]]);
  const map = createRepeatedMap<Node>(before);
  const added = { state: 'y' };
  map.set('b', added);
  expect([map.added('b'), map.added('c')]).toEqual([added, undefined]);
});
