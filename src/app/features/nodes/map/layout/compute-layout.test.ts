import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxOf, cellAt, groupAt, visiblePartOf } from './cell-lookup.ts';
import { computeLayout } from './compute-layout.ts';
import { fitWidth, fitZoom, type Box, type Size } from './viewport.ts';
import type { Grouping } from '../../../../routing/map-query.ts';
import { emptyShareOf } from './layout-by-cluster.ts';
import { samePlaces, type Layout } from './layout.ts';
import { applyMap, emptyMap, type MapModel } from './map-model.ts';
import { randomMap } from '../testing/random-map.ts';

function mapOf(options: Parameters<typeof randomMap>[0]): MapModel {
  const model = emptyMap();
  applyMap(model, randomMap(options));
  return model;
}

function setSlots(model: MapModel, key: string, slots: number): void {
  const section = model.sections.get(key) ?? {
    key,
    clusterId: key.split('|')[0] || null,
    jobClusterId: null,
    templateId: key.split('|')[2] ?? null,
  };
  applyMap(model, {
    version: 'e-2',
    whole: false,
    removed: [],
    sections: [{ ...section, loads: undefined, cells: 'i'.repeat(slots), slots, changed: [] }],
  });
}

const groupings: readonly Grouping[] = ['cluster', 'template'];
const anyMap = fc.record({
  seed: fc.integer({ min: 1, max: 1_000 }),
  nodes: fc.integer({ min: 1, max: 3_000 }),
  clusters: fc.integer({ min: 0, max: 40 }),
});

/** Each block with its place. */
function places(layout: Layout): Record<string, string> {
  return Object.fromEntries(
    [...layout.blocks].map(([key, { x, y, cols }]) => [key, `${String(x)},${String(y)} × ${String(cols)}`]),
  );
}

/** A plot of a usual area with this width over height. */
function plotOf(aspect: number): Size {
  return { width: Math.sqrt(940_000 * aspect), height: Math.sqrt(940_000 / aspect) };
}

describe.each(groupings)('grouped by %s', (grouping) => {
  test('every slot has its own cell within the map, and the cell finds the slot', () => {
    fc.assert(
      fc.property(anyMap, fc.constantFrom(0.5, 1, 2), (options, aspect) => {
        const { sections } = mapOf(options);
        const layout = computeLayout(sections.values(), grouping, plotOf(aspect), null);
        const taken = new Set<string>();
        for (const { key: section, slots } of sections.values()) {
          for (let slot = 0; slot < slots; slot++) {
            const box = boxOf(layout, { section, slot });
            if (box === null) throw new Error(`${section} has no place`);
            expect(box.x >= 0 && box.y >= 0 && box.x < layout.width && box.y < layout.height).toBe(true);
            taken.add(`${String(box.x)},${String(box.y)}`);
            expect(cellAt(layout, box.x + 0.5, box.y + 0.99)).toEqual({ section, slot });
          }
        }
        expect(taken.size).toBe([...sections.values()].reduce((sum, { slots }) => sum + slots, 0));
      }),
      { numRuns: 15 },
    );
  });

  test('a section that grows within its spare room moves nothing', () => {
    const model = mapOf({ seed: 3, nodes: 2_000, clusters: 12 });
    const before = computeLayout(model.sections.values(), grouping, plotOf(1.5), null);
    const [key, section] = [...model.sections].find(([, { slots }]) => slots > 20) ?? [];
    if (key === undefined || section === undefined) throw new Error('no section');
    setSlots(model, key, section.slots + 2);
    const grown = computeLayout(model.sections.values(), grouping, plotOf(1.5), before);
    expect(places(grown)).toEqual(places(before));
    expect(samePlaces(before, grown)).toBe(true);
    setSlots(model, key, section.slots * 2);
    expect(samePlaces(before, computeLayout(model.sections.values(), grouping, plotOf(1.5), before))).toBe(false);
  });

  test('a virtual cluster that goes moves no other, and a new one takes its place', () => {
    const model = mapOf({ seed: 3, nodes: 2_000, clusters: 12 });
    const before = computeLayout(model.sections.values(), grouping, plotOf(1.5), null);
    const gone = [...model.sections.keys()].filter((key) => key.startsWith('team-004|'));
    applyMap(model, { version: 'e-3', whole: false, sections: [], removed: gone });
    const shrunk = computeLayout(model.sections.values(), grouping, plotOf(1.5), before);
    const others = Object.fromEntries(Object.entries(places(before)).filter(([key]) => !gone.includes(key)));
    expect(places(shrunk)).toEqual(others);
    setSlots(model, 'a-new-one||4c8g', 9);
    const grown = computeLayout(model.sections.values(), grouping, plotOf(1.5), shrunk);
    expect(places(grown)).toMatchObject(others);
  });

  test('the aspect is close to the requested one', () => {
    const { sections } = mapOf({ seed: 5, nodes: 20_000, clusters: 50 });
    for (const aspect of [0.5, 1, 2]) {
      const { width, height } = computeLayout(sections.values(), grouping, plotOf(aspect), null);
      expect(width / height / aspect).toBeGreaterThan(0.7);
      expect(width / height / aspect).toBeLessThan(1.4);
    }
  });

  test('the layout does not depend on the order of the sections', () => {
    const { sections } = mapOf({ seed: 7, nodes: 900, clusters: 9 });
    const there = computeLayout(sections.values(), grouping, plotOf(1), null);
    expect(places(computeLayout([...sections.values()].toReversed(), grouping, plotOf(1), null))).toEqual(
      places(there),
    );
  });
});

