import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { text } from '../text/text.ts';
import classes from './inline-confirmation.module.css';

interface InlineConfirmationProps {
  readonly start: string;
  readonly question: string;
  readonly yes: string;
  readonly onConfirm: () => void;
}

/** A button that asks for confirmation in place. The question comes first, so that a double click confirms nothing. */
export function InlineConfirmation({ start, question, yes, onConfirm }: InlineConfirmationProps) {
  const [step, setStep] = useState<'closed' | 'asking' | 'closed-again'>('closed');
  const confirm = useRef<HTMLButtonElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (step === 'asking') confirm.current?.focus();
    if (step === 'closed-again') opener.current?.focus();
  }, [step]);

  if (step !== 'asking') {
    return (
      <span>
        <Button ref={opener} size="compact-sm" variant="default" onClick={() => setStep('asking')}>
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
      <Button size="compact-sm" variant="default" onClick={() => setStep('closed-again')}>
        {text.remove.release.no}
      </Button>
    </span>
  );
}
