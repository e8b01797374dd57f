import type { PlanStep } from './plan.ts';

/**
 * Why steps can't be put into an order: `unknown-step`: it does not name each of them once; `out-of-turn`: a later part of a virtual
 * cluster's goal would come before an earlier one, on which it rests.
 */
export type OrderProblem = 'unknown-step' | 'out-of-turn';

/** What is done for each step, in a person's order of the steps' ids. */
export function inOrder<T extends { readonly step: PlanStep }>(
  entries: readonly T[],
  order: readonly string[],
): readonly T[] | OrderProblem {
  const places = new Map(entries.map(({ step }, index) => [step.id, index]));
  const named = [...new Set(order)].flatMap((id) => places.get(id) ?? []);
  if (named.length !== entries.length || order.length !== entries.length) return 'unknown-step';
  const ordered = named.flatMap((index) => entries[index] ?? []);
  const last = new Map<string, number>();
  for (const [at, { step }] of ordered.entries()) {
    const index = named[at] ?? 0;
    if (index < (last.get(step.clusterId) ?? 0)) return 'out-of-turn';
    last.set(step.clusterId, index);
  }
  return ordered;
}
