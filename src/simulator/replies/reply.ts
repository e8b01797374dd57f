import { pythonObject, pythonString } from './python-text.ts';

/** A reply before it is sent. `parts` can be iterated repeatedly and yields the same text each time. */
export interface SimReply {
  readonly status: number;
  readonly contentType: string;
  readonly parts: Iterable<string>;
}

const jsonType = 'application/json; charset=utf-8';
const plainType = 'text/plain; charset=utf-8';

export function jsonReply(status: number, ...parts: readonly string[]): SimReply {
  return { status, contentType: jsonType, parts };
}

export function textReply(status: number, text: string): SimReply {
  return { status, contentType: plainType, parts: [text] };
}

/** Ray's envelope. Every business rejection is a 500 (fact 1). `data` is JSON. */
export function envelope(result: boolean, message: string, data: string): SimReply {
  return jsonReply(
    result ? 200 : 500,
    `{"result": ${String(result)}, "msg": ${pythonString(message)}, "data": ${data}}`,
  );
}

/** The reply of a crashed handler: a traceback in the message, no data (fact 1). */
export function crashReply(traceback: string): SimReply {
  return envelope(false, traceback, '{}');
}

/** A page of the state API: rows and counts (fact 17). */
export function statePage(
  counts: { readonly total: number; readonly afterTruncation: number; readonly filtered: number },
  rows: readonly string[],
): SimReply {
  const { total, afterTruncation, filtered } = counts;
  const parts: string[] = [
    `{"result": true, "msg": "", "data": {"result": {"total": ${String(total)}, "num_after_truncation": ${String(afterTruncation)}, "num_filtered": ${String(filtered)}, "result": [`,
  ];
  rows.forEach((row, index) => parts.push(index === 0 ? row : `, ${row}`));
  parts.push('], "partial_failure_warning": "", "warnings": null}}}');
  return jsonReply(200, ...parts);
}

/**
 * A JSON object with its members as given or rotated: Ray's replies have no stable order of members. The same
 * `variant` gives the same order.
 */
export function shuffledObject(members: readonly (readonly [key: string, json: string])[], variant: number): string {
  return pythonObject(variant % 2 === 0 ? members : rotated(members, variant));
}

function rotated<T>(items: readonly T[], variant: number): readonly T[] {
  const start = 1 + ((variant >>> 1) % Math.max(1, items.length - 1));
  return [...items.slice(start), ...items.slice(0, start)];
}

const encoder = new TextEncoder();
/** Parts are joined into chunks of about this many characters. */
const CHUNK_CHARS = 256 * 1024;

/** Converts to a `Response`; a large reply is generated while it is read. `cutShort`: it breaks off in the middle. */
export function toResponse(reply: SimReply, method: string, cutShort = false): Response {
  const init = { status: reply.status, headers: { 'Content-Type': reply.contentType } };
  if (method === 'HEAD') return new Response(null, init);
  if (cutShort) return new Response(truncatedStream(reply), init);
  const parts = reply.parts[Symbol.iterator]();
  const first = nextChunk(parts);
  if (first.done) return new Response(first.text, init);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(first.text)),
    pull(controller) {
      const next = nextChunk(parts);
      if (next.text !== '') controller.enqueue(encoder.encode(next.text));
      if (next.done) controller.close();
    },
  });
  return new Response(stream, init);
}

function nextChunk(parts: Iterator<string>): { readonly text: string; readonly done: boolean } {
  const some: string[] = [];
  let length = 0;
  while (length < CHUNK_CHARS) {
    const next = parts.next();
    if (next.done === true) return { text: some.join(''), done: true };
    some.push(next.value);
    length += next.value.length;
  }
  return { text: some.join(''), done: false };
}

function truncatedStream(reply: SimReply): ReadableStream<Uint8Array> {
  const { text } = nextChunk(reply.parts[Symbol.iterator]());
  let sent = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (!sent) controller.enqueue(encoder.encode(text.slice(0, Math.ceil(text.length / 2))));
      else controller.error(connectionReset());
      sent = true;
    },
  });
}

/** What `fetch` rejects with when the connection breaks: the request may or may not have taken effect. */
export function connectionReset(): Error {
  return fetchError('ECONNRESET', 'read');
}

/** What `fetch` rejects with when the connection is refused: nothing was sent. */
export function connectionRefused(): Error {
  return fetchError('ECONNREFUSED', 'connect');
}

function fetchError(code: string, syscall: string): Error {
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
  return new TypeError('fetch failed', { cause });
}
