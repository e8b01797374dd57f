import { Button } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { SimulatorSummary } from './simulator-client.ts';
import type { Action } from './actions.ts';
import classes from './simulation.module.css';

/** Props of every action group: the simulated Ray's state, and how to run an action. */
export interface ActionGroupProps {
  readonly summary: SimulatorSummary;
  readonly run: (action: Action) => Promise<void>;
}

export function ActionGroup({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    // Not a region: the screen beside it may have one with the same name.
    <div role="group" aria-labelledby={id} className={classes['group']}>
      <h3 id={id}>{title}</h3>
      {children}
    </div>
  );
}

interface ActionButtonProps {
  readonly label: string;
  readonly title?: string;
  readonly act: () => void;
}

export function ActionButton({ label, title, act }: ActionButtonProps) {
  return (
    <Button variant="default" size="xs" className={classes['action'] ?? ''} title={title} onClick={act}>
      {label}
    </Button>
  );
}
