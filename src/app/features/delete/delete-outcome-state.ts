import type { Change } from '../../../contract/change.ts';
import type { Result } from '../../../domain/result.ts';
import type { Submission } from '../../changes/submission.ts';

/** What became of a delete, as the panel shows it. */
export type DeleteOutcomeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'sending' }
  | { readonly kind: 'applied'; readonly change: Change }
  | { readonly kind: 'in-use' }
  /** It was not there any more. */
  | { readonly kind: 'not-found' }
  /** Sent, and nobody knows yet: never shown as failed. `result` null: queued, or the console didn't answer (`consoleSaid`). */
  | {
      readonly kind: 'not-known';
      readonly result: Extract<Result, { kind: 'unknown' }> | null;
      readonly consoleSaid: string | null;
    }
  | { readonly kind: 'never-arrived' }
  | { readonly kind: 'console-refused'; readonly detail: string }
  /** Ray said no, or nothing was sent: the result's own words say which. */
  | { readonly kind: 'refused'; readonly result: Result };

/** Which of them a submission stands for. */
export function deleteOutcomeStateOf(submission: Submission): DeleteOutcomeState {
  switch (submission.phase) {
    case 'idle':
      return { kind: 'none' };
    case 'sending':
      return { kind: 'sending' };
    case 'unanswered':
      return { kind: 'not-known', result: null, consoleSaid: submission.detail === '' ? null : submission.detail };
    case 'never-arrived':
      return { kind: 'never-arrived' };
    case 'refused':
      return { kind: 'console-refused', detail: submission.detail };
    case 'answered': {
      const { result } = submission.change;
      if (result === null) return { kind: 'not-known', result: null, consoleSaid: null };
      switch (result.kind) {
        case 'applied':
          return { kind: 'applied', change: submission.change };
        case 'unknown':
          return { kind: 'not-known', result, consoleSaid: null };
        case 'in-use':
        case 'not-found':
          return { kind: result.kind };
        default:
          return { kind: 'refused', result };
      }
    }
  }
}
