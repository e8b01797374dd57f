import { expect, test } from 'vitest';
import { moveCard } from './card-cursor.ts';
import { computeLayout } from '../layout/compute-layout.ts';
import type { Group, Layout } from '../layout/layout.ts';
import { applyMap, emptyMap } from '../layout/map-model.ts';
import { randomMap } from '../testing/random-map.ts';

function card(id: string, x: number, y: number, width: number, height: number): Group {
  return { name: { kind: 'cluster', id }, x, y, width, height, head: 1, blocks: [], jobs: [] };
}

const [pool, right, below, corner] = [
  card('p', 0, 0, 4, 4),
  card('r', 4, 0, 4, 2),
  card('b', 0, 4, 4, 4),
  card('c', 4, 2, 4, 6),
];
const layout: Layout = {
  grouping: 'cluster',
  width: 8,
  height: 8,
  isTall: false,
  groups: [pool, right, below, corner],
  blocks: new Map(),
  memory: { plot: { width: 80, height: 80 }, slots: 1, cards: null, strips: null },
};

test('an arrow goes to the nearest card on that side, and stays where there is none', () => {
  expect(moveCard(layout, null, 'ArrowDown')).toBe(pool);
  expect(moveCard(layout, pool, 'ArrowRight')).toBe(right);
  expect(moveCard(layout, right, 'ArrowDown')).toBe(corner);
  expect(moveCard(layout, corner, 'ArrowLeft')).toBe(below);
  expect(moveCard(layout, below, 'ArrowUp')).toBe(pool);
  expect(moveCard(layout, pool, 'ArrowLeft')).toBe(pool);
  expect(moveCard(layout, pool, 'End')).toBe(corner);
  expect(moveCard(layout, corner, 'Home')).toBe(pool);
  expect(moveCard(layout, pool, 'x')).toBeNull();
});

test('every card is reached by arrows', () => {
  const model = emptyMap();
  applyMap(model, randomMap({ seed: 9, nodes: 4_000, clusters: 60 }));
  const whole = computeLayout(model.sections.values(), 'cluster', { width: 1_270, height: 740 }, null);
  const reached = new Set<Group>();
  const toVisit: Group[] = whole.groups.slice(0, 1);
  for (let from = toVisit.pop(); from !== undefined; from = toVisit.pop()) {
    if (reached.has(from)) continue;
    reached.add(from);
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      const to = moveCard(whole, from, key);
      if (to !== null) toVisit.push(to);
    }
  }
  expect(reached.size).toBe(whole.groups.length);
});
