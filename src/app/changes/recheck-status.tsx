import { useState } from 'react';
import { submissionStatusOf, type Submission } from './submission.ts';
import { text } from '../text/text.ts';
import { clockSecondsText } from '../ui/time-text.ts';

/** Looking again at what came of a change, and what to say of a look that showed nothing new; empty while there is none. */
export interface Recheck {
  readonly status: string;
  check(): void;
}

/** Answers each press of "Check again" once: the page looks by itself too, and that would be read out for ever. */
export function useRecheck(submission: Submission, checkAgain: () => void): Recheck {
  const [pressed, setPressed] = useState<{ readonly on: Submission; readonly status: string } | null>(null);
  const isUnsettled = submissionStatusOf(submission) === 'unsettled';
  if (pressed !== null && pressed.status === '' && pressed.on !== submission && isUnsettled) {
    setPressed({ on: submission, status: lookedText(submission) });
  }
  return {
    status: isUnsettled ? (pressed?.status ?? '') : '',
    check() {
      setPressed({ on: submission, status: '' });
      checkAgain();
    },
  };
}

/** The line that answers; it is there before it says anything, so that it is read out. */
export function RecheckStatus({ status }: Pick<Recheck, 'status'>) {
  return (
    <p role="status" className="quiet">
      {status}
    </p>
  );
}

function lookedText(submission: Submission): string {
  const words = text.remove.lookedAgain;
  if (submission.phase === 'unanswered') return words.consoleSilent;
  const result = submission.phase === 'answered' ? submission.change.result : null;
  return result?.kind === 'unknown' && result.lookedAt !== null
    ? words.notSeen(clockSecondsText(result.lookedAt))
    : words.notYet;
}
