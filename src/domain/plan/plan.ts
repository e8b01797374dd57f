import { countOf, type ReplicaSets } from '../replica-sets.ts';

/**
 * The most counts of nodes that the goals of a plan may name in all, before and after: its order and what it would do are worked out
 * at once, and nothing else goes on meanwhile. 500 virtual clusters of 20 templates have as many.
 */
export const MAX_PLAN_COUNTS = 20_000;

/**
 * What a plan makes of one virtual cluster. `from`: what it holds before, dead members included (fact 14); null: it does not
 * exist. `to`: what it shall hold; null: it is deleted.
 */
export interface Goal {
  readonly clusterId: string;
  readonly divisible: boolean;
  readonly from: ReplicaSets | null;
  readonly to: ReplicaSets | null;
}

/** One change of a plan: a goal, or the part of one that gives nodes back or takes them. `id`: unique in its plan. */
export interface PlanStep extends Goal {
  readonly id: string;
}

/** What one step does to one template's free nodes. */
export interface Move {
  readonly templateId: string;
  /** Nodes taken from the free pool; negative: given back. */
  readonly taken: number;
}

/** What a goal takes from the free pool and gives back to it, by template in no order; unchanged templates are left out. */
export function movesOf({ from, to }: Goal): readonly Move[] {
  const [before, after] = [from ?? {}, to ?? {}];
  const moves: Move[] = [];
  for (const templateId of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const taken = countOf(after, templateId) - countOf(before, templateId);
    if (taken !== 0) moves.push({ templateId, taken });
  }
  return moves;
}

/** `mixed`: takes nodes of some templates and gives back others. `none`: changes no count. */
export type Direction = 'gives' | 'takes' | 'mixed' | 'none';

export function directionOf(moves: readonly Move[]): Direction {
  const takes = moves.some(({ taken }) => taken > 0);
  const gives = moves.some(({ taken }) => taken < 0);
  return takes ? (gives ? 'mixed' : 'takes') : gives ? 'gives' : 'none';
}
