import * as z from 'zod/mini';
import { isSettled, type Result, type ResultKind } from '../domain/result.ts';
import { change, type Change } from './change.ts';
import { time } from './values.ts';

/** The outcomes that the journal filters by; `open`: no final result yet. */
export type JournalOutcome = 'open' | Exclude<ResultKind, 'unknown' | 'waiting'>;

const outcomes: Record<JournalOutcome, true> = {
  open: true,
  applied: true,
  conflict: true,
  shortage: true,
  mismatch: true,
  'in-use': true,
  'not-found': true,
  'already-ended': true,
  cancelled: true,
  invalid: true,
  blocked: true,
  unreachable: true,
  'not-applied': true,
  'cannot-be-known': true,
};

export function isJournalOutcome(text: string): text is JournalOutcome {
  return Object.hasOwn(outcomes, text);
}

/** All outcomes, in the order of the filter's options. */
export const journalOutcomes: readonly JournalOutcome[] = Object.keys(outcomes).filter(isJournalOutcome);

export function journalOutcomeOf(result: Result | null): JournalOutcome {
  if (result === null || result.kind === 'unknown' || result.kind === 'waiting' || !isSettled(result)) return 'open';
  return result.kind;
}

/**
 * Filters of the journal; one that is left out matches every change. `cluster`: includes its job clusters. `outcome`:
 * any of these. `since` and `until`: asked at or after, and before; ms since 1970.
 */
export interface JournalQuery {
  readonly cluster?: string;
  readonly who?: string;
  readonly outcome?: readonly JournalOutcome[];
  readonly since?: number;
  readonly until?: number;
}

/**
 * `GET /api/changes`: newest first. `total`: how many match, over all pages. `next`: the offset of the next page, which is bounded in
 * bytes as well as in changes; null after the last. `kept`: how far back the console remembers;
 * `durable`: in a file, over restarts, rather than in memory.
 */
export const changeList = z.object({
  changes: z.array(change),
  total: z.number(),
  next: z.nullable(z.number()),
  kept: z.object({ since: time, most: z.number(), days: z.number(), durable: z.boolean() }),
});
export type ChangeList = Readonly<Omit<z.infer<typeof changeList>, 'changes'>> & {
  readonly changes: readonly Change[];
};
