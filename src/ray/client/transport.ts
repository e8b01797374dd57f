import type { FetchHandler } from '../../fetch-handler.ts';

/** A request to Ray, sent with exactly these headers besides `Host` and the length. */
export interface RayRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

/**
 * A reply. `body` is read as it is iterated: a part is good until the next is asked for, as its memory may be used again, and leaving the
 * iteration releases the connection. `header`: null where there is none.
 */
export interface RayReply {
  readonly status: number;
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Sends a request to Ray once, without following redirects. Rejects as `fetch` does, with an error whose `cause` is the
 * network's own; after the head of the reply, a failure fails the body. Not by `Request` and `Response`, which cost
 * each write some tenths of a millisecond.
 */
export type RayTransport = (request: RayRequest) => Promise<RayReply>;

/** A transport over a fetch handler: the simulator, or a test's. */
export function overFetch(fetch: FetchHandler): RayTransport {
  return async ({ url, signal, ...init }) => {
    const reply = await fetch(new Request(url, { ...init, redirect: 'manual', signal }));
    return {
      // `fetch` hides the status of a redirect.
      status: reply.type === 'opaqueredirect' ? 302 : reply.status,
      header: (name) => reply.headers.get(name),
      body: partsOf(reply),
    };
  };
}

async function* partsOf({ body }: Response): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  if (reader === undefined) return;
  let isWhole = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isWhole = done;
      if (done) return;
      yield value;
    }
  } finally {
    // Cancelling may reject, and nobody waits for it.
    if (!isWhole) reader.cancel().catch(() => undefined);
  }
}
