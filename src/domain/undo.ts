import type { ChangeRequest } from './change.ts';
import { sameReplicaSets, type ReplicaSets } from './replica-sets.ts';
import { isSettled, type ClusterSnapshot, type Result } from './result.ts';

/** All that a creation sends to Ray, except the id. */
export interface ClusterSpec {
  readonly divisible: boolean;
  readonly replicaSets: ReplicaSets;
}

/** What takes a change back, as the journal remembers it. `had`: the virtual cluster before the change. */
export type Undo =
  /** Of a save. */
  | { readonly kind: 'restore'; readonly clusterId: string; readonly had: ClusterSpec }
  /** Of a deletion. */
  | { readonly kind: 'create-again'; readonly clusterId: string; readonly had: ClusterSpec }
  /** Of a creation. */
  | { readonly kind: 'delete'; readonly clusterId: string };

/** Why a change can't be taken back. */
export type NoUndo =
  /** Its outcome is not known, or not yet. */
  | 'not-known'
  /** It changed nothing. */
  | 'not-applied'
  /** Nothing gives a job its nodes or its life back. */
  | 'no-opposite'
  /** What there was before is not remembered. */
  | 'before-unknown';

/** What takes a change back, or why nothing does. */
export function undoOf(change: {
  readonly wanted: ChangeRequest;
  readonly before: ClusterSnapshot | null;
  readonly result: Result | null;
  /** Present when its replica sets were left out, as there are too many of them. */
  readonly cut?: unknown;
}): Undo | { readonly kind: 'none'; readonly why: NoUndo } {
  const { wanted, before, result } = change;
  if (!isSettled(result) || result?.kind === 'cannot-be-known') return { kind: 'none', why: 'not-known' };
  if (result?.kind !== 'applied') return { kind: 'none', why: 'not-applied' };
  if (change.cut !== undefined) return { kind: 'none', why: 'before-unknown' };
  const { clusterId } = wanted;
  switch (wanted.kind) {
    case 'save': {
      // What the console found when it sent the save is more accurate than what the person had seen.
      const had = before ?? (wanted.base === null ? null : { ...wanted.base, divisible: wanted.divisible });
      return had === null
        ? { kind: 'delete', clusterId }
        : sameReplicaSets(had.replicaSets, wanted.want)
          ? { kind: 'none', why: 'not-applied' }
          : { kind: 'restore', clusterId, had: specOf(had) };
    }
    case 'delete':
    case 'delete-when-idle': {
      const had = before ?? wanted.base;
      return had === null
        ? { kind: 'none', why: 'before-unknown' }
        : { kind: 'create-again', clusterId, had: specOf(had) };
    }
    case 'release':
    case 'stop-job':
      return { kind: 'none', why: 'no-opposite' };
  }
}

/** What a person is shown to take a change back, given the virtual cluster as it is now. */
export type UndoStep =
  /** The editor, filled with what there was. */
  | { readonly kind: 'edit'; readonly had: ClusterSpec }
  /** The form for a new one, filled with what there was. */
  | { readonly kind: 'create'; readonly had: ClusterSpec }
  /** The question whether to delete it. */
  | { readonly kind: 'delete' }
  /** Nothing is left to do: it is as it was before the change. */
  | { readonly kind: 'there-already' }
  /** A virtual cluster with the id of the deleted one exists. */
  | { readonly kind: 'exists-again' }
  /** It was deleted and created with the other divisibility, which Ray never changes (fact 7). */
  | { readonly kind: 'other-kind' };

/** The next step. It never sends anything by itself. `now`: the virtual cluster; null where it does not exist. */
export function undoStepOf(undo: Undo, now: ClusterSpec | null): UndoStep {
  switch (undo.kind) {
    case 'restore': {
      const { had } = undo;
      if (now === null) return { kind: 'create', had };
      if (sameReplicaSets(now.replicaSets, had.replicaSets)) return { kind: 'there-already' };
      return now.divisible === had.divisible ? { kind: 'edit', had } : { kind: 'other-kind' };
    }
    case 'create-again':
      return now === null ? { kind: 'create', had: undo.had } : { kind: 'exists-again' };
    case 'delete':
      return { kind: now === null ? 'there-already' : 'delete' };
  }
}

function specOf({ divisible, replicaSets }: ClusterSpec): ClusterSpec {
  return { divisible, replicaSets };
}
