import type { KeyboardEvent, Ref } from 'react';
import { MAX_REPLICAS } from '../../../domain/replica-sets.ts';
import { text } from '../../text/text.ts';
import { countOrNull, stepCount } from '../../drafts/parse-count.ts';
import classes from './count-input.module.css';

interface CountInputProps {
  readonly templateId: string;
  /** Ids of what names it, and of its error or help. */
  readonly labelledBy: string;
  readonly describedBy: string | undefined;
  readonly value: string;
  readonly isInvalid: boolean;
  /** Locked, but legible. */
  readonly isLocked: boolean;
  /** What the cluster has: where a step starts from when the field holds no count. */
  readonly held: number;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly onChange: (typed: string) => void;
  readonly onBlur: () => void;
}

/**
 * A number field that keeps what was typed, to the letter: a native one answers junk such as `1e5` or `-` with an empty
 * text, which would look like an emptied field. Arrow and page keys step as in a native one.
 */
export function CountInput({
  templateId,
  labelledBy,
  describedBy,
  value,
  isInvalid,
  isLocked,
  held,
  inputRef,
  onChange,
  onBlur,
}: CountInputProps) {
  const count = countOrNull(value);

  function step(by: number) {
    if (!isLocked) onChange(stepCount(value, by, held));
  }

  function pressed(event: KeyboardEvent) {
    const by = steps.get(event.key);
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    step(by);
  }

  return (
    <span className={classes['field']} data-invalid={isInvalid} data-locked={isLocked}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={text.editor.form.less(templateId)}
        disabled={isLocked || count === 0}
        onClick={() => step(-1)}
      >
        −
      </button>
      <input
        ref={inputRef}
        type="text"
        inputMode="numeric"
        role="spinbutton"
        autoComplete="off"
        spellCheck={false}
        aria-labelledby={labelledBy}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-valuemin={0}
        aria-valuemax={MAX_REPLICAS}
        aria-valuenow={count ?? undefined}
        value={value}
        readOnly={isLocked}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={onBlur}
        onKeyDown={pressed}
      />
      <button
        type="button"
        tabIndex={-1}
        aria-label={text.editor.form.more(templateId)}
        disabled={isLocked}
        onClick={() => step(1)}
      >
        +
      </button>
    </span>
  );
}

const steps: ReadonlyMap<string, number> = new Map([
  ['ArrowUp', 1],
  ['ArrowDown', -1],
  ['PageUp', 10],
  ['PageDown', -10],
]);
