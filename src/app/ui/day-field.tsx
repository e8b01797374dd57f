import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { dayText, readDay } from './day-text.ts';
import { text } from '../text/text.ts';
import classes from './day-field.module.css';
import { Icon } from './icon.tsx';

const EXAMPLE = '2026-11-24';

interface DayFieldProps {
  readonly label: string;
  /** As `2026-11-24`; null: none. */
  readonly value: string | null;
  readonly min: string | null;
  readonly max: string | null;
  readonly onChange: (day: string | null) => void;
}

/** A day in the page's own language and format, typed or taken from the browser's calendar. */
export function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  const calendar = useRef<HTMLInputElement>(null);
  /** Null while nobody types. */
  const [typed, setTyped] = useState<string | null>(null);
  const shown = value === null ? '' : dayText(value);
  const isWrong = typed !== null && typed.trim() !== '' && readDay(typed) === null;

  function type(input: string): void {
    setTyped(input);
    const day = readDay(input);
    if (day !== null || input.trim() === '') onChange(day);
  }

  return (
    <TextInput
      size="xs"
      aria-label={label}
      error={isWrong ? text.ago.notADay(dayText(EXAMPLE)) : null}
      placeholder={label}
      autoComplete="off"
      value={typed ?? shown}
      onChange={(event) => type(event.currentTarget.value)}
      // What is no day stays, with its message, until somebody corrects it.
      onBlur={() => (isWrong ? undefined : setTyped(null))}
      rightSection={
        // The field takes the same by keyboard.
        <span className={classes['calendar']} aria-hidden="true">
          <input
            ref={calendar}
            type="date"
            tabIndex={-1}
            value={value ?? ''}
            min={min ?? undefined}
            max={max ?? undefined}
            onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
          />
          <button
            type="button"
            tabIndex={-1}
            className="icon-button"
            aria-label={label}
            title={label}
            onClick={() => calendar.current?.showPicker()}
          >
            <Icon of="calendar" />
          </button>
        </span>
      }
    />
  );
}