test('the free pool stands first, and a job cluster within its virtual cluster', () => {
  const { sections } = mapOf({ seed: 3, nodes: 2_000, clusters: 12 });
  const layout = computeLayout(sections.values(), 'cluster', plotOf(1.5), null);
  expect(layout.groups[0]?.name).toEqual({ kind: 'pool' });
  const withJob = layout.groups.find(({ jobs }) => jobs.length > 0);
  expect(withJob?.name).toEqual({ kind: 'cluster', id: withJob?.jobs[0]?.jobClusterId.split('##')[0] });
});

test.each(groupings)('grouped by %s, the free pool stands first whenever it becomes known', (grouping) => {
  const model = mapOf({ seed: 3, nodes: 2_000, clusters: 12 });
  const pool = [...model.sections.values()].filter(({ clusterId }) => clusterId === null);
  const partsOf = (layout: Layout) =>
    grouping === 'cluster' ? [layout.blocks.values()] : layout.groups.map(({ blocks }) => blocks.values());
  const isFirst = (layout: Layout) =>
    partsOf(layout).every((blocks) => {
      const topFirst = [...blocks].sort((a, b) => a.y - b.y || a.x - b.x);
      return topFirst[0]?.section.startsWith('|') === true;
    });
  applyMap(model, { version: 'e-2', whole: false, sections: [], removed: pool.map(({ key }) => key) });
  const without = computeLayout(model.sections.values(), grouping, plotOf(1.5), null);
  expect(isFirst(without)).toBe(false);
  for (const { key } of pool) setSlots(model, key, 20);
  const first = computeLayout(model.sections.values(), grouping, plotOf(1.5), without);
  expect(isFirst(first)).toBe(true);
  // It empties, another one takes nodes, and it comes back larger than before.
  applyMap(model, { version: 'e-3', whole: false, sections: [], removed: pool.map(({ key }) => key) });
  const emptied = computeLayout(model.sections.values(), grouping, plotOf(1.5), first);
  setSlots(model, 'a-new-one||4c8g', 3);
  const taken = computeLayout(model.sections.values(), grouping, plotOf(1.5), emptied);
  for (const { key } of pool) setSlots(model, key, 45);
  expect(isFirst(computeLayout(model.sections.values(), grouping, plotOf(1.5), taken))).toBe(true);
});

test('gaps of many vanished cards are closed', () => {
  const model = mapOf({ seed: 3, nodes: 3_000, clusters: 20 });
  const before = computeLayout(model.sections.values(), 'cluster', plotOf(1.5), null);
  const gone = [...model.sections.keys()].filter((key) => /^team-01\d/.test(key));
  applyMap(model, { version: 'e-2', whole: false, sections: [], removed: gone });
  const after = computeLayout(model.sections.values(), 'cluster', plotOf(1.5), before);
  expect(emptyShareOf(before)).toBeCloseTo(0, 5);
  expect(emptyShareOf(after)).toBeCloseTo(0, 5);
  expect(places(after)).not.toMatchObject(places(before));
});

test('cards do not overlap, hold their nodes and job boxes below their heads, and leave none of the plot empty', () => {
  fc.assert(
    fc.property(anyMap, fc.constantFrom(0.5, 1, 2), (options, aspect) => {
      const { sections } = mapOf(options);
      const layout = computeLayout(sections.values(), 'cluster', plotOf(aspect), null);
      const inside = (inner: Box, outer: Box) =>
        inner.x >= outer.x &&
        inner.y >= outer.y &&
        inner.x + inner.width <= outer.x + outer.width &&
        inner.y + inner.height <= outer.y + outer.height;
      fc.pre(sections.size > 0);
      const areas = layout.groups.reduce((sum, { width, height }) => sum + width * height, 0);
      expect(areas / (layout.width * layout.height)).toBeCloseTo(1, 5);
      for (const group of layout.groups) {
        const body = { ...group, y: group.y + group.head, height: group.height - group.head };
        expect(inside(group, { x: 0, y: 0, width: layout.width, height: layout.height })).toBe(true);
        for (const { x, y, cols, rows } of group.blocks)
          expect(inside({ x, y, width: cols, height: rows }, body)).toBe(true);
        for (const job of group.jobs) expect(inside(job, body)).toBe(true);
        expect(groupAt(layout, group.x + group.width / 2, group.y + group.height / 2)).toBe(group);
      }
    }),
    { numRuns: 15 },
  );
});

