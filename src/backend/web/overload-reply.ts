import type { ProblemCode } from '../../contract/problem.ts';
import { problemReply } from './problem-reply.ts';

/** Refuses one thing more, as so many of this person's (429) or of everybody's (503) are under way. */
export function overloadReply(
  whose: 'person' | 'all',
  limit: {
    readonly problem: ProblemCode;
    /** What this person has under way, such as `12 reads of usage`. */
    readonly own: string;
    /** What all have, as a sentence without its stop. */
    readonly all: string;
    /** When to ask again, s. */
    readonly retryAfter: number;
  },
): Response {
  const headers = { 'Retry-After': String(limit.retryAfter) };
  switch (whose) {
    case 'person':
      return problemReply(429, limit.problem, `You have ${limit.own} under way. Wait until one has ended.`, headers);
    case 'all':
      return problemReply(503, limit.problem, `${limit.all}. Try again in a while.`, headers);
  }
}
