import * as z from 'zod/mini';
import type { UnknownReason } from '../../domain/sourced.ts';
import { wholeText, type TextSink } from '../stream/text-sink.ts';
import {
  hasTraceback,
  SERVER_ERROR_TEXT,
  isMissingStatusCode,
  isNodeFull,
  isNoSuchRoute,
  lastLine,
} from './messages.ts';
import { parseJson } from '../exact-json.ts';

/** A reply as it came. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** The value of a reply, or why it has none. `detail` is one line for logs, never a traceback. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: UnknownReason; readonly detail: string };

/** Decodes one reply. A good reply's text goes through `sink` as it comes; `read` gets the reply with the text that the sink left. */
export interface ReplyReader<T> {
  readonly sink: TextSink;
  readonly read: (reply: Reply) => Parsed<T>;
}

/** A reader of a small reply, whose text is decoded in one go. */
export function wholeReply<T>(read: (reply: Reply) => Parsed<T>): ReplyReader<T> {
  return { sink: wholeText(), read };
}

export function failed(reason: UnknownReason, detail: string): Parsed<never> {
  return { ok: false, reason, detail };
}

/** The envelope of all of Ray's JSON replies but jobs and version. */
export const envelope = z.object({ result: z.boolean(), msg: z.string(), data: z.unknown() });

/**
 * The JSON of a good reply. Ray's failures are recognised by message, not by status (fact 1): `node-full` (fact 18),
 * `not-offered` for a route that this Ray lacks or whose handler always crashes (fact 26), else `failed`. What is not
 * from Ray (HTML, broken JSON) is `unreadable`.
 */
function readJson(reply: Reply): Parsed<unknown> {
  if ((reply.status === 404 || reply.status === 405) && isNoSuchRoute(reply.text)) {
    return failed('not-offered', reply.text.trim());
  }
  if (reply.status === 500 && reply.text.includes(SERVER_ERROR_TEXT)) return failed('failed', SERVER_ERROR_TEXT);
  let json: unknown;
  try {
    json = parseJson(reply.text);
  } catch {
    return failed('unreadable', `answered ${String(reply.status)} ${reply.contentType}, not JSON`);
  }
  const wrapped = envelope.safeParse(json);
  if (wrapped.success && !wrapped.data.result) return readFailure(wrapped.data.msg);
  if (reply.status !== 200) return failed('unreadable', `answered ${String(reply.status)} ${reply.contentType}`);
  return { ok: true, value: json };
}

function readFailure(message: string): Parsed<never> {
  const detail = lastLine(message);
  if (isNodeFull(message)) return failed('node-full', detail);
  if (hasTraceback(message) && isMissingStatusCode(message)) return failed('not-offered', detail);
  return failed('failed', detail);
}

/** The JSON of a good reply, validated: one malformed row makes the whole reply `unreadable`, so that no partial value is taken for all of it. */
export function parseReply<T>(schema: z.ZodMiniType<T>, reply: Reply): Parsed<T> {
  const json = readJson(reply);
  if (!json.ok) return json;
  return validate(schema, json.value);
}

/** Validates a value; the detail of a failure has its path. `within`: a prefix of that path. */
export function validate<T>(schema: z.ZodMiniType<T>, json: unknown, within = ''): Parsed<T> {
  const checked = schema.safeParse(json);
  if (checked.success) return { ok: true, value: checked.data };
  const issue = checked.error.issues[0];
  return failed(
    'unreadable',
    `wrong shape at ${within}${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 300),
  );
}

/** A JSON object whose keys are data. Not `z.record`, which takes ten times as long over 100,000 nodes. */
export const dictionary = z.custom<Readonly<Record<string, unknown>>>(isObject, 'not an object');

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
