import type { Plan } from '../../contract/plan.ts';
import { isInUse, MOST_PLANS, type PlanStore } from './plan-store.ts';

/** Plans for as long as the process runs. */
export function createInMemoryPlanStore({ most = MOST_PLANS }: { readonly most?: number } = {}): PlanStore {
  /** By id, the one that changed last at the end. */
  const plans = new Map<string, Plan>();
  return {
    all: () => Promise.resolve([...plans.values()].toReversed()),
    get: (id) => Promise.resolve(plans.get(id) ?? null),
    put(plan) {
      if (plan.version !== (plans.get(plan.id)?.version ?? 0) + 1) return Promise.resolve(false);
      plans.delete(plan.id);
      plans.set(plan.id, plan);
      for (const [id, each] of plans) {
        if (plans.size <= most) break;
        if (!isInUse(each) && id !== plan.id) plans.delete(id);
      }
      return Promise.resolve(true);
    },
    delete(id, version) {
      const isThere = plans.get(id)?.version === version;
      if (isThere) plans.delete(id);
      return Promise.resolve(isThere);
    },
  };
}
