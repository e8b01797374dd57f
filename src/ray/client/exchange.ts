import type { Clock } from '../../clock.ts';
import { wholeText, type TextSink } from '../stream/text-sink.ts';
import { createUtf8Decoder, InvalidUtf8 } from '../stream/utf8-decoder.ts';
import type { Mutex } from './mutex.ts';
import { neverYields, type Yielder } from './yielder.ts';
import type { NoReplyReason } from '../decode/no-reply.ts';
import { classifyNetworkError } from './network-error.ts';
import type { FailureCause } from '../../domain/sourced.ts';
import type { Reply } from '../decode/reply.ts';
import type { RayReply, RayTransport } from './transport.ts';

/** A reply with its size, or why there is none. `detail` is one line for logs. */
export type Exchange =
  | { readonly ok: true; readonly reply: Reply; readonly bytes: number }
  | { readonly ok: false; readonly why: NoReplyReason; readonly detail: string; readonly cause?: FailureCause };

/**
 * Sends one request once and reads its whole reply, within the bounds of bytes and ms. Never rejects.
 * The headers are the console's own: a browser's would make Ray refuse the request (fact 13). Redirects are refused,
 * since Ray sends none. A good reply's text goes through `sink` as it comes, and the reply has what that leaves.
 * `yieldToEventLoop` is called regularly; `yielder` decides whether to yield to more urgent requests. Reading stops as soon as
 * the reply can't be good any more. `largeReplies`: shared by all requests.
 */
export async function exchange(
  transport: RayTransport,
  clock: Clock,
  request: { readonly url: URL; readonly method: string; readonly body: string | null; readonly userAgent: string },
  bounds: { readonly bytes: number; readonly ms: number },
  {
    sink = wholeText(),
    yieldToEventLoop,
    yielder = neverYields,
    largeReplies,
  }: {
    readonly sink?: TextSink;
    readonly yieldToEventLoop: () => Promise<void>;
    readonly yielder?: Yielder;
    readonly largeReplies: LargeReplies;
  },
): Promise<Exchange> {
  const abort = new AbortController();
  let cancel = () => {};
  const late = new Promise<Exchange>((resolve) => {
    cancel = clock.after(bounds.ms, () => {
      // Resolved before the abort, whose own failure must not win the race.
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
        const cause = { kind: 'status', status: reply.status } as const;
        return { ok: false, why: 'not-ray', detail: `redirected (${String(reply.status)})`, cause };
      }
      const bytes = reply.status === 200 ? bounds.bytes : Math.min(bounds.bytes, MAX_FAILURE_BYTES);
      return await readBody(reply, bytes, abort, {
        sink: reply.status === 200 ? sink : wholeText(),
        largeReplies,
        yieldToEventLoop,
        yielder,
      });
    } catch (error) {
      const { why, detail, error: kind } = classifyNetworkError(error);
      return { ok: false, why, detail, ...(kind === null ? {} : { cause: { kind: 'network', error: kind } }) };
    }
  }
}

/** So many bytes are decoded in one turn of the event loop. */
const YIELD_EVERY_BYTES = 256 * 1024;

/** Larger replies are read one at a time. */
interface LargeReplies {
  readonly mutex: Mutex;
  readonly fromBytes: number;
}

/** A failure of Ray's is a message, with a suggestion for each template at most. */
const MAX_FAILURE_BYTES = 4 * 1024 * 1024;

async function readBody(
  { status, header, body }: RayReply,
  limit: number,
  abort: AbortController,
  {
    sink,
    yieldToEventLoop,
    yielder,
    largeReplies,
  }: {
    readonly sink: TextSink;
    readonly yieldToEventLoop: () => Promise<void>;
    readonly yielder: Yielder;
    readonly largeReplies: LargeReplies;
  },
): Promise<Exchange> {
  const tooLarge: Exchange = { ok: false, why: 'too-large', detail: `more than ${String(limit)} bytes` };
  if (Number(header('Content-Length') ?? 0) > limit) {
    abort.abort();
    return tooLarge;
  }
  const decoder = createUtf8Decoder();
  let bytes = 0;
  let yieldedAt = 0;
  let release: (() => void) | null = null;
  try {
    for await (const value of body) {
      bytes += value.byteLength;
      if (bytes > limit) {
        abort.abort();
        return tooLarge;
      }
      if (bytes > largeReplies.fromBytes && release === null) {
        release = await largeReplies.mutex.acquire();
        abort.signal.addEventListener('abort', release, { once: true });
        if (abort.signal.aborted) release();
      }
      for (let from = 0; from < value.byteLength; from += YIELD_EVERY_BYTES) {
        const part = value.subarray(from, from + YIELD_EVERY_BYTES);
        if (yielder.shouldYield()) await yielder.waitForTurn();
        if (bytes - yieldedAt > YIELD_EVERY_BYTES) {
          yieldedAt = bytes;
          await yieldToEventLoop();
        }
        sink.push(decoder.decode(part));
        const problem = sink.problem();
        if (problem !== null) {
          abort.abort();
          return { ok: false, why: problem, detail: `given up after ${String(bytes)} bytes` };
        }
      }
    }
    sink.push(decoder.end());
  } catch (error) {
    if (!(error instanceof InvalidUtf8)) throw error;
    abort.abort();
    return { ok: false, why: 'unreadable', detail: 'not UTF-8' };
  } finally {
    release?.();
  }
  return { ok: true, reply: { status, contentType: header('Content-Type') ?? '', text: sink.end() }, bytes };
}
