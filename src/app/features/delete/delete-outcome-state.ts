import type { Change } from '../../../contract/change.ts';
import type { Result } from '../../../domain/result.ts';
import type { Submission } from '../../changes/submission.ts';

/** The outcome of a delete, as the panel shows it. */
export type DeleteOutcomeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'applied'; readonly change: Change }
  | { readonly kind: 'in-use' }
  /** The cluster did not exist any more. */
  | { readonly kind: 'not-found' }
  /** Sent, and the outcome is not known yet: never shown as failed. `result` null: queued, or the console did not answer (`consoleMessage` says why). */
  | {
      readonly kind: 'not-known';
      readonly result: Extract<Result, { kind: 'unknown' }> | null;
      readonly consoleMessage: string | null;
    }
  | { readonly kind: 'never-arrived' }
  | { readonly kind: 'console-refused'; readonly detail: string }
  /** Ray refused it, or nothing was sent: the result's text says which. */
  | { readonly kind: 'refused'; readonly result: Result };

export function deleteOutcomeStateOf(submission: Submission): DeleteOutcomeState {
  switch (submission.phase) {
    case 'idle':
      return { kind: 'none' };
    case 'sending':
      return { kind: 'sending' };
    case 'unanswered':
      return { kind: 'not-known', result: null, consoleMessage: submission.detail === '' ? null : submission.detail };
    case 'never-arrived':
      return { kind: 'never-arrived' };
    case 'refused':
      return { kind: 'console-refused', detail: submission.detail };
    case 'answered': {
      const { result } = submission.change;
      if (result === null) return { kind: 'not-known', result: null, consoleMessage: null };
      switch (result.kind) {
        case 'applied':
          return { kind: 'applied', change: submission.change };
        case 'unknown':
          return { kind: 'not-known', result, consoleMessage: null };
        case 'in-use':
        case 'not-found':
          return { kind: result.kind };
        case 'conflict':
        case 'shortage':
        case 'mismatch':
        case 'already-ended':
        case 'waiting':
        case 'cancelled':
        case 'invalid':
        case 'blocked':
        case 'unreachable':
        case 'not-applied':
        case 'cannot-be-known':
          return { kind: 'refused', result };
      }
    }
  }
}
