import { useEffect, useRef } from 'react';
import { Keys } from '../../ui/keys.tsx';
import type { Entry } from './palette-entries.ts';
import classes from './palette.module.css';

interface EntryOptionProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

/** A line of the palette. The focus stays in the field, which names the active one. */
export function EntryOption({ id, entry: { label, detail, action }, isActive, onPoint, onChoose }: EntryOptionProps) {
  const option = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) option.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      ref={option}
      id={id}
      role="option"
      aria-selected={isActive}
      aria-disabled={action.refusal !== null}
      className={classes['option']}
      // Not on entering: the list that moves under a resting pointer chooses nothing.
      onPointerMove={isActive ? undefined : onPoint}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes['label']}>{label}</span>
      {detail !== null && <span className={classes['detail']}>{detail}</span>}
      {action.shortcut !== null && <Keys of={action.shortcut} />}
    </div>
  );
}
