import { useState } from 'react';
import { submissionStatusOf, type Submission } from './submission.ts';
import { text } from '../text/text.ts';
import { clockSecondsText } from '../ui/time-text.ts';

/** Looking up an outcome again. `status`: what to say when that brought nothing new; empty otherwise. */
export interface Recheck {
  readonly status: string;
  check(): void;
}

/** Responds once to each press of "Check again": the page also looks by itself, which must not be announced each time. */
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

/** The status line; it exists before it has content, so that screen readers announce it. */
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
