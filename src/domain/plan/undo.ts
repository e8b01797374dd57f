import type { PlanRun } from './run.ts';
import type { Goal } from './plan.ts';

/**
 * What takes back the steps of a plan that are done: for each virtual cluster, from what the plan made of it to what it was before
 * the plan's first step on it. Steps that found their virtual cluster so already changed nothing.
 */
export function undoGoalsOf({ steps }: PlanRun): readonly Goal[] {
  const goals = new Map<string, Goal>();
  for (const { step, state } of steps) {
    if (state.kind !== 'done' || state.changeId === null) continue;
    const { clusterId, divisible, from, to } = step;
    const before = goals.get(clusterId);
    goals.set(clusterId, { clusterId, divisible, from: to, to: before === undefined ? from : before.to });
  }
  return [...goals.values()].filter(({ from, to }) => from !== null || to !== null).toReversed();
}
