import { useEffect, useRef } from 'react';
import { parseCount } from '../../../../drafts/parse-count.ts';
import { matrixEditText } from '../../../../text/matrix-edit-text.ts';
import { fieldKey } from './sheet-keys.ts';
import type { SheetAction } from './sheet-state.ts';
import classes from '../matrix.module.css';

interface CellFieldProps {
  readonly label: string;
  readonly typed: string;
  /** Whether the first key replaces what is there. */
  readonly isSelected: boolean;
  readonly dispatch: (action: SheetAction) => void;
}

/** The field of the cell that is edited. Leaving it keeps what is a count. */
export function CellField({ label, typed, isSelected, dispatch }: CellFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const { current } = field;
    current?.focus({ preventScroll: true });
    if (isSelected) current?.select();
    else current?.setSelectionRange(current.value.length, current.value.length);
  }, [isSelected]);
  const parsed = parseCount(typed);
  const problem = parsed.kind === 'problem' && parsed.problem !== 'empty' ? parsed.problem : null;
  return (
    <input
      ref={field}
      type="text"
      inputMode="numeric"
      autoComplete="off"
      className={classes['field']}
      aria-label={label}
      aria-invalid={problem !== null}
      title={problem === null ? undefined : matrixEditText.problem[problem]}
      value={typed}
      onChange={(event) => dispatch({ kind: 'type', typed: event.currentTarget.value })}
      onBlur={() => dispatch({ kind: 'commit', down: 0, right: 0 })}
      onKeyDown={(event) => {
        const action = fieldKey(event);
        // The page's keys wait meanwhile.
        event.stopPropagation();
        if (action === null) return;
        event.preventDefault();
        dispatch(action);
      }}
    />
  );
}
