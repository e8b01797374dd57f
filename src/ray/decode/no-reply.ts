import type { Outcome } from '../../domain/outcome.ts';

/** Why no reply of Ray's came. `never-sent`: there was no connection, so nothing happened. */
export type NoReplyReason = 'never-sent' | 'timed-out' | 'cut' | 'not-ray' | 'too-large' | 'unreadable';

/** The outcome of a write that got no reply. */
export function outcomeWithoutReply(
  why: NoReplyReason,
): Extract<Outcome, { readonly kind: 'unreachable' | 'unknown' }> {
  if (why === 'never-sent') return { kind: 'unreachable' };
  return { kind: 'unknown', cause: why === 'too-large' ? 'unreadable' : why };
}
