import type { Api } from '../app/api/client.ts';
import { isNews, LOOK_EVERY, lookAgain, send, standingOf, type Submission } from '../app/api/submission.ts';
import type { WantedChange } from '../domain/change.ts';
import type { HistoryClock } from './clock.ts';

/** `useSubmission` without React: one change after the other, each sent once; unsettled ones are looked at. */
export interface Sending {
  current(): Submission;
  submit(wanted: WantedChange): boolean;
  checkAgain(): void;
  sendAgain(): void;
  resume(id: string, wanted: WantedChange): void;
  reset(): void;
  close(): void;
}

export function createSending(parts: {
  readonly api: Api;
  readonly ids: () => string;
  readonly clock: HistoryClock;
  readonly onSent: (id: string, wanted: WantedChange) => void;
  /** Hears of everything that is shown of it. */
  readonly onShown: (submission: Submission) => void;
  readonly onSettled: () => void;
}): Sending {
  const { api, ids, clock } = parts;
  let submission: Submission = { phase: 'idle' };
  let isClosed = false;
  let cancelLook: () => void = () => undefined;

  function put(next: Submission) {
    submission = next;
    cancelLook();
    if (standingOf(next) === 'unsettled') lookLater();
    parts.onShown(next);
  }

  function lookLater() {
    cancelLook = clock.after(LOOK_EVERY, () => {
      lookLater();
      checkAgain();
    });
  }

  async function run(id: string, wanted: WantedChange, sending: boolean) {
    const next = await (sending ? send(api, id, wanted) : lookAgain(api, id, wanted));
    clock.stir();
    if (isClosed) return;
    if (isNews(submission, next)) put(next);
    if (standingOf(next) === 'settled') parts.onSettled();
  }

  function start(id: string, wanted: WantedChange) {
    parts.onSent(id, wanted);
    put({ phase: 'sending', id, wanted });
    void run(id, wanted, true);
  }

  function checkAgain() {
    if (submission.phase === 'idle' || standingOf(submission) !== 'unsettled') return;
    void run(submission.id, submission.wanted, false);
  }

  return {
    current: () => submission,
    submit(wanted) {
      const standing = standingOf(submission);
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
      if (standingOf(submission) !== 'busy') put({ phase: 'idle' });
    },
    close() {
      isClosed = true;
      cancelLook();
    },
  };
}
