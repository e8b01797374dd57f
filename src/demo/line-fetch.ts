import type { FetchHandler } from '../fetch-handler.ts';
import { consolePath } from './hash-location.ts';
import type { FromWorker, Line, ToWorker } from './messages.ts';

interface Waiting {
  head(message: Extract<FromWorker, { readonly kind: 'head' }>): void;
  piece(bytes: Uint8Array<ArrayBuffer>): void;
  end(): void;
}

/** The page's `fetch`, which the console at the line's other end answers. What is not a path of the console's is refused. */
export function lineFetch(line: Line<ToWorker, FromWorker>): FetchHandler {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  line.listen((message) => {
    const each = waiting.get(message.id);
    switch (message.kind) {
      case 'head':
        return each?.head(message);
      case 'piece':
        return each?.piece(message.bytes);
      case 'end':
        waiting.delete(message.id);
        return each?.end();
    }
  });

  return async (request) => {
    const path = consolePath(request.url);
    if (path === null) throw new TypeError(`Nothing leaves this page, ${request.url} neither.`);
    const id = ++last;
    const text = await request.text();
    const { method, signal } = request;
    signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      let sink: ReadableStreamDefaultController<Uint8Array> | null = null;
      const cancel = () => {
        waiting.delete(id);
        line.post({ kind: 'cancel', id });
      };
      signal.addEventListener('abort', () => {
        if (!waiting.has(id)) return;
        cancel();
        reject(signal.reason);
        sink?.error(signal.reason);
      });
      waiting.set(id, {
        head({ status, headers, hasBody }) {
          const body = hasBody
            ? new ReadableStream<Uint8Array>({ start: (controller) => void (sink = controller), cancel })
            : null;
          resolve(new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) }));
        },
        piece: (bytes) => sink?.enqueue(bytes),
        end() {
          // After the head this changes nothing.
          reject(new TypeError('The console gave no reply.'));
          sink?.close();
        },
      });
      line.post({ kind: 'ask', id, method, path, headers: [...request.headers], body: text === '' ? null : text });
    });
  };
}
