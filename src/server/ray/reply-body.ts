import type { IncomingMessage } from 'node:http';
import { BUFFER_BYTES, type BufferPool } from './buffer-pool.ts';

/**
 * The body of a reply part by part, each of which is good until the next is asked for; leaving the loop early closes the connection.
 * The first part is given as it came, as most replies have no other; later ones wait in `buffers`. Node's own iterator is not used:
 * its set-up costs more than reading a write's short reply.
 */
export async function* bodyOf(incoming: IncomingMessage, buffers: BufferPool): AsyncGenerator<Buffer> {
  let isBegun = false;
  let first: Buffer | null = null;
  let filling: Buffer | null = null;
  let length = 0;
  let wake: () => void = () => undefined;

  function append(part: Buffer) {
    filling ??= buffers.acquire();
    // A part that doesn't fit is longer than a connection gives at once.
    if (length + part.length > filling.length) filling = Buffer.concat([filling.subarray(0, length), part]);
    else part.copy(filling, length);
    length += part.length;
    if (length > BUFFER_BYTES / 2) incoming.pause();
  }

  incoming.on('data', (part: Buffer) => {
    if (isBegun) append(part);
    else first = part;
    isBegun = true;
    wake();
  });
  for (const event of ['end', 'error', 'close'] as const) incoming.on(event, () => wake());
  try {
    for (;;) {
      if (first !== null) {
        const part: Buffer = first;
        first = null;
        yield part;
      } else if (filling !== null) {
        const full: Buffer = filling;
        const part = full.subarray(0, length);
        filling = null;
        length = 0;
        incoming.resume();
        yield part;
        if (full.length === BUFFER_BYTES) buffers.release(full);
      } else if (incoming.readableEnded) return;
      else if (incoming.destroyed)
        throw incoming.errored ?? new Error('The connection closed in the middle of the reply.');
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    if (!incoming.readableEnded) incoming.destroy();
  }
}
