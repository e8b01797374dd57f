import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChangeRequest } from '../../domain/change.ts';
import { useConsole } from '../api/console.tsx';
import {
  shouldReplaceSubmission,
  RECHECK_INTERVAL_MS,
  recheckChange,
  submitChange,
  submissionStatusOf,
  type Submission,
} from './submission.ts';

export interface UseSubmission {
  readonly submission: Submission;
  /** Sends a change under a new id. While one is on its way or not settled, another is not sent: false. */
  submit(wanted: ChangeRequest): boolean;
  /** Looks at what came of an unsettled change now. */
  checkAgain(): void;
  /** Sends a change that never arrived once more, under the same id. */
  resend(): void;
  /** Takes up a change that was sent before, as after a reload. */
  resume(id: string, wanted: ChangeRequest): void;
  reset(): void;
}

/**
 * One change after the other, each sent once under an id of its own. The page never sends again by itself; it only
 * looks, and goes on looking while nobody knows what came of it. `onBeforeSend` hears of every change's id before it is sent.
 */
export function useSubmission(onBeforeSend?: (id: string, wanted: ChangeRequest) => void): UseSubmission {
  const { api, ids } = useConsole();
  const client = useQueryClient();
  const [submission, setSubmission] = useState<Submission>({ phase: 'idle' });
  // Read by handlers that run twice before the next drawing, as in a double click.
  const latest = useRef<Submission>(submission);

  function setCurrent(next: Submission) {
    latest.current = next;
    setSubmission(next);
  }

  const mutation = useMutation({
    mutationFn: ({ id, wanted, sending }: { id: string; wanted: ChangeRequest; sending: boolean }) =>
      sending ? submitChange(api, id, wanted) : recheckChange(api, id, wanted),
    onSuccess: (next) => {
      if (shouldReplaceSubmission(latest.current, next)) setCurrent(next);
      // It may be that nobody is signed in any more.
      if (next.phase === 'refused') void client.invalidateQueries({ queryKey: ['session'] });
      if (submissionStatusOf(next) !== 'settled') return;
      void client.invalidateQueries({ queryKey: ['fleet'] });
      void client.invalidateQueries({ queryKey: ['changes'] });
    },
  });
  const { mutate } = mutation;

  function start(id: string, wanted: ChangeRequest) {
    onBeforeSend?.(id, wanted);
    setCurrent({ phase: 'sending', id, wanted });
    mutate({ id, wanted, sending: true });
  }

  function checkAgain() {
    const now = latest.current;
    if (now.phase === 'idle' || submissionStatusOf(now) !== 'unsettled') return;
    mutate({ id: now.id, wanted: now.wanted, sending: false });
  }

  const isUnsettled = submissionStatusOf(submission) === 'unsettled';
  useEffect(() => {
    if (!isUnsettled || submission.phase === 'idle') return undefined;
    const { id, wanted } = submission;
    const timer = setInterval(() => mutate({ id, wanted, sending: false }), RECHECK_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isUnsettled, submission, mutate]);

  return {
    submission,
    submit(wanted) {
      const standing = submissionStatusOf(latest.current);
      if (standing === 'busy' || standing === 'unsettled') return false;
      start(ids(), wanted);
      return true;
    },
    checkAgain,
    resend() {
      const now = latest.current;
      if (now.phase === 'never-arrived') start(now.id, now.wanted);
    },
    resume(id, wanted) {
      setCurrent({ phase: 'unanswered', id, wanted, detail: '' });
      mutate({ id, wanted, sending: false });
    },
    reset() {
      if (submissionStatusOf(latest.current) !== 'busy') setCurrent({ phase: 'idle' });
    },
  };
}
