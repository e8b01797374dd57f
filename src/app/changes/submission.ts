import type { Change } from '../../contract/change.ts';
import type { ChangeRequest } from '../../domain/change.ts';
import type { Api } from '../api/client.ts';
import { ApiError } from '../api/api-error.ts';

/** How often the page looks up the outcome of an unsettled change, ms. */
export const RECHECK_INTERVAL_MS = 4_000;

/**
 * One change on its way, as the page knows it. `answered` with a result of null or `unknown` is not settled yet: it is
 * never shown as failed.
 */
export type Submission =
  | { readonly phase: 'idle' }
  | { readonly phase: 'sending'; readonly id: string; readonly wanted: ChangeRequest }
  | { readonly phase: 'answered'; readonly id: string; readonly wanted: ChangeRequest; readonly change: Change }
  /** The console did not answer; it may or may not have sent the change to Ray. */
  | { readonly phase: 'unanswered'; readonly id: string; readonly wanted: ChangeRequest; readonly detail: string }
  /** It did not reach the console, which refuses its id from now on: nothing was or will be sent to Ray. */
  | { readonly phase: 'never-arrived'; readonly id: string; readonly wanted: ChangeRequest }
  /** The console refused it, so nothing was sent to Ray. */
  | { readonly phase: 'refused'; readonly id: string; readonly wanted: ChangeRequest; readonly detail: string };

/** `busy` while it is being sent, `unsettled` while the outcome is not known. */
export function submissionStatusOf(submission: Submission): 'idle' | 'busy' | 'unsettled' | 'settled' {
  switch (submission.phase) {
    case 'idle':
      return 'idle';
    case 'sending':
      return 'busy';
    case 'unanswered':
      return 'unsettled';
    case 'answered':
      return submission.change.result === null || submission.change.result.kind === 'unknown' ? 'unsettled' : 'settled';
    case 'never-arrived':
    case 'refused':
      return 'settled';
  }
}

/**
 * Whether an answer is to be shown: it is of the same change, and not an older look that comes late and would unsettle
 * what is settled.
 */
export function shouldReplaceSubmission(shown: Submission, answer: Submission): boolean {
  if (shown.phase === 'idle' || answer.phase === 'idle' || shown.id !== answer.id) return false;
  return (
    shown.phase !== 'answered' || submissionStatusOf(shown) !== 'settled' || submissionStatusOf(answer) === 'settled'
  );
}

/** Sends a change under its id, once. Never rejects. */
export async function submitChange(api: Api, id: string, wanted: ChangeRequest): Promise<Submission> {
  try {
    return { phase: 'answered', id, wanted, change: await api.putChange(id, wanted) };
  } catch (error) {
    const detail = error instanceof ApiError ? error.detail : String(error);
    // An unreadable reply proves nothing; only the back end's own refusal means that nothing was sent.
    if (!isRefusal(error)) return { phase: 'unanswered', id, wanted, detail };
    if (error.code === 'abandoned') return { phase: 'never-arrived', id, wanted };
    // The id is somebody's: there is nothing to give up.
    if (error.code === 'id-taken') return { phase: 'refused', id, wanted, detail };
    return afterRefusal(api, { phase: 'refused', id, wanted, detail });
  }
}

/**
 * A refusal is final only once the change is given up: a proxy that repeats requests may still deliver the first one, when
 * the console would take it.
 */
async function afterRefusal(
  api: Api,
  refused: Extract<Submission, { readonly phase: 'refused' }>,
): Promise<Submission> {
  const { id, wanted } = refused;
  try {
    const change = await api.abandonChange(id, wanted.clusterId);
    return change === null ? refused : { phase: 'answered', id, wanted, change };
  } catch (error) {
    // Somebody who may not give it up may not make it either.
    if (isRefusal(error)) return refused;
    return { phase: 'unanswered', id, wanted, detail: error instanceof ApiError ? error.detail : String(error) };
  }
}

function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.kind === 'problem' && error.code !== 'failed';
}

/**
 * Looks up the outcome of a change, and gives up one that has not reached the console, so that it can't be sent any more.
 * Never rejects, and never sends the change.
 */
export async function recheckChange(api: Api, id: string, wanted: ChangeRequest): Promise<Submission> {
  try {
    const change = (await api.change(id)) ?? (await api.abandonChange(id, wanted.clusterId));
    return change === null ? { phase: 'never-arrived', id, wanted } : { phase: 'answered', id, wanted, change };
  } catch (error) {
    return { phase: 'unanswered', id, wanted, detail: error instanceof ApiError ? error.detail : String(error) };
  }
}
