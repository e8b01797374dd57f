import * as z from 'zod/mini';
import type { Outcome } from '../../domain/outcome.ts';
import { BLOCKED, isNoSuchRoute } from './messages.ts';
import { outcomeWithoutReply, type NoReplyReason } from './no-reply.ts';
import type { Reply } from './reply.ts';
import { parseJson } from '../exact-json.ts';

const stopReply = z.object({ stopped: z.boolean() });

/**
 * The outcome of stopping a job (fact 24): `{"stopped":true}`, or false for a job that had already ended; 404 for one
 * that Ray doesn't know. Any other reply is `unknown`: the job may have been stopped before Ray's handler failed.
 */
export function readStopOutcome(reply: Reply | NoReplyReason, submissionId: string): Outcome {
  if (typeof reply === 'string') return outcomeWithoutReply(reply);
  const text = reply.text.trim();
  if (reply.status === 405 && text === BLOCKED) return { kind: 'blocked' };
  if (reply.status === 404 && text === `Job ${submissionId} does not exist`) return { kind: 'not-found' };
  if (isNoSuchRoute(text)) return { kind: 'invalid', message: text };
  let json: unknown;
  try {
    json = parseJson(reply.text);
  } catch {
    return { kind: 'unknown', cause: reply.status === 200 || /^\s*</.test(reply.text) ? 'not-ray' : 'traceback' };
  }
  const read = stopReply.safeParse(json);
  if (reply.status !== 200 || !read.success) return { kind: 'unknown', cause: 'unreadable' };
  return read.data.stopped ? { kind: 'applied', revision: null, members: null } : { kind: 'already-ended' };
}
