import type { Api } from '../../app/api/client.ts';
import {
  shouldReplaceSubmission,
  RECHECK_INTERVAL_MS,
  recheckChange,
  submitChange,
  submissionStatusOf,
  type Submission,
} from '../../app/changes/submission.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { ModelClock } from './model-clock.ts';

/** The submission hook without React: sends one change at a time, each once, and polls unsettled ones. Keep in step with `app/changes/use-submission.ts`. */
export interface Submitter {
  current(): Submission;
  submit(wanted: ChangeRequest): boolean;
  checkAgain(): void;
  sendAgain(): void;
  resume(id: string, wanted: ChangeRequest): void;
  reset(): void;
  close(): void;
}

export function createSubmitter(parts: {
  readonly api: Api;
  readonly ids: () => string;
  readonly clock: ModelClock;
  readonly onSent: (id: string, wanted: ChangeRequest) => void;
  /** Called with every state that the page shows. */
  readonly onShown: (submission: Submission) => void;
  readonly onSettled: () => void;
}): Submitter {
  const { api, ids, clock } = parts;
  let submission: Submission = { phase: 'idle' };
  let isClosed = false;
  let cancelCheck: () => void = () => undefined;

  function show(next: Submission) {
    submission = next;
    cancelCheck();
    if (submissionStatusOf(next) === 'unsettled') scheduleCheck();
    parts.onShown(next);
  }

  function scheduleCheck() {
    cancelCheck = clock.after(RECHECK_INTERVAL_MS, () => {
      scheduleCheck();
      checkAgain();
    });
  }

  async function run(id: string, wanted: ChangeRequest, isNew: boolean) {
    const next = await (isNew ? submitChange(api, id, wanted) : recheckChange(api, id, wanted));
    clock.noteActivity();
    if (isClosed) return;
    if (shouldReplaceSubmission(submission, next)) show(next);
    if (submissionStatusOf(next) === 'settled') parts.onSettled();
  }

  function start(id: string, wanted: ChangeRequest) {
    parts.onSent(id, wanted);
    show({ phase: 'sending', id, wanted });
    void run(id, wanted, true);
  }

  function checkAgain() {
    if (submission.phase === 'idle' || submissionStatusOf(submission) !== 'unsettled') return;
    void run(submission.id, submission.wanted, false);
  }

  return {
    current: () => submission,
    submit(wanted) {
      const status = submissionStatusOf(submission);
      if (status === 'busy' || status === 'unsettled') return false;
      start(ids(), wanted);
      return true;
    },
    checkAgain,
    sendAgain() {
      if (submission.phase === 'never-arrived') start(ids(), submission.wanted);
    },
    resume(id, wanted) {
      show({ phase: 'unanswered', id, wanted, detail: '' });
      void run(id, wanted, false);
    },
    reset() {
      if (submissionStatusOf(submission) !== 'busy') show({ phase: 'idle' });
    },
    close() {
      isClosed = true;
      cancelCheck();
    },
  };
}
