import { useState } from 'react';
import { MAX_GOALS, MAX_PLAN_NAME } from '../../contract/plan.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { useConsole } from '../api/console.tsx';
import { putPlan } from '../api/plan-queries.ts';
import { navigateTo } from '../routing/navigate.ts';
import { pathTo } from '../routing/routes.ts';
import { plansText } from '../text/plans-text.ts';

/** Makes a plan of goals and opens it; nothing is sent to Ray. `problem`: why the last one was not made. */
export function useMakePlan() {
  const { api, ids } = useConsole();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  /** Resolves whether it was made. */
  async function make(name: string, goals: readonly Goal[], onMade?: () => void): Promise<boolean> {
    if (goals.length > MAX_GOALS) {
      setProblem(plansText.tooMany(MAX_GOALS));
      return false;
    }
    setBusy(true);
    setProblem(null);
    const id = ids();
    try {
      await putPlan(api, id, { version: 0, name: name.slice(0, MAX_PLAN_NAME), goals });
      onMade?.();
      navigateTo(pathTo.plan(id));
      return true;
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : plansText.failed);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { make, isBusy, problem, setProblem };
}
