import { useEffect, useRef, useState } from 'react';
import type { Goal } from '../../../domain/plan/plan.ts';
import { MoveForm } from '../../cluster-ui/move-form.tsx';
import { plansText } from '../../text/plans-text.ts';
import { DeniableButton } from '../../ui/deniable-button.tsx';
import classes from './plans.module.css';

interface MoveNodesProps {
  readonly goals: readonly Goal[];
  readonly submit: string;
  /** Why this person may put nothing into a plan; null when they may. */
  readonly denial: string | null;
  /** Resolves whether they are in the plan. */
  readonly onGoals: (goals: readonly Goal[], name: string) => Promise<boolean>;
}

/** A button that opens the form to move nodes in its place; the focus goes with what takes the place. */
export function MoveNodes({ goals, submit, denial, onGoals }: MoveNodesProps) {
  const [isOpen, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen !== wasOpen.current) place.current?.querySelector<HTMLElement>('select, button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (!isOpen || denial !== null)
    return (
      <div ref={place}>
        <DeniableButton size="xs" variant="default" denial={denial} onClick={() => setOpen(true)}>
          {plansText.moveNodes}
        </DeniableButton>
      </div>
    );
  return (
    <div ref={place} className={classes['form']}>
      <MoveForm
        goals={goals}
        submit={submit}
        onCancel={() => setOpen(false)}
        onGoals={(next, name) => {
          // What is typed stays where the plan was not changed.
          void onGoals(next, name).then((isDone) => {
            if (isDone) setOpen(false);
          });
        }}
      />
    </div>
  );
}
