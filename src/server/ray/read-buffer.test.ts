import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, expect, test } from 'vitest';
import { rayRequest } from '../../testing/harness/ray-request.ts';
import { selfSignedCertificate } from '../../testing/harness/self-signed-certificate.ts';
import { listen } from '../http/listen.ts';
import { createRayConnection } from './ray-connection.ts';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(server: Server): Promise<string> {
  open.push(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return `127.0.0.1:${String(listening.port)}`;
}

/** `/7` is 1 MB of sevens. */
const answer: RequestListener = (incoming, outgoing) => outgoing.end(bytesOf(Number(incoming.url?.slice(1))));
const bytesOf = (digit: number) => Buffer.alloc(1e6, digit);

test.each([
  ['plain', async () => ({ url: `http://${await serve(createServer(answer))}`, ca: null })],
  [
    'over TLS',
    async () => {
      const certificate = selfSignedCertificate();
      return { url: `https://${await serve(createTlsServer(certificate, answer))}`, ca: certificate.cert };
    },
  ],
])('%s: replies that come at once do not mix, nor does a part change while others are read', async (_name, ray) => {
  const { url, ca } = await ray();
  const { transport } = createRayConnection({ ca });
  const held = (await transport(rayRequest(`${url}/1`))).body[Symbol.asyncIterator]();
  const first: Uint8Array = (await held.next()).value;
  const replies = await Promise.all(
    [2, 3, 4, 5].map(async (digit) => {
      const parts: Buffer[] = [];
      for await (const part of (await transport(rayRequest(`${url}/${String(digit)}`))).body)
        parts.push(Buffer.from(part));
      return Buffer.concat(parts);
    }),
  );
  expect(replies.map((reply, index) => reply.equals(bytesOf(index + 2)))).toEqual([true, true, true, true]);
  expect(first.every((byte) => byte === 1)).toBe(true);
  await held.return?.();
});
