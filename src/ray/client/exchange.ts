import type { Clock } from '../../clock.ts';
import type { TextSink } from '../stream/json-cutter.ts';
import { neverYields, type Yielder } from './yielder.ts';
import type { NoReplyReason } from '../decode/write-outcome.ts';
import type { Reply } from '../decode/reply.ts';
import type { RayReply, RayTransport } from './transport.ts';

/** A reply with its weight, or why there is none. `detail` is one line for logs. */
export type Exchange =
  | { readonly ok: true; readonly reply: Reply; readonly bytes: number }
  | { readonly ok: false; readonly why: NoReplyReason; readonly detail: string };

/**
 * Sends one request once and reads its whole reply, within so many bytes and milliseconds. Never rejects.
 * The request is built from scratch: a browser's headers would make Ray refuse it (fact 13); redirects are refused,
 * since Ray gives none. A good reply goes through `intake` as it comes, and its text is what that leaves; `yieldToEventLoop`
 * lets others go first now and then, `way` whoever is more urgent whenever there is somebody.
 */
export async function exchange(
  transport: RayTransport,
  clock: Clock,
  request: { readonly url: URL; readonly method: string; readonly body: string | null; readonly userAgent: string },
  bounds: { readonly bytes: number; readonly ms: number },
  {
    intake = wholeText(),
    yieldToEventLoop,
    way = neverYields,
  }: { readonly intake?: TextSink; readonly yieldToEventLoop: () => Promise<void>; readonly way?: Yielder },
): Promise<Exchange> {
  const abort = new AbortController();
  let cancel = () => {};
  const late = new Promise<Exchange>((resolve) => {
    cancel = clock.after(bounds.ms, () => {
      // First the answer, then the abort: the fetch's own failure must not come before it.
      resolve({ ok: false, why: 'timed-out', detail: `no whole answer in ${String(bounds.ms)} ms` });
      abort.abort();
    });
  });
  try {
    return await Promise.race([late, send()]);
  } finally {
    cancel();
  }

  async function send(): Promise<Exchange> {
    try {
      const { url, method, body, userAgent } = request;
      const headers = {
        'User-Agent': userAgent,
        Accept: 'application/json',
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      };
      const reply = await transport({ url, method, headers, body, signal: abort.signal });
      if (reply.status >= 300 && reply.status < 400) {
        abort.abort();
        return { ok: false, why: 'not-ray', detail: `redirected (${String(reply.status)})` };
      }
      return await readBody(reply, bounds.bytes, abort, {
        intake: reply.status === 200 ? intake : wholeText(),
        yieldToEventLoop,
        way,
      });
    } catch (error) {
      return { ok: false, ...classifyNetworkError(error) };
    }
  }
}

/** Takes a text as it is. */
function wholeText(): TextSink {
  const parts: string[] = [];
  return { push: (part) => void parts.push(part), end: () => parts.join('') };
}

/** So many bytes are worked on at one go. */
const YIELD_EVERY_BYTES = 256 * 1024;

async function readBody(
  { status, header, body }: RayReply,
  limit: number,
  abort: AbortController,
  {
    intake,
    yieldToEventLoop,
    way,
  }: { readonly intake: TextSink; readonly yieldToEventLoop: () => Promise<void>; readonly way: Yielder },
): Promise<Exchange> {
  const tooLarge: Exchange = { ok: false, why: 'too-large', detail: `more than ${String(limit)} bytes` };
  if (Number(header('Content-Length') ?? 0) > limit) {
    abort.abort();
    return tooLarge;
  }
  const decode = createDecoder();
  let bytes = 0;
  let breathed = 0;
  try {
    for await (const value of body) {
      bytes += value.byteLength;
      if (bytes > limit) {
        abort.abort();
        return tooLarge;
      }
      for (let from = 0; from < value.byteLength; from += YIELD_EVERY_BYTES) {
        const part = value.subarray(from, from + YIELD_EVERY_BYTES);
        if (way.shouldYield()) await way.waitForTurn();
        if (bytes - breathed > YIELD_EVERY_BYTES) {
          breathed = bytes;
          await yieldToEventLoop();
        }
        intake.push(decode(part, false));
      }
    }
    intake.push(decode(NO_BYTES, true));
  } catch (error) {
    if (!(error instanceof InvalidUtf8)) throw error;
    abort.abort();
    return { ok: false, why: 'unreadable', detail: 'not UTF-8' };
  }
  return { ok: true, reply: { status, contentType: header('Content-Type') ?? '', text: intake.end() }, bytes };
}

class InvalidUtf8 extends Error {}

const NO_BYTES = new Uint8Array();

/**
 * Decodes bytes that come in parts; what ends in the middle of a letter waits for the rest of it. By whole letters,
 * since a decoder that streams is several times slower, and makes a text of two bytes a letter.
 */
function createDecoder(): (part: Uint8Array, isLast: boolean) => string {
  let rest = NO_BYTES;
  let decoder = new TextDecoder('utf-8', { fatal: true });
  return (part, isLast) => {
    const bytes = rest.byteLength === 0 ? part : concatBytes(rest, part);
    const end = isLast ? bytes.byteLength : endOfLetters(bytes);
    rest = bytes.slice(end);
    if (end === 0) return '';
    try {
      return decoder.decode(bytes.subarray(0, end));
    } catch {
      throw new InvalidUtf8();
    } finally {
      // Only at the very beginning is a byte order mark none of the text.
      decoder = laterDecoder;
    }
  };
}

const laterDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function concatBytes(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.byteLength + other.byteLength);
  both.set(one);
  both.set(other, one.byteLength);
  return both;
}

/** Where the last whole letter ends: before a first byte of several that has not got all of them. */
function endOfLetters(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? length - back : length;
  }
  return length;
}

/** Only before a connection exists. */
const beforeConnection = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'UND_ERR_CONNECT_TIMEOUT']);
/** Node's names for a handshake that failed, which the request waits for. Other TLS errors may come after it was sent. */
const untrusted = /^(?:ERR_TLS_|CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_|UNABLE_TO_|ERR_SSL_WRONG_VERSION_NUMBER$)/;
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * What a fetch's failure tells. `never-sent` only where Node's cause says that no connection came about: by its code,
 * or by a system call that is `connect`. Everything else may have arrived: `cut`.
 */
export function classifyNetworkError(error: unknown): { readonly why: NoReplyReason; readonly detail: string } {
  const cause = error instanceof Error ? error.cause : undefined;
  const detail = describe(cause ?? error);
  if (neverSent(cause)) return { why: 'never-sent', detail };
  return { why: timeouts.has(field(cause, 'code')) ? 'timed-out' : 'cut', detail };
}

function neverSent(cause: unknown): boolean {
  // Several addresses were tried: each must have failed before it was connected.
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(neverSent);
  const code = field(cause, 'code');
  return beforeConnection.has(code) || untrusted.test(code) || field(cause, 'syscall') === 'connect';
}

function field(value: unknown, name: 'code' | 'syscall'): string {
  if (typeof value !== 'object' || value === null || !(name in value)) return '';
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return typeof found === 'string' ? found : '';
}

function describe(value: unknown): string {
  const code = field(value, 'code');
  const message = value instanceof Error ? value.message : 'the request failed';
  return `${code} ${message}`.trim().split('\n')[0]?.slice(0, 300) ?? '';
}
