import * as z from 'zod/mini';
import type { Outcome } from '../../domain/outcome.ts';
import { BLOCKED, isNoSuchRoute } from './messages.ts';
import { outcomeWithoutReply, type NoReplyReason } from './write-outcome.ts';
import type { Reply } from './reply.ts';
import { parseJson } from '../exact-json.ts';

const stopReply = z.object({ stopped: z.boolean() });

/**
 * What Ray made of a job's stop (fact 24): `{"stopped":true}`, or false for one that had ended; 404 for one it doesn't
 * know. Everything else tells nothing: the job may have been stopped before its handler failed.
 */
export function readStopOutcome(answer: Reply | NoReplyReason, submissionId: string): Outcome {
  if (typeof answer === 'string') return outcomeWithoutReply(answer);
  const text = answer.text.trim();
  if (answer.status === 405 && text === BLOCKED) return { kind: 'blocked' };
  if (answer.status === 404 && text === `Job ${submissionId} does not exist`) return { kind: 'not-found' };
  if (isNoSuchRoute(text)) return { kind: 'invalid', message: text };
  let json: unknown;
  try {
    json = parseJson(answer.text);
  } catch {
    return { kind: 'unknown', cause: answer.status === 200 || /^\s*</.test(answer.text) ? 'not-ray' : 'traceback' };
  }
  const read = stopReply.safeParse(json);
  if (answer.status !== 200 || !read.success) return { kind: 'unknown', cause: 'unreadable' };
  return read.data.stopped ? { kind: 'applied', revision: null, members: null } : { kind: 'already-ended' };
}
