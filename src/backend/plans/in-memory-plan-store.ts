import type { Plan } from '../../contract/plan.ts';
import { isInUse, PLAN_BOUNDS, plansBeyond, summaryOf, type PlanBounds, type PlanStore } from './plan-store.ts';

/** Plans for as long as the process runs. */
export function createInMemoryPlanStore(bounds: PlanBounds = PLAN_BOUNDS): PlanStore {
  /** By id, the one that changed last at the end; with its length as JSON. */
  const plans = new Map<string, { readonly plan: Plan; readonly length: number }>();
  return {
    all: () => Promise.resolve([...plans.values()].toReversed().map(({ plan }) => plan)),
    summaries: () => Promise.resolve([...plans.values()].toReversed().map(({ plan }) => summaryOf(plan))),
    get: (id) => Promise.resolve(plans.get(id)?.plan ?? null),
    put(plan) {
      if (plan.version !== (plans.get(plan.id)?.plan.version ?? 0) + 1) return Promise.resolve(false);
      plans.delete(plan.id);
      plans.set(plan.id, { plan, length: JSON.stringify(plan).length });
      const newest = [...plans.values()].toReversed().map(({ plan: each, length: characters }) => ({
        id: each.id,
        createdBy: each.createdBy,
        characters,
        mustStay: isInUse(each) || each.id === plan.id,
      }));
      for (const { id } of plansBeyond(newest, bounds)) plans.delete(id);
      return Promise.resolve(true);
    },
    delete(id, version) {
      const isThere = plans.get(id)?.plan.version === version;
      if (isThere) plans.delete(id);
      return Promise.resolve(isThere);
    },
  };
}
