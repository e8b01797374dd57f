import type { FetchHandler } from '../../fetch-handler.ts';

/** A request to Ray: just these headers, beside `Host` and a length. */
export interface RayRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal;
}

/** What Ray answered. `body` comes as it is iterated; to leave off lets the connection go. `header`: null where there is none. */
export interface RayReply {
  readonly status: number;
  header(name: string): string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * How requests reach Ray: once each, redirects not followed. Rejects as `fetch` does, with an error whose `cause` is the
 * network's own; once the head of the reply is there, what fails later fails its body. Not by web requests: to make
 * and read those took a write some tenths of a millisecond.
 */
export type RayTransport = (request: RayRequest) => Promise<RayReply>;

/** Over a handler of web requests: the simulator, or a test's. */
export function overFetch(fetch: FetchHandler): RayTransport {
  return async ({ url, signal, ...init }) => {
    const reply = await fetch(new Request(url, { ...init, redirect: 'manual', signal }));
    return {
      // The platform's own fetch shows no more of a redirect.
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
    // A body that is dropped may reject; nobody waits for it.
    if (!isWhole) reader.cancel().catch(() => undefined);
  }
}
