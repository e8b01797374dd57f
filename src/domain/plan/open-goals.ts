import type { Goal } from './plan.ts';
import { isLeft, type PlanRun } from './run.ts';

/** What is left of a plan, a goal for each virtual cluster, in the order of the first step of each. */
export function openGoalsOf({ steps }: PlanRun): readonly Goal[] {
  const goals = new Map<string, Goal>();
  for (const { step, state } of steps) {
    if (!isLeft(state)) continue;
    const { clusterId, divisible, from, to } = step;
    goals.set(clusterId, {
      clusterId,
      divisible,
      from: goals.has(clusterId) ? (goals.get(clusterId)?.from ?? null) : from,
      to,
    });
  }
  return [...goals.values()];
}

/** The goals with one more, which takes the place of an earlier one of the same virtual cluster. */
export function withGoal(goals: readonly Goal[], added: Goal): readonly Goal[] {
  return goals.some(({ clusterId }) => clusterId === added.clusterId)
    ? goals.map((goal) => (goal.clusterId === added.clusterId ? added : goal))
    : [...goals, added];
}
