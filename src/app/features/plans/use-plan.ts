import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlanCommand, PlanReply, PlanRequest } from '../../../contract/plan.ts';
import { openGoalsOf } from '../../../domain/plan/open-goals.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import { undoGoalsOf } from '../../../domain/plan/undo.ts';
import { ApiError } from '../../api/api-error.ts';
import { useConsole, useFleet } from '../../api/console.tsx';
import { commandPlan, deletePlan, planQuery, putPlan } from '../../api/plan-queries.ts';
import { queryKeys } from '../../api/query-keys.ts';
import { navigateTo } from '../../routing/navigate.ts';
import { pathTo } from '../../routing/routes.ts';
import { plansText } from '../../text/plans-text.ts';

/** One plan, read again whenever the fleet or a plan changes, and what can be done with it. One request is on its way at a time. */
export function usePlan(id: string) {
  const { api, ids } = useConsole();
  const { fleet } = useFleet();
  const client = useQueryClient();
  const version = fleet?.version ?? null;
  const {
    data: read,
    error,
    refetch,
  } = useQuery({ ...planQuery(api, id, version), placeholderData: keepPreviousData });
  const [last, setLast] = useState<PlanReply>();
  if (read !== undefined && read !== last) setLast(read);
  // One failed reading takes nothing off the screen, nor what is being chosen and typed there. A deleted plan is gone.
  const data = read ?? (error instanceof ApiError && error.code === 'no-such-plan' ? undefined : last);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  /** Resolves whether it was done. */
  async function act(what: () => Promise<PlanReply | null>): Promise<boolean> {
    if (isBusy) return false;
    setBusy(true);
    setProblem(null);
    try {
      const reply = await what();
      if (reply !== null) client.setQueryData(queryKeys.plans.one(id, version), reply);
      return true;
    } catch (failure) {
      setProblem(failure instanceof Error ? failure.message : plansText.failed);
      await client.invalidateQueries({ queryKey: queryKeys.plans.one(id, version) });
      return false;
    } finally {
      setBusy(false);
    }
  }

  const command = (given: (seen: number) => PlanCommand) =>
    data === undefined ? undefined : void act(() => commandPlan(api, id, given(data.plan.version)));
  const save = (goals: readonly Goal[], more: Partial<Pick<PlanRequest, 'order' | 'name'>> = {}) =>
    data === undefined
      ? Promise.resolve(false)
      : act(() => putPlan(api, id, { version: data.plan.version, name: data.plan.name, goals, ...more }));

  return {
    reply: data ?? null,
    error,
    again: () => void refetch(),
    problem,
    isBusy,
    run: () => command((seen) => ({ kind: 'run', version: seen })),
    stop: () => command(() => ({ kind: 'stop' })),
    skip: (stepId: string) => command((seen) => ({ kind: 'skip', version: seen, stepId })),
    save,
    /** The steps that are left, in this order of their ids. */
    reorder: (order: readonly string[]) =>
      data === undefined ? Promise.resolve(false) : save(openGoalsOf(data.plan.run), { order: [...order] }),
    remove: () =>
      data === undefined
        ? undefined
        : void act(async () => {
            await deletePlan(api, id, data.plan.version);
            navigateTo(pathTo.plans);
            return null;
          }),
    undo: () =>
      data === undefined
        ? undefined
        : void act(async () => {
            const undoing = ids();
            const { run, name } = data.plan;
            const goals = undoGoalsOf(run);
            await putPlan(api, undoing, { version: 0, name: plansText.undoName(name), goals, undoes: id });
            navigateTo(pathTo.plan(undoing));
            return null;
          }),
  };
}
