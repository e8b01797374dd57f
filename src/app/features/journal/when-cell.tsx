import type { ReactNode } from 'react';
import { Ago } from '../../api/ago.tsx';
import { clockSecondsText } from '../../ui/time-text.ts';
import classes from './journal-page.module.css';

/** When something was: the time of day below its day's head, and how long ago. */
export function WhenCell({ at, children }: { readonly at: number; readonly children: ReactNode }) {
  return (
    <td className={classes['when']}>
      {children}
      <span className={`screen-only ${classes['clock'] ?? ''}`}>{clockSecondsText(at)}</span> <Ago at={at} />
    </td>
  );
}

interface DetailToggleProps {
  readonly isOpen: boolean;
  /** The id of the details' row. */
  readonly controls: string;
  readonly name: string;
  readonly toggle: () => void;
}

/** Shows and hides a row's details. */
export function DetailToggle({ isOpen, controls, name, toggle }: DetailToggleProps) {
  return (
    <button
      type="button"
      className={`icon-button ${classes['toggle'] ?? ''}`}
      aria-expanded={isOpen}
      aria-controls={controls}
      aria-label={name}
      onClick={toggle}
    >
      <span aria-hidden="true">{isOpen ? '▾' : '▸'}</span>
    </button>
  );
}
