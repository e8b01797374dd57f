import type { FetchHandler } from '../fetch-handler.ts';
import type { FromWorker, Line, ToWorker } from './messages.ts';

/** The name by which the console knows itself here; nothing is sent there. */
const ORIGIN = 'http://localhost';

/** Answers what comes over the line. */
export function serveLine(line: Line<FromWorker, ToWorker>, handle: FetchHandler): void {
  const open = new Map<number, AbortController>();

  async function answer(ask: Extract<ToWorker, { readonly kind: 'ask' }>): Promise<void> {
    const { id, method, path, headers, body } = ask;
    const cancelled = new AbortController();
    open.set(id, cancelled);
    const { signal } = cancelled;
    const reply = await handle(
      new Request(ORIGIN + path, { method, headers: headers.map(([name, value]) => [name, value]), body, signal }),
    );
    line.post({ kind: 'head', id, status: reply.status, headers: [...reply.headers], hasBody: reply.body !== null });
    const reader = reply.body?.getReader();
    signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined));
    while (reader !== undefined && !signal.aborted) {
      const { done, value } = await reader.read();
      if (done) break;
      line.post({ kind: 'piece', id, bytes: new Uint8Array(value) });
    }
  }

  line.listen((message) => {
    if (message.kind === 'cancel') {
      open.get(message.id)?.abort();
      open.delete(message.id);
      return;
    }
    const { id } = message;
    void answer(message)
      .catch(() => undefined)
      .finally(() => {
        if (open.delete(id)) line.post({ kind: 'end', id });
      });
  });
}
