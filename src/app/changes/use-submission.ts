import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ChangeRequest } from '../../domain/change.ts';
import { useConsole } from '../api/console.tsx';
import { queryKeys } from '../api/query-keys.ts';
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
  /** Sends a change under a new id. False, and nothing is sent, while another change is being sent or is unsettled. */
  submit(wanted: ChangeRequest): boolean;
  /** Looks up the outcome of an unsettled change now. */
  checkAgain(): void;
  /** Sends a change that never arrived again, as a new one: the console refuses the id that was given up. */
  resend(): void;
  /** Continues with a change that was sent before, for example before a reload: looks up its outcome. */
  resume(id: string, wanted: ChangeRequest): void;
  reset(): void;
}

/**
 * Sends changes one after the other, each once and under its own id. The page never resends by itself: it looks the
 * outcome up, and repeats that while the outcome is not known. `onBeforeSend` is called just before a change is sent.
 */
export function useSubmission(onBeforeSend?: (id: string, wanted: ChangeRequest) => void): UseSubmission {
  const { api, ids, live } = useConsole();
  const client = useQueryClient();
  const [submission, setSubmission] = useState<Submission>({ phase: 'idle' });
  // For handlers that run twice before the next render, as on a double click.
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
      // The session may have ended.
      if (next.phase === 'refused') void client.invalidateQueries({ queryKey: queryKeys.session });
      if (submissionStatusOf(next) !== 'settled') return;
      void live.refresh();
      // No event announces a change, so the lists of changes are fetched again.
      void client.invalidateQueries({ queryKey: queryKeys.changes.all });
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
      const status = submissionStatusOf(latest.current);
      if (status === 'busy' || status === 'unsettled') return false;
      start(ids(), wanted);
      return true;
    },
    checkAgain,
    resend() {
      const now = latest.current;
      if (now.phase === 'never-arrived') start(ids(), now.wanted);
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
