import { useCallback, useEffect, useMemo, useReducer } from 'react';
import type { FreePool } from '../../../../../domain/fleet.ts';
import { freeNodesOf } from '../../../../../domain/plan/free-ledger.ts';
import { useDrafts } from '../../../../drafts/drafts-context.tsx';
import { openSheet, reduceSheet } from './sheet.ts';
import type { SheetAction, SheetContext, SheetState } from './sheet-state.ts';
import {
  changesOf,
  leftOf,
  NOTHING_STAGED,
  shortagesOf,
  takenBy,
  type Clusters,
  type StagedChange,
} from './staged-cells.ts';
import { readStaged, writeStaged } from './staged-storage.ts';

/** What the staged cells come to, over all virtual clusters, shown or not. */
export interface SheetEffect {
  readonly changes: readonly StagedChange[];
  /** The changes of one virtual cluster, by template. */
  readonly byCluster: ReadonlyMap<string, ReadonlyMap<string, StagedChange>>;
  /** Nodes taken from the free pool, by template; negative: given back. */
  readonly taken: ReadonlyMap<string, number>;
  /** What is left of the free pool then, by template that is touched; null: unknown. */
  readonly left: ReadonlyMap<string, number | null>;
  readonly short: ReadonlyMap<string, number>;
}

/** The sheet's state; what is staged outlives the screen and a reload. */
export function useSheet(context: SheetContext) {
  const drafts = useDrafts();
  const [state, dispatch] = useReducer(
    (held: SheetState, action: SheetAction) => reduceSheet(held, action, context),
    null,
    () => openSheet(readStaged(drafts), context),
  );
  const { staged } = state;
  useEffect(() => writeStaged(drafts, staged), [drafts, staged]);
  /** At once: the screen goes to the plan before an effect would run. */
  const onPlanned = useCallback(() => {
    writeStaged(drafts, NOTHING_STAGED);
    dispatch({ kind: 'planned' });
  }, [drafts]);
  return { state, dispatch, onPlanned };
}

/** Cells of rows that did not change keep their identity as far as their virtual cluster does. */
export function useSheetEffect({ staged }: SheetState, clusters: Clusters, pool: FreePool): SheetEffect {
  return useMemo(() => {
    const changes = changesOf(staged, clusters);
    const byCluster = new Map<string, Map<string, StagedChange>>();
    for (const change of changes) {
      const cells = byCluster.get(change.clusterId) ?? new Map<string, StagedChange>();
      byCluster.set(change.clusterId, cells.set(change.templateId, change));
    }
    const taken = takenBy(changes);
    const left = leftOf(taken, freeNodesOf({ clusters, pool }));
    return { changes, byCluster, taken, left, short: shortagesOf(taken, left) };
  }, [staged, clusters, pool]);
}
