import { describe, expect, test } from 'vitest';
import type { MapSection } from '../../../../../contract/map.ts';
import { moveCursor } from './keyboard-cursor.ts';
import type { Cell } from '../layout/cell-lookup.ts';
import type { Layout } from '../layout/layout.ts';
import { applyMap, emptyMap } from '../layout/map-model.ts';

function section(clusterId: string | null, templateId: string, cells: string): MapSection {
  return {
    key: `${clusterId ?? 'pool'} ${templateId}`,
    clusterId,
    jobClusterId: null,
    templateId,
    cells,
    slots: cells.length,
    changed: [],
  };
}

const model = emptyMap();
applyMap(model, {
  version: 'e-1',
  whole: true,
  removed: [],
  sections: [
    section(null, '4c8g', 'ii.ib'),
    section(null, '8c16g', 'bb'),
    section('a', '4c8g', '.bb'),
    section('a', '8c16g', '..'),
  ],
});
/** Two cards below each other, each with two blocks side by side; the second one does not begin at a whole cell. */
const blocks = new Map(
  [
    { section: 'pool 4c8g', x: 0.5, y: 1, cols: 6, rows: 1 },
    { section: 'pool 8c16g', x: 7, y: 1, cols: 6, rows: 1 },
    { section: 'a 4c8g', x: 0.5, y: 3.5, cols: 6, rows: 1 },
    { section: 'a 8c16g', x: 7, y: 3.5, cols: 6, rows: 1 },
  ].map((block) => [block.section, block] as const),
);
const layout: Layout = {
  grouping: 'cluster',
  width: 14,
  height: 5,
  isTall: false,
  groups: [null, 'a'].map((id, index) => ({
    name: id === null ? { kind: 'pool' } : { kind: 'cluster', id },
    x: 0,
    y: index * 2.5,
    width: 14,
    height: 2.5,
    head: 1,
    blocks: [...blocks.values()].slice(2 * index, 2 * index + 2),
    jobs: [],
  })),
  blocks,
  memory: { plot: { width: 140, height: 50 }, slots: 24, cards: null, strips: null },
};

function after(cell: Cell | null, ...keys: readonly string[]): string {
  let at = cell;
  for (const key of keys) at = moveCursor(layout, model.sections, at, key);
  return at === null ? 'nowhere' : `${at.section} ${String(at.slot)}`;
}

const first = { section: 'pool 4c8g', slot: 0 };

describe('the cursor', () => {
  test('starts at the first node', () => {
    expect(after(null, 'ArrowDown')).toBe('pool 4c8g 0');
  });
  test('skips a slot without a node', () => {
    expect(after({ section: 'pool 4c8g', slot: 1 }, 'ArrowRight')).toBe('pool 4c8g 3');
    expect(after({ section: 'pool 4c8g', slot: 3 }, 'ArrowLeft')).toBe('pool 4c8g 1');
  });
  test('continues in the next section, and stays where there is none', () => {
    expect(after({ section: 'pool 4c8g', slot: 4 }, 'ArrowRight')).toBe('pool 8c16g 0');
    expect(after({ section: 'pool 8c16g', slot: 1 }, 'ArrowRight')).toBe('pool 8c16g 1');
    expect(after(first, 'ArrowUp')).toBe('pool 4c8g 0');
  });
  test('goes down to the nearest node, never to an empty slot', () => {
    expect(after(first, 'ArrowDown')).toBe('a 4c8g 1');
    expect(after({ section: 'pool 8c16g', slot: 0 }, 'ArrowDown')).toBe('a 4c8g 2');
  });
  test('goes to the ends of a section, and from section to section', () => {
    expect(after(first, 'End')).toBe('pool 4c8g 4');
    expect(after(first, 'End', 'Home')).toBe('pool 4c8g 0');
    expect(after(first, 'PageDown', 'PageDown')).toBe('a 4c8g 1');
    expect(after(first, 'PageDown', 'PageDown', 'PageDown')).toBe('a 4c8g 1');
    expect(after(first, 'PageDown', 'PageUp')).toBe('pool 4c8g 0');
  });
  test('is not moved by any other key', () => {
    expect(moveCursor(layout, model.sections, first, 'x')).toBeNull();
  });
});
