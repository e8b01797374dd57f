import { Button, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { readableClusterId } from '../../domain/cluster-id.ts';
import { heldReplicaSetsOf } from '../../domain/held-replica-sets.ts';
import { withGoal } from '../../domain/plan/open-goals.ts';
import type { Goal } from '../../domain/plan/plan.ts';
import { countOf } from '../../domain/replica-sets.ts';
import { useFleet } from '../api/console.tsx';
import { countOrNull } from '../drafts/parse-count.ts';
import { plansText } from '../text/plans-text.ts';
import classes from './move-form.module.css';
import { SelectField } from '../ui/select-field.tsx';

interface MoveFormProps {
  /** What the plan says so far. */
  readonly goals: readonly Goal[];
  readonly submit: string;
  /** Who is chosen to begin with. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly onGoals: (goals: readonly Goal[], name: string) => void;
  readonly onCancel: () => void;
  /** Whether what stands around it has no title. */
  readonly isTitled?: boolean;
}

/** Moves nodes of one template from one virtual cluster to another: two goals of a plan. */
export function MoveForm({ goals, submit, onGoals, onCancel, isTitled = true, ...chosen }: MoveFormProps) {
  const words = plansText.form;
  const { fleet } = useFleet();
  const [template, setTemplate] = useState(() => {
    // Of one that is chosen already, the first that it could give.
    const held = fleet?.clusters.get(chosen.from ?? '')?.templates ?? [];
    return held.find(({ count }) => count > 0)?.templateId ?? '';
  });
  const [from, setFrom] = useState(chosen.from ?? '');
  const [to, setTo] = useState(chosen.to ?? '');
  const [typed, setTyped] = useState('1');
  const title = useId();
  const clusters = [...(fleet?.clusters.values() ?? [])];
  /** What the plan leaves a virtual cluster with. */
  const goalOf = (clusterId: string): Goal | null => {
    const planned = goals.find((goal) => goal.clusterId === clusterId);
    if (planned !== undefined) return planned;
    const cluster = fleet?.clusters.get(clusterId);
    if (cluster === undefined) return null;
    const held = heldReplicaSetsOf(cluster);
    return { clusterId, divisible: cluster.divisible, from: held, to: held };
  };
  const leftIn = (clusterId: string) => countOf(goalOf(clusterId)?.to ?? {}, template);
  const templates = (fleet?.pool.templates ?? []).filter((each) => !each.isHeadTemplate).map((each) => each.templateId);
  const option = ({ id }: { readonly id: string }) => ({
    value: id,
    label: template === '' ? readableClusterId(id) : words.option(readableClusterId(id), leftIn(id)),
  });
  // Who is chosen stays, whatever the template: the count says that it holds none.
  const givers = clusters.filter(({ id }) => id === from || (template !== '' && leftIn(id) > 0));
  const takers = clusters.filter(({ id }) => id !== from && goalOf(id)?.to !== null);
  const count = countOrNull(typed) ?? 0;
  const isTooMany = template !== '' && from !== '' && count > leftIn(from);
  const isReady = template !== '' && from !== '' && to !== '' && from !== to && count > 0 && !isTooMany;

  function add() {
    const [giver, taker] = [goalOf(from), goalOf(to)];
    if (!isReady || giver === null || taker === null) return;
    const moved = (goal: Goal, by: number): Goal => ({
      ...goal,
      to: { ...goal.to, [template]: countOf(goal.to ?? {}, template) + by },
    });
    const name = plansText.add.moveName(count, template, readableClusterId(from), readableClusterId(to));
    onGoals(withGoal(withGoal(goals, moved(giver, -count)), moved(taker, count)), name);
  }

  const choose = { value: '', label: words.choose };
  return (
    <form
      className={classes['form']}
      aria-labelledby={title}
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <strong id={title} className={isTitled ? undefined : 'visually-hidden'}>
        {words.title}
      </strong>
      <div className={classes['fields']}>
        <SelectField
          data-autofocus
          label={words.template}
          value={template}
          data={[choose, ...templates]}
          onChange={(event) => {
            setTemplate(event.currentTarget.value);
          }}
        />
        <SelectField
          label={words.from}
          value={from}
          data={[choose, ...givers.map(option)]}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <SelectField
          label={words.to}
          value={to}
          data={[choose, ...takers.map(option)]}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label={words.count}
          inputMode="numeric"
          value={typed}
          error={isTooMany ? words.tooMany(leftIn(from)) : null}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <div className="actions-row">
        <Button type="submit" size="xs" disabled={!isReady}>
          {submit}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          {plansText.add.cancel}
        </Button>
      </div>
    </form>
  );
}
