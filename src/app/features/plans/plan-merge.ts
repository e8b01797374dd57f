import type { VirtualCluster } from '../../../domain/fleet.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { merge, resolveMerge, type MergeRow } from '../../../domain/merge.ts';
import type { Goal } from '../../../domain/plan/plan.ts';

export type Choices = ReadonlyMap<string, 'mine' | 'theirs'>;

/** Template by template what was planned and what somebody else made of it; empty where the plan deletes, or there is nothing. */
export function mergeRowsOf(goal: Goal, now: VirtualCluster | null): readonly MergeRow[] {
  if (goal.to === null || now === null) return [];
  return merge({ base: goal.from ?? {}, mine: goal.to, theirs: heldReplicaSetsOf(now) });
}

/**
 * The goal on what there is now, merged as a save is: what the plan leaves alone stays as somebody else made it. The goal is null
 * where there is nothing left to do.
 */
export function rebaseGoal(
  goal: Goal,
  now: VirtualCluster | null,
  choices: Choices,
):
  | { readonly kind: 'goal'; readonly goal: Goal | null }
  | { readonly kind: 'undecided'; readonly templateIds: readonly string[] } {
  const from = now === null ? null : heldReplicaSetsOf(now);
  if (goal.to === null || now === null)
    return { kind: 'goal', goal: from === null && goal.to === null ? null : { ...goal, from } };
  const resolved = resolveMerge(mergeRowsOf(goal, now), choices);
  if (resolved.kind === 'undecided') return resolved;
  return { kind: 'goal', goal: { ...goal, divisible: now.divisible, from, to: resolved.want } };
}