test('the visible part of a block is exactly what the window touches', () => {
  const block = { section: 's', x: 10, y: 5, cols: 8, rows: 4 };
  expect(visiblePartOf(block, { x: 12.5, y: 0, width: 2, height: 6.2 })).toEqual({
    fromCol: 2,
    toCol: 5,
    fromRow: 0,
    toRow: 2,
  });
  expect(visiblePartOf(block, { x: 18, y: 0, width: 5, height: 60 })).toBeNull();
});

test('a small change of aspect keeps the layout, a large one replaces it', () => {
  const { sections } = mapOf({ seed: 3, nodes: 2_000, clusters: 12 });
  for (const grouping of groupings) {
    const before = computeLayout(sections.values(), grouping, { width: 1440, height: 820 }, null);
    expect(places(computeLayout(sections.values(), grouping, { width: 1250, height: 820 }, before))).toEqual(
      places(before),
    );
    expect(places(computeLayout(sections.values(), grouping, { width: 360, height: 600 }, before))).not.toEqual(
      places(before),
    );
  }
});

test.each([
  { nodes: 61, clusters: 6, side: 36 },
  { nodes: 1_000, clusters: 30, side: 16 },
  { nodes: 10_000, clusters: 100, side: 4 },
  { nodes: 100_000, clusters: 100, side: 1.25 },
])(
  '$nodes nodes in $clusters virtual clusters are seen whole, in cells of $side pixels or more',
  ({ nodes, clusters, side }) => {
    const { sections } = mapOf({ seed: 11, nodes, clusters });
    const layout = computeLayout(sections.values(), 'cluster', { width: 1_270, height: 740 }, null);
    expect(fitZoom(layout, { width: 1_270, height: 740 }, 1)).toBeGreaterThanOrEqual(side);
  },
);

test('on a phone a map of 200 virtual clusters is as wide as the screen, and higher, so that each has room for its name', () => {
  const { sections } = mapOf({ seed: 11, nodes: 10_000, clusters: 200 });
  const plot = { width: 344, height: 450 };
  const layout = computeLayout(sections.values(), 'cluster', plot, null);
  const { zoom } = fitWidth(layout, plot, 1);
  expect(layout.isTall).toBe(true);
  expect(layout.width * zoom).toBeGreaterThan(plot.width * 0.9);
  expect(zoom).toBeGreaterThanOrEqual(2);
  const sizes = layout.groups.map(({ width, height }) => ({ width: width * zoom, height: height * zoom }));
  expect(Math.min(...sizes.map(({ width }) => width))).toBeGreaterThan(36);
  expect(sizes.filter(({ width, height }) => width < 48 || height < 40).length).toBeLessThan(10);
  // As many on a large screen, and few on a phone, are seen at once.
  const shown = (size: Size, few: ReturnType<typeof mapOf>) =>
    computeLayout(few.sections.values(), 'cluster', size, null).isTall;
  expect(shown({ width: 1_150, height: 760 }, mapOf({ seed: 11, nodes: 10_000, clusters: 200 }))).toBe(false);
  expect(shown(plot, mapOf({ seed: 11, nodes: 60, clusters: 6 }))).toBe(false);
});

test.each([
  { nodes: 1_000, clusters: 30 },
  { nodes: 10_000, clusters: 150 },
])('a large free pool fills its card beside $clusters virtual clusters', ({ nodes, clusters }) => {
  const model = mapOf({ seed: 11, nodes, clusters });
  for (const [key, { clusterId }] of model.sections) if (clusterId === null) setSlots(model, key, nodes / 8);
  for (const plot of [
    { width: 740, height: 620 },
    { width: 990, height: 720 },
    { width: 1_150, height: 760 },
    { width: 2_270, height: 1_300 },
  ]) {
    const [pool] = computeLayout(model.sections.values(), 'cluster', plot, null).groups;
    if (pool === undefined) throw new Error('no pool');
    const bottom = Math.max(...pool.blocks.map(({ y, rows }) => y + rows));
    expect((bottom - pool.y) / pool.height).toBeGreaterThan(0.85);
  }
});
