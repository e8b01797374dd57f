import { request } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { From } from '../backend/access.ts';
import { createHttpServer } from './http-server.ts';
import { listen } from './listen.ts';

const open: Server[] = [];

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(handle: (request: Request, from: From) => Promise<Response>): Promise<number> {
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
  const listening = await listen(createHttpServer(() => Promise.resolve(new Response(''))), 0, '192.0.2.1');
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
  const first = await new Promise<string>((resolve) => asked.on('response', (reply) => reply.once('data', (part: Buffer) => resolve(part.toString()))));
  expect(first).toBe('data: 1\n\n');
  asked.destroy();
  await gone;
});
