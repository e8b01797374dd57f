import * as z from 'zod/mini';
import type { UnknownReason } from '../../domain/sourced.ts';
import type { TextSink } from '../stream/json-cutter.ts';
import {
  hasTraceback,
  SERVER_ERROR_TEXT,
  isMissingStatusCode,
  isNodeFull,
  isNoSuchRoute,
  lastLine,
} from './messages.ts';
import { parseJson } from '../exact-json.ts';

/** An answer as it came. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

/** What a reply says, or why it says nothing. `detail` is one line for logs, never a traceback. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: UnknownReason; readonly detail: string };

/** Reads one good answer as it comes; `read` gets it with what the intake left of its text. */
export interface ReplyReader<T> {
  readonly sink: TextSink;
  read(reply: Reply): Parsed<T>;
}

export function failed(reason: UnknownReason, detail: string): Parsed<never> {
  return { ok: false, reason, detail };
}

/** The envelope of every JSON answer of Ray's but jobs and version. */
export const envelope = z.object({ result: z.boolean(), msg: z.string(), data: z.unknown() });

/**
 * The JSON of a good answer. A failure of Ray's own is told by its message, not by its status (fact 1):
 * `node-full` (fact 18), `not-offered` for a route that this Ray lacks or whose handler can't answer at all (fact 26),
 * else `failed`. Whatever Ray doesn't say (HTML, broken JSON) is `unreadable`.
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

/** A good answer's JSON by its schema: one malformed row and the whole reading is `unreadable`, never half a truth. */
export function parseReply<T>(schema: z.ZodMiniType<T>, reply: Reply): Parsed<T> {
  const json = readJson(reply);
  if (!json.ok) return json;
  return validate(schema, json.value);
}

/** A value by its schema; what is wrong with it is said with where. `within`: where the value itself is from. */
export function validate<T>(schema: z.ZodMiniType<T>, json: unknown, within = ''): Parsed<T> {
  const checked = schema.safeParse(json);
  if (checked.success) return { ok: true, value: checked.data };
  const issue = checked.error.issues[0];
  return failed(
    'unreadable',
    `wrong shape at ${within}${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`.slice(0, 300),
  );
}

/** A JSON object whose keys are data. Not `z.record`: that costs ten times as much over 100,000 nodes. */
export const dictionary = z.custom<Readonly<Record<string, unknown>>>(isObject, 'not an object');

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
