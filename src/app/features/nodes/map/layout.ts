import { compareTemplates } from '../../../../domain/replica-sets.ts';
import type { Grouping } from '../../../routing/map-query.ts';
import type { PackedSlot } from './stable-packing.ts';

/** Where a section's cells stand: slot `s` at column `s % cols` and row `s / cols`. All lengths are in cells, and whole. */
export interface Block {
  readonly section: string;
  readonly x: number;
  readonly y: number;
  readonly cols: number;
  readonly rows: number;
}

/** The rows of a group that a job cluster takes; only when grouped by virtual cluster. */
export interface JobLine {
  readonly jobClusterId: string;
  readonly y: number;
  readonly rows: number;
}

export type GroupName =
  | { readonly kind: 'pool' }
  | { readonly kind: 'cluster'; readonly id: string }
  | { readonly kind: 'template'; readonly id: string | null };

/** A horizontal part of the map, as wide as the map, with its name in the margin. */
export interface Group {
  readonly name: GroupName;
  readonly y: number;
  readonly height: number;
  readonly blocks: readonly Block[];
  readonly jobs: readonly JobLine[];
}

/** A template's columns; only when grouped by virtual cluster. */
export interface Band {
  readonly templateId: string | null;
  readonly x: number;
  readonly cols: number;
}

export interface Layout {
  readonly grouping: Grouping;
  readonly width: number;
  readonly height: number;
  /** From top to bottom. */
  readonly groups: readonly Group[];
  readonly bands: readonly Band[];
  readonly blocks: ReadonlyMap<string, Block>;
  readonly memory: LayoutMemory;
}

/** What the next layout reuses, so that nothing jumps. */
export interface LayoutMemory {
  /** The targeted width over height, and the number of slots that the layout was computed for. */
  readonly aspect: number;
  readonly slots: number;
  readonly groups: readonly PackedSlot[];
  /** By group: its lines (by virtual cluster) or its blocks (by template). */
  readonly inner: ReadonlyMap<string, readonly PackedSlot[]>;
  readonly bands: readonly Band[];
  /** Empty rows between two groups. */
  readonly gap: number;
  /** Grouped by template: the rows of a strip of blocks, and the map's width. */
  readonly strip: { readonly rows: number; readonly width: number };
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

/** Sorts nodes without a known template last. */
export function compareTemplateOrNull(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compareTemplates(a, b);
}
