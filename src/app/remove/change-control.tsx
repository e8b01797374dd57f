import { Button } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { mayNotChange } from '../../contract/rights.ts';
import type { WantedChange } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import { useSession } from '../api/console.tsx';
import { standingOf, type Submission } from '../api/submission.ts';
import { useSubmission } from '../api/use-submission.ts';
import { MovedNodes } from '../panel/moved-nodes.tsx';
import { text } from '../text/text.ts';
import classes from './change-control.module.css';
import { ConfirmInline } from './confirm-inline.tsx';
import { LookedAgainLine, useLookedAgain } from './looked-again.tsx';

/** Lets something above it send the change too, as "all at once" does. */
export interface ChangeHandle {
  send(): void;
}

/** What is said on the way. */
interface ChangeWords {
  readonly start: string;
  readonly question: string;
  readonly yes: string;
  readonly sending: string;
  readonly unknown: string;
  readonly neverArrived: string;
  readonly refused: (why: string) => string;
  /** Of a settled result; `isDone`: nothing is left to do. */
  readonly settled: (result: Result) => { readonly words: string; readonly isDone: boolean };
}

interface ChangeControlProps {
  readonly ref?: Ref<ChangeHandle>;
  readonly wanted: WantedChange;
  readonly words: ChangeWords;
  /** Whether it can still be asked for; what came of it stays in any case. */
  readonly isOffered: boolean;
  readonly onBegun: () => void;
}

/** A small change that is asked for where it stands, and says there what came of it. */
export function ChangeControl({ ref, wanted, words, isOffered, onBegun }: ChangeControlProps) {
  const session = useSession();
  const { submission, submit, checkAgain, sendAgain } = useSubmission(onBegun);
  const lookedAgain = useLookedAgain(submission, checkAgain);
  const said = useRef<HTMLParagraphElement>(null);
  const standing = standingOf(submission);
  const outcome = wordsFor(submission, words);
  const send = () => void submit(wanted);
  useImperativeHandle(ref, () => ({ send }));

  // The button that was pressed is gone: the words about it take its place.
  useEffect(() => {
    if (standing === 'busy') said.current?.focus();
  }, [standing]);

  const canAsk =
    standing === 'idle' || (standing === 'settled' && outcome?.isDone !== true && submission.phase !== 'never-arrived');
  return (
    <div className={classes['control']}>
      {canAsk && isOffered && session !== null && mayNotChange(session, wanted.clusterId) === null && (
        <ConfirmInline start={words.start} question={words.question} yes={words.yes} act={send} />
      )}
      {submission.phase === 'never-arrived' && (
        <Button size="compact-sm" variant="default" onClick={sendAgain}>
          {text.remove.neverArrived.again}
        </Button>
      )}
      <p ref={said} tabIndex={-1} role="status" className={classes['said']}>
        {standing === 'busy' ? words.sending : outcome?.words}
      </p>
      {standing === 'unsettled' && (
        <>
          <Button size="compact-sm" variant="default" onClick={() => lookedAgain.check()}>
            {text.remove.release.checkAgain}
          </Button>
          <LookedAgainLine said={lookedAgain.said} />
        </>
      )}
      {submission.phase === 'answered' &&
        submission.change.result?.kind === 'applied' &&
        submission.change.moved !== null && <MovedNodes moved={submission.change.moved} />}
    </div>
  );
}

function wordsFor(submission: Submission, words: ChangeWords): ReturnType<ChangeWords['settled']> | null {
  switch (submission.phase) {
    case 'idle':
    case 'sending':
      return null;
    case 'unanswered':
      return { words: words.unknown, isDone: false };
    case 'never-arrived':
      return { words: words.neverArrived, isDone: false };
    case 'refused':
      return { words: words.refused(submission.detail), isDone: false };
    case 'answered': {
      const { result } = submission.change;
      return result === null || result.kind === 'unknown'
        ? { words: words.unknown, isDone: false }
        : words.settled(result);
    }
  }
}
