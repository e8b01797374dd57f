import type { Result } from './result.ts';
import type { UnknownReason } from './sourced.ts';

/** How long a change whose outcome can't be known stays in Needs attention, ms: a day, so that whoever made it sees it. */
export const UNKNOWABLE_SHOWN_MS = 24 * 60 * 60 * 1_000;

/** Whether nobody can know what became of a change, since that time or later, ms since 1970. */
export function isUnknowableSince(
  { result, settledAt }: { readonly result: Result | null; readonly settledAt: number | null },
  since: number,
): boolean {
  return result?.kind === 'cannot-be-known' && settledAt !== null && settledAt >= since;
}

/**
 * Whether a source fails for as long as the fleet and this Ray are what they are: reading it again mends nothing, and so it waits for
 * nobody.
 */
export function isLasting(reason: UnknownReason): boolean {
  switch (reason) {
    case 'truncated':
    case 'too-large':
    case 'not-offered':
      return true;
    case 'not-read-yet':
    case 'node-full':
    case 'failed':
    case 'timed-out':
    case 'unreachable':
    case 'unreadable':
      return false;
  }
}
