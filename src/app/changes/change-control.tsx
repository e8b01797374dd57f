import { Button } from '@mantine/core';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { denialReason } from '../api/denial-reason.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Result } from '../../domain/result.ts';
import { useSession } from '../api/console.tsx';
import { submissionStatusOf, type Submission } from './submission.ts';
import { useSubmission } from './use-submission.ts';
import { MovedNodes } from './moved-nodes.tsx';
import { text } from '../text/text.ts';
import classes from './change-control.module.css';
import { InlineConfirmation } from './inline-confirmation.tsx';
import { RecheckStatus, useRecheck } from './recheck-status.tsx';

/** Lets a parent send the change too, as "release all" does. */
export interface ChangeHandle {
  send(): void;
}

/** A result whose outcome is known. */
export type KnownResult = Exclude<Result, { readonly kind: 'unknown' }>;

/** What is shown at each step. */
interface ChangeWords {
  readonly start: string;
  readonly question: string;
  readonly yes: string;
  readonly sending: string;
  readonly unknown: string;
  readonly neverArrived: string;
  readonly refused: (why: string) => string;
  /** Of a known result; `isDone`: nothing is left to do. */
  readonly settled: (result: KnownResult) => { readonly words: string; readonly isDone: boolean };
}

interface ChangeControlProps {
  readonly ref?: Ref<ChangeHandle>;
  readonly wanted: ChangeRequest;
  readonly words: ChangeWords;
  /** Whether the change can still be requested; the outcome of an earlier request stays in any case. */
  readonly isAvailable: boolean;
  readonly onStart: () => void;
  /** Every new object opens the question at once. */
  readonly asked?: object | null;
}

/** A small change that is confirmed in place and shows its outcome in place. */
export function ChangeControl({ ref, wanted, words, isAvailable, onStart, asked = null }: ChangeControlProps) {
  const session = useSession();
  const { submission, submit, checkAgain, resend } = useSubmission(onStart);
  const recheck = useRecheck(submission, checkAgain);
  const statusLine = useRef<HTMLParagraphElement>(null);
  const status = submissionStatusOf(submission);
  const outcome = wordsFor(submission, words);
  const send = () => void submit(wanted);
  useImperativeHandle(ref, () => ({ send }));

  // The button that was pressed has gone: the focus moves to the status in its place.
  useEffect(() => {
    if (status === 'busy') statusLine.current?.focus();
  }, [status]);

  const canRequest =
    status === 'idle' || (status === 'settled' && outcome?.isDone !== true && submission.phase !== 'never-arrived');
  return (
    <div className={classes['control']}>
      {canRequest && isAvailable && session !== null && denialReason(session, wanted.clusterId) === null && (
        <InlineConfirmation
          start={words.start}
          question={words.question}
          yes={words.yes}
          onConfirm={send}
          asked={asked}
        />
      )}
      {submission.phase === 'never-arrived' && (
        <Button size="compact-sm" variant="default" onClick={resend}>
          {text.remove.neverArrived.again}
        </Button>
      )}
      <p ref={statusLine} tabIndex={-1} role="status" className={classes['status']}>
        {status === 'busy' ? words.sending : outcome?.words}
      </p>
      {status === 'unsettled' && (
        <>
          <Button size="compact-sm" variant="default" onClick={() => recheck.check()}>
            {text.remove.release.checkAgain}
          </Button>
          <RecheckStatus status={recheck.status} />
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
