import { useId } from 'react';
import { text } from '../text/text.ts';
import classes from './side-choice.module.css';

type Side = 'mine' | 'theirs';

interface SideChoiceProps {
  /** The element that names the template. */
  readonly labelledBy: string;
  readonly mine: number;
  readonly theirs: number;
  readonly choice: Side | null;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
  readonly onChoose: (side: Side) => void;
}

/** A choice between both counts of a template; none is preselected. */
export function SideChoice(props: SideChoiceProps) {
  const words = text.editor.conflict;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-invalid={props.isInvalid ?? false}
      aria-describedby={props.describedBy}
      className={classes['choices']}
    >
      {(['mine', 'theirs'] as const).map((side) => (
        <label key={side} className={classes['choice']}>
          <input
            type="radio"
            name={name}
            checked={props.choice === side}
            aria-describedby={`${name}-${side}`}
            onChange={() => props.onChoose(side)}
          />
          {/* Described by its count, not named: it is "Mine" or "Theirs". */}
          <b id={`${name}-${side}`} aria-hidden="true">
            {text.facts.count(props[side])}
          </b>
          {words[side]}
        </label>
      ))}
    </div>
  );
}
