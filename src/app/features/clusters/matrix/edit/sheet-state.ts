import type { CountProblem } from '../../../../drafts/parse-count.ts';
import type { GridCell } from '../grid-keys.ts';
import { findPlace, rangeOf, type SheetLayout, type SheetPlace, type SheetRange } from './sheet-range.ts';
import type { Clusters, Staged } from './staged-cells.ts';

/** What the sheet stands on; it changes while somebody edits. */
export interface SheetContext extends SheetLayout {
  readonly clusters: Clusters;
  /** Why nothing can be typed here at all; null: it can. */
  readonly locked: string | null;
  /** Why this virtual cluster may not be changed; null: it may. */
  readonly denialOf: (clusterId: string) => string | null;
}

/** What an action did, for those who can't see it. */
export type SheetNote =
  | { readonly kind: 'staged'; readonly clusterId: string; readonly templateId: string; readonly count: number }
  | { readonly kind: 'changed'; readonly cells: number; readonly skipped: number }
  | { readonly kind: 'taken-back'; readonly cells: number }
  | { readonly kind: 'copied'; readonly cells: number }
  | { readonly kind: 'undone' | 'redone' | 'nothing-to-undo' | 'no-count-here' | 'other-names' | 'too-large-paste' }
  | { readonly kind: 'no-count'; readonly problem: CountProblem }
  | { readonly kind: 'denied'; readonly reason: string };

export interface SheetState {
  readonly active: SheetPlace;
  /** The other end of the selection. */
  readonly anchor: SheetPlace;
  readonly editing: {
    readonly clusterId: string;
    readonly templateId: string;
    readonly typed: string;
    /** Whether the first key replaces all of it. */
    readonly isSelected: boolean;
  } | null;
  /** While its corner is dragged: the selection that it was begun with. */
  readonly filling: Pick<SheetState, 'active' | 'anchor'> | null;
  readonly staged: Staged;
  readonly past: readonly Staged[];
  readonly future: readonly Staged[];
  /** A new object for each action that says something. */
  readonly note: SheetNote | null;
}

export type SheetAction =
  | { readonly kind: 'move'; readonly to: GridCell; readonly extend: boolean }
  | { readonly kind: 'select-all' | 'collapse' | 'cancel' | 'take-back' | 'undo' | 'redo' | 'discard' }
  | { readonly kind: 'fill-down' | 'fill-right' | 'fill-begin' | 'fill-end' | 'fill-cancel' }
  /** The corner of the selection is dragged there. */
  | { readonly kind: 'fill-to'; readonly to: GridCell }
  /** `typed` null: what stands there. */
  | { readonly kind: 'edit'; readonly typed: string | null }
  | { readonly kind: 'type'; readonly typed: string }
  | { readonly kind: 'commit'; readonly down: number; readonly right: number }
  | { readonly kind: 'paste'; readonly text: string }
  /** What moved meanwhile: what was typed holds on top of it, or what is there does. */
  | { readonly kind: 'keep-mine' | 'take-theirs' }
  /** All of it stands in a plan now. */
  | { readonly kind: 'planned' }
  | { readonly kind: 'say'; readonly note: SheetNote };

/** The selection as it stands now. */
export function selectionOf(state: SheetState, layout: SheetLayout): SheetRange {
  return rangeOf(findPlace(layout, state.anchor), findPlace(layout, state.active));
}
