import { useState } from 'react';
import { standingOf, type Submission } from '../api/submission.ts';
import { text } from '../text/text.ts';
import { clockSecondsText } from '../ui/time.ts';

/** Looking again at what came of a change, and what to say of a look that showed nothing new; empty while there is none. */
export interface LookedAgain {
  readonly said: string;
  check(): void;
}

/** Answers each press of "Check again" once: the page looks by itself too, and that would be read out for ever. */
export function useLookedAgain(submission: Submission, checkAgain: () => void): LookedAgain {
  const [pressed, setPressed] = useState<{ readonly on: Submission; readonly said: string } | null>(null);
  const isUnsettled = standingOf(submission) === 'unsettled';
  if (pressed !== null && pressed.said === '' && pressed.on !== submission && isUnsettled) {
    setPressed({ on: submission, said: lookedText(submission) });
  }
  return {
    said: isUnsettled ? (pressed?.said ?? '') : '',
    check() {
      setPressed({ on: submission, said: '' });
      checkAgain();
    },
  };
}

/** The line that answers; it is there before it says anything, so that it is read out. */
export function LookedAgainLine({ said }: Pick<LookedAgain, 'said'>) {
  return (
    <p role="status" className="quiet">
      {said}
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
