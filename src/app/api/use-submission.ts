import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { WantedChange } from '../../domain/change.ts';
import { useConsole } from './console.tsx';
import { isNews, LOOK_EVERY, lookAgain, send, standingOf, type Submission } from './submission.ts';

export interface UseSubmission {
  readonly submission: Submission;
  /** Sends a change under a new id. While one is on its way or not settled, another is not sent: false. */
  submit(wanted: WantedChange): boolean;
  /** Looks at what came of an unsettled change now. */
  checkAgain(): void;
  /** Sends a change that never arrived once more, under the same id. */
  sendAgain(): void;
  /** Takes up a change that was sent before, as after a reload. */
  resume(id: string, wanted: WantedChange): void;
  reset(): void;
}

/**
 * One change after the other, each sent once under an id of its own. The page never sends again by itself; it only
 * looks, and goes on looking while nobody knows what came of it. `onSent` hears of every change's id before it is sent.
 */
export function useSubmission(onSent?: (id: string, wanted: WantedChange) => void): UseSubmission {
  const { api, ids } = useConsole();
  const client = useQueryClient();
  const [submission, setSubmission] = useState<Submission>({ phase: 'idle' });
  // Read by handlers that run twice before the next drawing, as in a double click.
  const latest = useRef<Submission>(submission);

  function put(next: Submission) {
    latest.current = next;
    setSubmission(next);
  }

  const mutation = useMutation({
    mutationFn: ({ id, wanted, sending }: { id: string; wanted: WantedChange; sending: boolean }) =>
      sending ? send(api, id, wanted) : lookAgain(api, id, wanted),
    onSuccess: (next) => {
      if (isNews(latest.current, next)) put(next);
      // It may be that nobody is signed in any more.
      if (next.phase === 'refused') void client.invalidateQueries({ queryKey: ['session'] });
      if (standingOf(next) !== 'settled') return;
      void client.invalidateQueries({ queryKey: ['fleet'] });
      void client.invalidateQueries({ queryKey: ['changes'] });
    },
  });
  const { mutate } = mutation;

  function start(id: string, wanted: WantedChange) {
    onSent?.(id, wanted);
    put({ phase: 'sending', id, wanted });
    mutate({ id, wanted, sending: true });
  }

  function checkAgain() {
    const now = latest.current;
    if (now.phase === 'idle' || standingOf(now) !== 'unsettled') return;
    mutate({ id: now.id, wanted: now.wanted, sending: false });
  }

  const isUnsettled = standingOf(submission) === 'unsettled';
  useEffect(() => {
    if (!isUnsettled || submission.phase === 'idle') return undefined;
    const { id, wanted } = submission;
    const timer = setInterval(() => mutate({ id, wanted, sending: false }), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [isUnsettled, submission, mutate]);

  return {
    submission,
    submit(wanted) {
      const standing = standingOf(latest.current);
      if (standing === 'busy' || standing === 'unsettled') return false;
      start(ids(), wanted);
      return true;
    },
    checkAgain,
    sendAgain() {
      const now = latest.current;
      if (now.phase === 'never-arrived') start(now.id, now.wanted);
    },
    resume(id, wanted) {
      put({ phase: 'unanswered', id, wanted, detail: '' });
      mutate({ id, wanted, sending: false });
    },
    reset() {
      if (standingOf(latest.current) !== 'busy') put({ phase: 'idle' });
    },
  };
}
