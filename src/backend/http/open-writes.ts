/** A handler that knows which writes it has not answered yet. */
export interface TrackedWrites<Args extends readonly unknown[]> {
  fetch(request: Request, ...args: Args): Promise<Response>;
  /** Resolves once every write has its reply: until then the journal must stay open. */
  settled(): Promise<void>;
}

/** Keeps the writes of a handler that clients wait for. Reads may be cut off at any time. */
export function trackWrites<Args extends readonly unknown[]>(
  handle: (request: Request, ...args: Args) => Promise<Response>,
): TrackedWrites<Args> {
  const open = new Set<Promise<Response>>();
  return {
    fetch(request, ...args) {
      const reply = handle(request, ...args);
      if (request.method === 'GET' || request.method === 'HEAD') return reply;
      open.add(reply);
      return reply.finally(() => open.delete(reply));
    },
    async settled() {
      await Promise.allSettled(open);
    },
  };
}
