import { createHash } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { rayRequest } from '../../testing/harness/ray-request.ts';
import { listen } from '../http/listen.ts';
import { createBufferPool, BUFFER_BYTES, type BufferPool } from './buffer-pool.ts';
import { createRayConnection } from './ray-connection.ts';

const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return `http://127.0.0.1:${String(listening.port)}`;
}

/** Counts what is taken and given back. */
function counted(): BufferPool & { readonly made: () => number; readonly out: () => number } {
  const buffers = createBufferPool();
  const made = new Set<Buffer>();
  let out = 0;
  return {
    acquire() {
      const buffer = buffers.acquire();
      made.add(buffer);
      out += 1;
      return buffer;
    },
    release(buffer) {
      out -= 1;
      buffers.release(buffer);
    },
    made: () => made.size,
    out: () => out,
  };
}

function hashOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

const MB = 1024 * 1024;

/** Bytes that repeat nowhere near. */
const large = Buffer.from(Uint32Array.from({ length: (8 * MB) / 4 }, (_, index) => index * 2_654_435_761).buffer);

test.each([
  ['of a known length', (outgoing: NodeJS.WritableStream) => void outgoing.end(large)],
  [
    'in chunks of any size',
    (outgoing: NodeJS.WritableStream) => {
      for (let from = 0, size = 1; from < large.length; from += size, size = (size * 7 + 3) % 90_001)
        outgoing.write(large.subarray(from, from + size));
      outgoing.end();
    },
  ],
])('a large reply %s waits in two buffers, however slowly it is read', async (_name, answer) => {
  const buffers = counted();
  const url = await serve((_, outgoing) => answer(outgoing));
  const { body } = await createRayConnection({ buffers }).transport(rayRequest(url));
  const hash = createHash('sha256');
  let most = 0;
  let parts = 0;
  for await (const part of body) {
    await setImmediate();
    await setImmediate();
    hash.update(part);
    most = Math.max(most, part.byteLength);
    parts += 1;
  }
  expect(hash.digest('hex')).toBe(hashOf([large]));
  expect(parts).toBeGreaterThan(large.length / BUFFER_BYTES);
  expect(most).toBeLessThanOrEqual(BUFFER_BYTES);
  expect([1, 2]).toContain(buffers.made());
  expect(buffers.out()).toBe(0);
});

test('the next reply has the buffers of the one before, and a short one needs none', async () => {
  const buffers = counted();
  const url = await serve((incoming, outgoing) => outgoing.end(incoming.url === '/short' ? 'short' : large));
  const { transport } = createRayConnection({ buffers });
  const read = async (path: string) => {
    for await (const part of (await transport(rayRequest(url + path))).body) expect(part.byteLength).toBeGreaterThan(0);
  };
  await read('/short');
  expect(buffers.made()).toBe(0);
  for (let reply = 0; reply < 3; reply += 1) await read('/large');
  expect(buffers.made()).toBeLessThanOrEqual(2);
});
