import type { FetchHandler } from '../fetch-handler.ts';

/** The part of `EventSource` that the page uses, over a `fetch`. It ends with its stream, and the page opens another one. */
export function eventSourceOver(fetch: FetchHandler) {
  return class LineEventSource extends EventTarget {
    static readonly CLOSED = 2;
    readyState = 0;
    readonly #stopped = new AbortController();

    constructor(url: string) {
      super();
      void this.#read(url);
    }

    close(): void {
      this.readyState = LineEventSource.CLOSED;
      this.#stopped.abort();
    }

    async #read(url: string): Promise<void> {
      const { signal } = this.#stopped;
      try {
        const reply = await fetch(new Request(new URL(url, 'http://page'), { signal }));
        if (!reply.ok || reply.body === null) throw new TypeError('It is no stream.');
        this.readyState = 1;
        for await (const event of eventsIn(reply.body)) this.dispatchEvent(event);
      } catch {
        // As if it had ended.
      }
      if (signal.aborted) return;
      this.readyState = LineEventSource.CLOSED;
      this.dispatchEvent(new Event('error'));
    }
  };
}

/** Server-sent events, each of one line of data. */
async function* eventsIn(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<MessageEvent<string>> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(fieldOf));
      const data = fields.get('data');
      if (data === undefined) continue;
      yield new MessageEvent(fields.get('event') ?? 'message', { data, lastEventId: fields.get('id') ?? '' });
    }
  }
}

function fieldOf(line: string): [string, string] {
  const at = line.indexOf(':');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
}
