import { isObject } from '../../ray/decode/reply.ts';
import type { PassThroughReply } from '../../ray/client/ray.ts';
import { hasTraceback } from '../../ray/decode/messages.ts';
import { parseJson } from '../../ray/exact-json.ts';

/** Replaces Ray's tracebacks and replies that aren't Ray's own. */
export const RAY_FAILED = '{"result":false,"msg":"Ray failed; the outcome is not known.","data":{}}';

const UNREACHABLE = '{"result":false,"msg":"Ray can not be reached; nothing was sent.","data":{}}';

/** Ray's reply unchanged, except for tracebacks and replies that aren't Ray's own. Never as HTML, whatever its Content-Type says. */
export function forwardReply(reply: PassThroughReply, isRays: boolean): Response {
  return shareReply(reply, isRays)();
}

/** The same for any number of clients: all of them share its bytes, also those that are slow to read them. */
export function shareReply(reply: PassThroughReply, isRays: boolean): () => Response {
  if (reply.kind === 'no-reply') {
    const { outcome } = reply;
    if (outcome.kind === 'unreachable') return () => rayFormReply(503, UNREACHABLE);
    if (outcome.kind === 'invalid') return () => rejection(500, outcome.message, {});
    return () => rayFormReply(500, RAY_FAILED);
  }
  if (!isRays && reply.outcome?.kind !== 'blocked') return () => rayFormReply(500, RAY_FAILED);
  const { status } = reply;
  const contentType = /^application\/json\b/i.test(reply.contentType) ? reply.contentType : 'text/plain; charset=utf-8';
  const bytes = new TextEncoder().encode(reply.text);
  return () => new Response(bytes, { status, headers: { 'Content-Type': contentType } });
}

/** Whether a reply has the form of Ray's own replies and no traceback. */
export function isRayReply(reply: PassThroughReply): boolean {
  if (reply.kind !== 'reply') return false;
  let value: unknown;
  try {
    value = parseJson(reply.text);
  } catch {
    return false;
  }
  return isObject(value) && typeof value['result'] === 'boolean' && !hasTraceback(String(value['msg']));
}

/** A refusal of the console's own, in Ray's form. */
export function rejection(status: number, msg: string, data: unknown): Response {
  return rayFormReply(status, JSON.stringify({ result: false, msg, data }));
}

function rayFormReply(status: number, text: string): Response {
  return new Response(text, { status, headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}
