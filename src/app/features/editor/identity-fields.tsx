import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/Switch.css';
import { Switch, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useController, type Control } from 'react-hook-form';
import { pathTo } from '../../routing/routes.ts';
import { text } from '../../text/text.ts';
import { Link } from '../../routing/link.tsx';
import type { FormValues } from '../../drafts/draft.ts';
import { TermMark } from '../../ui/term.tsx';
import { idProblemsOf, type IdProblem } from './form-schema.ts';
import classes from './editor.module.css';
import { KindCards } from './kind-cards.tsx';

interface IdFieldProps {
  readonly control: Control<FormValues>;
  /** A virtual cluster with the typed id exists, as far as the page knows. */
  readonly isTaken: boolean;
  readonly isLocked: boolean;
  readonly onEdit: () => void;
}

/** The new virtual cluster's id, with its validation message. */
export function IdField({ control, isTaken, isLocked, onEdit }: IdFieldProps) {
  const words = text.editor.form;
  const {
    field: { ref, name, value, onChange, onBlur },
    fieldState,
  } = useController({ control, name: 'typedId' });
  const reported = idProblemsOf(fieldState.error?.message);
  const problems: readonly IdProblem[] = isTaken ? ['exists'] : reported.filter((problem) => problem !== 'exists');
  // Spaces around it come from pasting, and are never meant.
  const trim = () => {
    if (value === value.trim()) return;
    onEdit();
    onChange(value.trim());
  };
  return (
    <TextInput
      ref={ref}
      label={words.id}
      className={classes['id'] ?? ''}
      name={name}
      value={value}
      readOnly={isLocked}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      error={
        problems.length === 0 ? undefined : (
          <>
            {text.joins.sentences(problems.map((problem) => problemWords(problem, value)))}
            {problems.includes('exists') && (
              <>
                {' '}
                <Link href={pathTo.edit(value)} keepQuery>
                  {words.editExisting(value)}
                </Link>
              </>
            )}
          </>
        )
      }
      onChange={(event) => {
        onEdit();
        onChange(event.currentTarget.value);
      }}
      onKeyDown={({ key }) => key === 'Enter' && trim()}
      onBlur={() => {
        trim();
        onBlur();
      }}
    />
  );
}

function problemWords(problem: IdProblem, id: string): string {
  return problem === 'exists' ? text.editor.form.idExists(id) : text.editor.form.idProblems[problem];
}

interface DivisibleFieldProps {
  readonly control: Control<FormValues>;
  /** The cluster exists, and Ray never changes it (fact 7). */
  readonly isFixed: boolean;
  readonly isLocked: boolean;
  readonly onEdit: () => void;
}

/** Whether each job gets nodes of its own. */
export function DivisibleField({ control, isFixed, isLocked, onEdit }: DivisibleFieldProps) {
  const words = text.editor.form;
  const {
    field: { ref, name, value, onChange, onBlur },
  } = useController({ control, name: 'divisible' });
  const describedBy = useId();
  if (!isFixed) {
    return (
      <KindCards
        inputRef={ref}
        name={name}
        divisible={value}
        isLocked={isLocked}
        onChange={(divisible) => {
          onEdit();
          onChange(divisible);
        }}
        onBlur={onBlur}
      />
    );
  }
  const effect = value ? words.divisibleOn : words.divisibleOff;
  return (
    <div className={classes['divisible']}>
      <Switch
        ref={ref}
        label={words.divisible}
        name={name}
        checked={value}
        disabled
        aria-describedby={describedBy}
        readOnly
      />
      {/* Beside its label, not in it: the switch is named "Divisible". */}
      <TermMark of="kind" word={words.divisible} />
      <p id={describedBy} className="quiet">
        {text.joins.sentences([effect, words.divisibleLocked])}
      </p>
    </div>
  );
}
