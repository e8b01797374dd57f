import { compareTemplates } from '../../../../../domain/replica-sets.ts';
import type { Grouping, LinkHolder } from '../../../../routing/map-query.ts';
import type { CardMetrics } from './card-metrics.ts';
import type { Shelf } from './shelves.ts';
import type { PackedSlot } from './stable-packing.ts';
import type { Box, Size } from './viewport.ts';

/**
 * Where a section's cells stand: slot `s` at column `s % cols` and row `s / cols`. All lengths are in cells; those of a block
 * are whole, and so are positions where cells are small.
 */
export interface Block {
  readonly section: string;
  readonly x: number;
  readonly y: number;
  readonly cols: number;
  readonly rows: number;
}

/** A job cluster's box within its card; only when grouped by virtual cluster. `head`: the height of its name. */
export interface JobBox extends Box {
  readonly jobClusterId: string;
  readonly head: number;
}

export type GroupName =
  | { readonly kind: 'pool' }
  | { readonly kind: 'cluster'; readonly id: string }
  | { readonly kind: 'template'; readonly id: string | null };

/**
 * By virtual cluster: a card with its title in its head. By template: a horizontal part of the map, as wide as the map, with
 * its name in the margin.
 */
export interface Group extends Box {
  readonly name: GroupName;
  readonly head: number;
  readonly blocks: readonly Block[];
  readonly jobs: readonly JobBox[];
}

export interface Layout {
  readonly grouping: Grouping;
  readonly width: number;
  readonly height: number;
  /** Whether it was made higher than the plot: its initial view is its top, as wide as the plot. */
  readonly isTall: boolean;
  /** The free pool first; by template from top to bottom. */
  readonly groups: readonly Group[];
  readonly blocks: ReadonlyMap<string, Block>;
  readonly memory: LayoutMemory;
}

/** What the next layout reuses, so that nothing jumps. */
export interface LayoutMemory {
  /** The plot (CSS pixels) and the number of slots that the layout was computed for. */
  readonly plot: Size;
  readonly slots: number;
  /** By virtual cluster. `cards`: with those of holders that have gone. */
  readonly cards: { readonly metrics: CardMetrics; readonly cards: ReadonlyMap<string, CardMemory> } | null;
  /** By template. */
  readonly strips: StripMemory | null;
}

/** What the next flow of a line reuses, so that its nodes stay where they are. */
export interface LineMemory {
  readonly shelves: readonly Shelf[];
}

export interface CardMemory {
  readonly box: Box;
  readonly lines: ReadonlyMap<string, LineMemory>;
}

export interface StripMemory {
  readonly groups: readonly PackedSlot[];
  readonly inner: ReadonlyMap<string, readonly PackedSlot[]>;
  /** The rows of a strip of blocks, and the map's width. */
  readonly strip: { readonly rows: number; readonly width: number };
}

/** Whose card a group is; null for a template. */
export function holderOf({ name }: Group): LinkHolder | null {
  switch (name.kind) {
    case 'pool':
      return { clusterId: null };
    case 'cluster':
      return { clusterId: name.id };
    case 'template':
      return null;
  }
}

/** The slots to reserve for a section: larger ones get some to spare, so that they can grow without moving the others. */
export function capacityOf(slots: number): number {
  return slots + (slots < 16 ? 0 : Math.ceil(slots / 8));
}

/** Whether every section has the same position in both. */
export function samePlaces(a: Layout, b: Layout): boolean {
  if (a.blocks.size !== b.blocks.size || a.width !== b.width || a.height !== b.height) return false;
  for (const [key, block] of a.blocks) {
    const other = b.blocks.get(key);
    if (
      other === undefined ||
      other.x !== block.x ||
      other.y !== block.y ||
      other.cols !== block.cols ||
      other.rows !== block.rows
    )
      return false;
  }
  return true;
}

/** A plot's width over its height. */
export function aspectOf({ width, height }: Size): number {
  return width <= 0 || height <= 0 ? 1 : width / height;
}

/** Sorts nodes without a known template last. */
export function compareTemplateOrNull(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareTemplates(a, b);
}
