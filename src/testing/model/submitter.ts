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

/** `useSubmission` without React: one change after the other, each sent once; unsettled ones are looked at. */
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
  /** Hears of everything that is shown of it. */
  readonly onShown: (submission: Submission) => void;
  readonly onSettled: () => void;
}): Submitter {
  const { api, ids, clock } = parts;
  let submission: Submission = { phase: 'idle' };
  let isClosed = false;
  let cancelLook: () => void = () => undefined;

  function put(next: Submission) {
    submission = next;
    cancelLook();
    if (submissionStatusOf(next) === 'unsettled') lookLater();
    parts.onShown(next);
  }

  function lookLater() {
    cancelLook = clock.after(RECHECK_INTERVAL_MS, () => {
      lookLater();
      checkAgain();
    });
  }

  async function run(id: string, wanted: ChangeRequest, sending: boolean) {
    const next = await (sending ? submitChange(api, id, wanted) : recheckChange(api, id, wanted));
    clock.noteActivity();
    if (isClosed) return;
    if (shouldReplaceSubmission(submission, next)) put(next);
    if (submissionStatusOf(next) === 'settled') parts.onSettled();
  }

  function start(id: string, wanted: ChangeRequest) {
    parts.onSent(id, wanted);
    put({ phase: 'sending', id, wanted });
    void run(id, wanted, true);
  }

  function checkAgain() {
    if (submission.phase === 'idle' || submissionStatusOf(submission) !== 'unsettled') return;
    void run(submission.id, submission.wanted, false);
  }

  return {
    current: () => submission,
    submit(wanted) {
      const standing = submissionStatusOf(submission);
      if (standing === 'busy' || standing === 'unsettled') return false;
      start(ids(), wanted);
      return true;
    },
    checkAgain,
    sendAgain() {
      if (submission.phase === 'never-arrived') start(submission.id, submission.wanted);
    },
    resume(id, wanted) {
      put({ phase: 'unanswered', id, wanted, detail: '' });
      void run(id, wanted, false);
    },
    reset() {
      if (submissionStatusOf(submission) !== 'busy') put({ phase: 'idle' });
    },
    close() {
      isClosed = true;
      cancelLook();
    },
  };
}
