import { Button } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { PlanReply } from '../../../contract/plan.ts';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import { heldReplicaSetsOf } from '../../../domain/held-replica-sets.ts';
import { openGoalsOf } from '../../../domain/plan/open-goals.ts';
import type { Goal } from '../../../domain/plan/plan.ts';
import { useFleet } from '../../api/console.tsx';
import { replicaSetsText } from '../../changes/result-text.ts';
import { SideChoice } from '../../changes/side-choice.tsx';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import { mergeRowsOf, rebaseGoal, type Choices } from './plan-merge.ts';
import classes from './plans.module.css';
import type { usePlan } from './use-plan.ts';

interface MovedStepProps {
  readonly planning: Pick<ReturnType<typeof usePlan>, 'isBusy' | 'save'>;
  readonly reply: PlanReply;
  readonly clusterId: string;
  readonly mayEdit: boolean;
}

/** The virtual cluster is no longer as the plan takes it to be: both, merged as a save is, and a way to plan on what there is. */
export function MovedStep({ planning, reply, clusterId, mayEdit }: MovedStepProps) {
  const words = plansText.moved;
  const { fleet } = useFleet();
  const now = fleet?.clusters.get(clusterId) ?? null;
  const [chosen, setChosen] = useState<{ readonly on: string; readonly choices: Choices }>(NOTHING_CHOSEN);
  const [isTried, setTried] = useState(false);
  const region = useRef<HTMLDivElement>(null);
  const names = useId();
  const goals = openGoalsOf(reply.plan.run);
  const goal = goals.find((each) => each.clusterId === clusterId);
  if (goal === undefined) return null;
  // A choice was between two counts: once theirs is another one, it has to be made again.
  const on = JSON.stringify(now === null ? null : heldReplicaSetsOf(now));
  const choices = chosen.on === on ? chosen.choices : NOTHING_CHOSEN.choices;
  const rows = mergeRowsOf(goal, now)
    .filter(({ decided }) => decided?.by !== 'nobody')
    // Numbered: a template's name may have spaces, at which a reference to an element ends.
    .map((row, at) => ({ ...row, nameId: `${names}-${String(at)}` }));

  function planFromNow(of: Goal) {
    const rebased = rebaseGoal(of, now, choices);
    if (rebased.kind === 'undecided') {
      setTried(true);
      region.current?.querySelector<HTMLInputElement>('[aria-invalid] input, input:not(:checked)')?.focus();
      return;
    }
    void planning.save(
      goals.flatMap((each) => (each.clusterId !== clusterId ? [each] : rebased.goal === null ? [] : [rebased.goal])),
    );
  }

  const setsText = (sets: Goal['from']) => (sets === null ? words.absent : replicaSetsText(sets));
  return (
    <div ref={region} className={classes['moved']}>
      {rows.length === 0 ? (
        <dl>
          <dt>{words.planned}</dt>
          <dd>{setsText(goal.from)}</dd>
          <dt>{words.now}</dt>
          <dd>{setsText(now === null ? null : heldReplicaSetsOf(now))}</dd>
          <dt>{words.becomes}</dt>
          <dd>{setsText(goal.to)}</dd>
        </dl>
      ) : (
        <table className={`full-width-table ${classes['merge'] ?? ''}`} aria-label={words.table}>
          <thead>
            <tr>
              <th scope="col">{plansText.form.template}</th>
              <th scope="col">{words.planned}</th>
              <th scope="col">{words.now}</th>
              <th scope="col">{words.becomes}</th>
              <th scope="col">{text.editor.conflict.result}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ templateId, base, theirs, mine, decided, nameId }) => (
              <tr key={templateId}>
                <th scope="row" id={nameId}>
                  {templateId}
                </th>
                <td data-label={words.planned}>{text.facts.count(base)}</td>
                <td data-label={words.now}>{text.facts.count(theirs)}</td>
                <td data-label={words.becomes}>{text.facts.count(mine)}</td>
                <td>
                  {decided !== null ? (
                    text.editor.conflict.by[decided.by](decided.count)
                  ) : (
                    <>
                      <SideChoice
                        labelledBy={nameId}
                        mine={mine}
                        theirs={theirs}
                        choice={choices.get(templateId) ?? null}
                        isInvalid={isTried && !choices.has(templateId)}
                        onChoose={(side) => setChosen({ on, choices: new Map(choices).set(templateId, side) })}
                      />
                      {isTried && !choices.has(templateId) && (
                        <span className={classes['lacks']}>{text.editor.conflict.choose}</span>
                      )}
                    </>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayEdit && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={words.rebaseOf(readableClusterId(clusterId))}
          disabled={planning.isBusy}
          onClick={() => planFromNow(goal)}
        >
          {words.rebase}
        </Button>
      )}
    </div>
  );
}

const NOTHING_CHOSEN: { readonly on: string; readonly choices: Choices } = { on: '', choices: new Map() };
