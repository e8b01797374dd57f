import type { Goal, PlanStep } from '../../domain/plan/plan.ts';
import type { ReplicaSets } from '../../domain/replica-sets.ts';

/** What a plan shall make of one virtual cluster, which is indivisible. Null: it is not there. */
export function goalOf(clusterId: string, from: ReplicaSets | null, to: ReplicaSets | null): Goal {
  return { clusterId, divisible: false, from, to };
}

/** The step of a goal. One that is not cut in two has the name of its virtual cluster. */
export function stepOf(goal: Goal, id = goal.clusterId): PlanStep {
  return { ...goal, id };
}
