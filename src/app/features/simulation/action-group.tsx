import { Button } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { SimulatorSummary } from './simulator-client.ts';
import type { Move } from './actions.ts';
import classes from './simulation.module.css';

/** What every group of buttons works with: the simulated Ray as it is, and how to do something to it. */
export interface ActionGroupProps {
  readonly summary: SimulatorSummary;
  readonly run: (move: Move) => Promise<void>;
}

export function ActionGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    // No region: the screen beside it may have one of the same name.
    <div role="group" aria-labelledby={id} className={classes['group']}>
      <h3 id={id}>{title}</h3>
      {children}
    </div>
  );
}

/** A button that says what it will do; `act` makes the move. */
export function ActionButton({ label, act }: { readonly label: string; readonly act: () => void }) {
  return (
    <Button variant="default" size="xs" className={classes['move'] ?? ''} onClick={act}>
      {label}
    </Button>
  );
}
