import { request } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Peer } from '../../backend/auth/authenticator.ts';
import { createHttpServer } from './http-server.ts';
import { listen } from './listen.ts';
import { selfSignedCertificate } from '../../testing/harness/self-signed-certificate.ts';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(handle: (request: Request, from: Peer) => Promise<Response>): Promise<number> {
  const server = createHttpServer(handle);
  open.push(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return listening.port;
}

test('port 0 is any that is free, and is told', async () => {
  const port = await serve(() => Promise.resolve(new Response('here')));
  expect(port).toBeGreaterThan(0);
  expect(await (await fetch(`http://127.0.0.1:${String(port)}/`)).text()).toBe('here');
});

test('a taken port is told in one line, with what to do', async () => {
  const port = await serve(() => Promise.resolve(new Response('here')));
  const second = createHttpServer(() => Promise.resolve(new Response('')));
  const listening = await listen(second, port, '127.0.0.1');
  expect(listening).toMatchObject({ ok: false });
  if (listening.ok) return;
  expect(listening.message).toContain(`Port ${String(port)} on 127.0.0.1 is taken`);
  expect(listening.message).toContain('--port');
  expect(listening.message).not.toContain('\n');
});

test('an address that this machine has not is told', async () => {
  const listening = await listen(
    createHttpServer(() => Promise.resolve(new Response(''))),
    0,
    '192.0.2.1',
  );
  expect(listening).toMatchObject({ ok: false });
  if (!listening.ok) expect(listening.message).toContain('no address 192.0.2.1');
});

test('the handler sees the path as it was sent, the host, the body and where it came from', async () => {
  const port = await serve(async (asked, from) =>
    Response.json([asked.method, new URL(asked.url).pathname, asked.headers.get('Host'), await asked.text(), from]),
  );
  const url = `http://127.0.0.1:${String(port)}/virtual_clusters/a%2Fb%23%23c`;
  const reply = await fetch(url, { method: 'POST', body: '{"revision":18446744073709551615}' });
  expect(await reply.json()).toEqual([
    'POST',
    '/virtual_clusters/a%2Fb%23%23c',
    `127.0.0.1:${String(port)}`,
    '{"revision":18446744073709551615}',
    { address: '127.0.0.1', secure: false, port },
  ]);
});

test.each([0, 2_500])('headers that come in more than one line are told, after %i others too', async (others) => {
  const port = await serve((_asked, { repeatedHeaders }) => Promise.resolve(Response.json(repeatedHeaders ?? [])));
  const lines = [
    'X-Forwarded-Groups: a',
    ...Array.from({ length: others }, () => 'a:'),
    'x-forwarded-GROUPS: b',
    'B: c',
  ];
  const socket = connect(port, '127.0.0.1');
  const head = ['GET / HTTP/1.1', 'Host: 127.0.0.1', 'Connection: close', ...lines, '', ''].join('\r\n');
  socket.write(head);
  let received = '';
  for await (const part of socket) received += String(part);
  expect(received).toContain('200 OK');
  expect(JSON.parse(/\[.*\]/.exec(received)?.[0] ?? 'null')).toEqual(
    others === 0 ? ['x-forwarded-groups'] : ['a', 'x-forwarded-groups'],
  );
});

test('a stream is let go when its reader leaves', async () => {
  let letGo: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (letGo = resolve));
  const port = await serve(() => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('data: 1\n\n')),
      cancel: () => letGo(),
    });
    return Promise.resolve(new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }));
  });
  const asked = request({ port, host: '127.0.0.1' });
  asked.on('error', () => undefined);
  asked.end();
  const first = await new Promise<string>((resolve) =>
    asked.on('response', (reply) => reply.once('data', (part: Buffer) => resolve(part.toString()))),
  );
  expect(first).toBe('data: 1\n\n');
  asked.destroy();
  await gone;
});

describe('connections that are held for nothing', () => {
  /** A server of little patience. */
  async function impatient(
    patience: Parameters<typeof createHttpServer>[2],
    tls: Parameters<typeof createHttpServer>[1] = null,
  ) {
    const large = new Uint8Array(32 * 1024 * 1024);
    const server = createHttpServer(
      ({ url }) => Promise.resolve(new Response(url.endsWith('/large') ? large : 'here')),
      tls,
      patience,
    );
    open.push(server);
    const listening = await listen(server, 0, '127.0.0.1');
    if (!listening.ok) throw new Error(listening.message);
    const held = () =>
      new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      );
    return { port: listening.port, held };
  }

  test('whoever asks for much and takes nothing of it is let go', async () => {
    const { port, held } = await impatient({ timeout: 200 });
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.pause();
    socket.write('GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await expect.poll(held).toBe(1);
    await expect.poll(held, { timeout: 5_000 }).toBe(0);
    socket.destroy();
  });

  test('whoever begins no TLS is let go', async () => {
    const { port, held } = await impatient({ handshakeTimeout: 200 }, selfSignedCertificate());
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    await expect.poll(held).toBe(1);
    await expect.poll(held, { timeout: 5_000 }).toBe(0);
    socket.destroy();
  });

  test('one address has not all of them: others are served, and it is again when it let some go', async () => {
    const { port, held } = await impatient({ maxConnections: 6 });
    const mine = [1, 2, 3].map(() => connect(port, '127.0.0.1').on('error', () => undefined));
    await expect.poll(held).toBe(3);
    const served = (localAddress: string) =>
      new Promise<boolean>((resolve) => {
        request({ port, host: '127.0.0.1', localAddress, agent: false }, (reply) =>
          resolve(reply.resume().statusCode === 200),
        )
          .on('error', () => resolve(false))
          .end();
      });
    expect([await served('127.0.0.1'), await served('127.0.0.2')]).toEqual([false, true]);
    mine[0]?.destroy();
    await expect.poll(() => served('127.0.0.1')).toBe(true);
    for (const each of mine) each.destroy();
  });

  test('nor have two: each of them gets a part of what is left, and others are served', async () => {
    const { port, held } = await impatient({ maxConnections: 16 });
    const connections = ['127.0.0.1', '127.0.0.2'].flatMap((localAddress) =>
      Array.from({ length: 16 }, () => connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined)),
    );
    await expect.poll(held).toBe(12);
    await expect.poll(() => connections.filter((each) => each.destroyed).length).toBe(20);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request({ port, host: '127.0.0.1', localAddress: '127.0.0.3', agent: false }, (reply) =>
        resolve(reply.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(200);
    for (const each of connections) each.destroy();
  });
});
