import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { readableClusterId } from '../../../domain/cluster-id.ts';
import type { PlanReply } from '../../../contract/plan.ts';
import { isLeft } from '../../../domain/plan/run.ts';
import { Link } from '../../routing/link.tsx';
import { pathTo } from '../../routing/routes.ts';
import { plansText } from '../../text/plans-text.ts';
import { text } from '../../text/text.ts';
import { ClusterId } from '../../ui/cluster-id.tsx';
import { MovedStep } from './moved-step.tsx';
import { stepElementId } from './plan-notes.tsx';
import classes from './plans.module.css';
import { lacksText, stepStateText, stepText } from './step-text.ts';
import type { usePlan } from './use-plan.ts';

interface PlanStepsProps {
  readonly planning: Pick<ReturnType<typeof usePlan>, 'isBusy' | 'skip' | 'save' | 'reorder'>;
  readonly reply: PlanReply;
  readonly mayEdit: boolean;
  readonly maySkip: boolean;
}

type Step = PlanReply['plan']['run']['steps'][number];
type Direction = 'up' | 'down';

/** The steps in their order, with what became of each. Those that are left can be moved, skipped and removed. */
export function PlanSteps({ planning, reply, mayEdit, maySkip }: PlanStepsProps) {
  const words = plansText;
  const { plan, preview } = reply;
  const { steps } = plan.run;
  const list = useRef<HTMLOListElement>(null);
  /** Which button to focus again once its step has moved. */
  const moved = useRef<{ readonly id: string; readonly direction: Direction; readonly from: string } | null>(null);
  const left = steps.filter(({ state }) => isLeft(state)).map(({ step }) => step.id);
  const order = left.join(' ');
  useEffect(() => {
    const waiting = moved.current;
    if (waiting === null) return;
    // The new order comes with a reply, some time after the button was pressed.
    if (planning.isBusy || order === waiting.from) return;
    moved.current = null;
    const buttons = [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-step]') ?? [])];
    const own = buttons.filter((button) => button.dataset['step'] === waiting.id && !button.disabled);
    (own.find((button) => button.dataset['direction'] === waiting.direction) ?? own[0])?.focus();
  });

  function move(id: string, direction: Direction) {
    const other = left[left.indexOf(id) + (direction === 'up' ? -1 : 1)];
    if (other === undefined) return;
    moved.current = { id, direction, from: order };
    void planning.reorder(left.map((each) => (each === id ? other : each === other ? id : each)));
  }

  return (
    <section aria-labelledby="plan-steps" className={classes['section']}>
      <h2 id="plan-steps">{words.steps}</h2>
      {steps.length === 0 && <p className="quiet">{words.empty}</p>}
      <ol ref={list} className={`plain-list ${classes['steps'] ?? ''}`}>
        {steps.map((each, index) => {
          const { step, state } = each;
          const id = readableClusterId(step.clusterId);
          const shown = stepStateText(state);
          const lacks = isLeft(each.state) ? lacksText(preview.forecast, step.id) : null;
          const at = left.indexOf(step.id);
          return (
            <li
              key={step.id}
              id={stepElementId(step.id)}
              tabIndex={-1}
              className={classes['step']}
              data-tone={shown.tone}
            >
              <span className={classes['number']}>{index + 1}</span>
              <div className={classes['what']}>
                <span>
                  <Link href={pathTo.cluster(step.clusterId)}>
                    <ClusterId id={step.clusterId} />
                  </Link>{' '}
                  {stepText(step)}
                </span>
                {lacks !== null && <strong className={classes['lacks']}>{lacks}</strong>}
                <span className={classes['state']}>
                  {shown.reason === null ? shown.words : text.joins.labelled(shown.words, shown.reason)}{' '}
                  {shown.changeId !== null && (
                    <Link href={`${pathTo.journal}?cluster=${encodeURIComponent(step.clusterId)}`}>
                      {words.step.change}
                    </Link>
                  )}
                </span>
                {preview.moved.includes(step.clusterId) && isFirstLeft(steps, each) && (
                  <MovedStep planning={planning} reply={reply} clusterId={step.clusterId} mayEdit={mayEdit} />
                )}
              </div>
              {(mayEdit || maySkip) && isLeft(each.state) && (
                <div className={`actions-row screen-only ${classes['stepActions'] ?? ''}`}>
                  {(['up', 'down'] as const).map((direction) => (
                    <button
                      key={direction}
                      type="button"
                      className="icon-button"
                      data-step={step.id}
                      data-direction={direction}
                      aria-label={words.step[direction](id)}
                      title={words.step[direction](id)}
                      disabled={!mayEdit || planning.isBusy || at === (direction === 'up' ? 0 : left.length - 1)}
                      onClick={() => move(step.id, direction)}
                    >
                      {direction === 'up' ? '↑' : '↓'}
                    </button>
                  ))}
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={words.step.skipOf(id)}
                    disabled={planning.isBusy}
                    onClick={() => planning.skip(step.id)}
                  >
                    {words.step.skip}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function isFirstLeft(steps: readonly Step[], each: Step): boolean {
  return steps.find((other) => isLeft(other.state) && other.step.clusterId === each.step.clusterId) === each;
}
