import { describe, expect, test } from 'vitest';
import { groupBy } from '../../../../../domain/group-by.ts';
import { computeLayout } from './compute-layout.ts';
import type { Group } from './layout.ts';
import { applyMap, emptyMap, type MapModel } from './map-model.ts';
import type { Size } from './viewport.ts';

/** Holders of a few nodes each, as in the demonstration: the nodes by template, own ones and those of job clusters. */
const fleet: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '': { '4c8g': 10, '8c16g': 7, '16c64g': 4, head: 1 },
  ci: { '4c8g': 3 },
  'etl-nightly': { '4c8g': 6, '8c16g': 2 },
  'feature-store': { '16c64g': 4 },
  notebooks: { '4c8g': 5, '8c16g': 2 },
  serving: { '8c16g': 3, gpu_a10: 3 },
  'serving##gateway': { '8c16g': 2, gpu_a10: 1 },
  'train-llm': { '16c64g': 1, gpu_a10: 1 },
  'train-llm##train': { '16c64g': 2, gpu_a10: 2 },
  'train-llm##evaluate': { gpu_a10: 1 },
  'train-llm##tune': { '16c64g': 1 },
};

function fewClusters(): MapModel {
  const model = emptyMap();
  applyMap(model, {
    version: 'e-1',
    whole: true,
    removed: [],
    sections: Object.entries(fleet).flatMap(([holder, sets]) =>
      Object.entries(sets).map(([templateId, slots]) => ({
        key: `${holder}/${templateId}`,
        clusterId: holder.split('##')[0] || null,
        jobClusterId: holder.includes('##') ? holder : null,
        templateId,
        cells: 'i'.repeat(slots),
        slots,
        changed: [],
      })),
    ),
  });
  return model;
}

/** The share of a card's height below its last node or job box. */
function emptyBelow({ y, height, blocks, jobs }: Group): number {
  const bottom = Math.max(...blocks.map((each) => each.y + each.rows), ...jobs.map((each) => each.y + each.height));
  return (y + height - bottom) / height;
}

/** The share of a card's room below its head that its nodes fill. */
function filledOf({ width, height, head, blocks }: Group, { sections }: MapModel): number {
  return blocks.reduce((sum, { section }) => sum + (sections.get(section)?.slots ?? 0), 0) / (width * (height - head));
}

describe.each<Size & { readonly side: number; readonly filled: number }>([
  { width: 344, height: 450, side: 20, filled: 0.4 },
  { width: 736, height: 620, side: 53, filled: 0.6 },
  { width: 952, height: 763, side: 72, filled: 0.66 },
  { width: 1_000, height: 600, side: 65, filled: 0.69 },
  { width: 1_142, height: 748, side: 80, filled: 0.68 },
  { width: 1_632, height: 944, side: 110, filled: 0.71 },
  { width: 1_920, height: 1_024, side: 132, filled: 0.77 },
  { width: 2_270, height: 1_300, side: 163, filled: 0.74 },
])('a few virtual clusters on a map of $width × $height', ({ side, filled, ...plot }) => {
  const model = fewClusters();
  const layout = computeLayout(model.sections.values(), 'cluster', plot, null);

  test('the free pool fills its card, and no other card is mostly empty', () => {
    const [pool, ...others] = layout.groups;
    if (pool === undefined) throw new Error('no pool');
    expect(pool.name).toEqual({ kind: 'pool' });
    expect(emptyBelow(pool)).toBeLessThan(0.12);
    expect(filledOf(pool, model)).toBeGreaterThan(filled);
    for (const group of others) expect(emptyBelow(group)).toBeLessThan(0.5);
  });

  test('cells are large, and no card is too narrow for its name', () => {
    const { side: now } = layout.memory.cards?.metrics ?? { side: 0 };
    expect(now).toBeGreaterThanOrEqual(side);
    const usual = Math.sqrt((plot.width * plot.height) / layout.groups.length);
    for (const { width } of layout.groups) expect(width * now).toBeGreaterThan(usual * 0.45);
  });

  test('the cards stand in columns that fill the map', () => {
    const columns = groupBy(layout.groups, ({ x }) => x);
    for (const column of columns.values()) {
      expect(new Set(column.map(({ width }) => width)).size).toBe(1);
      expect(column.reduce((sum, { height }) => sum + height, 0)).toBeCloseTo(layout.height, 5);
    }
    expect([...columns.values()].reduce((sum, [first]) => sum + (first?.width ?? 0), 0)).toBeCloseTo(layout.width, 5);
  });
});
