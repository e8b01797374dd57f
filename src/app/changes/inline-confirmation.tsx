import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { text } from '../text/text.ts';
import classes from './inline-confirmation.module.css';

interface InlineConfirmationProps {
  readonly start: string;
  readonly question: string;
  readonly yes: string;
  readonly onConfirm: () => void;
  /** Every new object opens the question at once, as for somebody whom a link brought here for it. */
  readonly asked?: object | null;
  /** Whether it is what most people are here for, and looks so. */
  readonly isMain?: boolean;
}

/** A button that asks for confirmation in place. The question comes first, so that a double click confirms nothing. */
export function InlineConfirmation({
  start,
  question,
  yes,
  onConfirm,
  asked = null,
  isMain = false,
}: InlineConfirmationProps) {
  const [step, setStep] = useState<'closed' | 'asking' | 'closed-again'>('closed');
  const [lastAsked, setLastAsked] = useState<object | null>(null);
  if (asked !== lastAsked) {
    setLastAsked(asked);
    if (asked !== null) setStep('asking');
  }
  const confirm = useRef<HTMLButtonElement>(null);
  const keep = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Not the confirming button: the key that led here may still be held down.
    if (step === 'asking') (lastAsked === null ? confirm : keep).current?.focus();
    if (step === 'closed-again') opener.current?.focus();
  }, [step, lastAsked]);

  if (step !== 'asking') {
    return (
      <span>
        <Button
          ref={opener}
          size="compact-sm"
          variant={isMain ? 'filled' : 'default'}
          onClick={() => setStep('asking')}
        >
          {start}
        </Button>
      </span>
    );
  }
  return (
    <span className="actions-row">
      <span className={classes['question']}>{question}</span>
      <Button
        ref={confirm}
        size="compact-sm"
        onClick={() => {
          setStep('closed-again');
          onConfirm();
        }}
      >
        {yes}
      </Button>
      <Button ref={keep} size="compact-sm" variant="default" onClick={() => setStep('closed-again')}>
        {text.remove.release.no}
      </Button>
    </span>
  );
}
