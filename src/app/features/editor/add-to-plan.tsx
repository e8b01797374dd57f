import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { openGoalsOf, withGoal } from '../../../domain/plan/open-goals.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import { planReply } from '../../../contract/plan.ts';
import { paths } from '../../../contract/paths.ts';
import { useConsole } from '../../api/console.tsx';
import { plansQuery, putPlan } from '../../api/plan-queries.ts';
import { plansText } from '../../text/plans-text.ts';
import { SelectField } from '../../ui/select-field.tsx';

interface AddToPlanProps {
  readonly goal: Goal;
  readonly onAdded: (planId: string) => void;
  readonly onCancel: () => void;
}

/** Puts what is typed into a plan that does not run, or a new one, instead of sending it. */
export function AddToPlan({ goal, onAdded, onCancel }: AddToPlanProps) {
  const words = plansText.add;
  const { api, ids } = useConsole();
  const { data } = useQuery(plansQuery(api, null));
  const [chosen, setChosen] = useState('');
  const open = data?.plans.filter(({ state }) => state.kind === 'draft' || state.kind === 'stopped') ?? [];

  const adding = useMutation({
    async mutationFn(): Promise<string> {
      const id = chosen === '' ? ids() : chosen;
      const plan = chosen === '' ? null : (await api.read(paths.plan(id), {}, planReply)).plan;
      await putPlan(api, id, {
        version: plan?.version ?? 0,
        name: plan?.name ?? words.name(readableClusterId(goal.clusterId)),
        goals: withGoal(plan === null ? [] : openGoalsOf(plan.run), goal),
      });
      return id;
    },
    onSuccess: (planId) => onAdded(planId),
  });

  return (
    <div role="group" aria-label={words.open} className="actions-row">
      <SelectField
        aria-label={words.which}
        value={chosen}
        data={[{ value: '', label: words.fresh }, ...open.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Button size="xs" disabled={adding.isPending || adding.isSuccess} onClick={() => adding.mutate()}>
        {words.add}
      </Button>
      <Button size="xs" variant="default" onClick={onCancel}>
        {words.cancel}
      </Button>
      {adding.error !== null && <span role="alert">{adding.error.message}</span>}
    </div>
  );
}
