import { request, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { PassThroughReply } from '../../ray/client/ray.ts';
import { createHandClock } from '../../testing/harness/hand-clock.ts';
import { createScriptedRay } from '../../testing/harness/scripted-ray.ts';
import { createTestConsole } from '../../testing/harness/test-console.ts';
import { createHttpServer } from './http-server.ts';
import { listen } from './listen.ts';

const MB = 1024 * 1024;
const open: Server[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server of 32 MB replies that bounds what waits of them; how many connections it has. */
async function serve(most: number, every = 50) {
  const large = new Uint8Array(32 * MB);
  const bounds = { unread: { most, every, slowBelow: 4_096 } };
  const server = createHttpServer(() => Promise.resolve(new Response(large)), null, bounds);
  open.push(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  const held = () =>
    new Promise<number>((resolve, reject) =>
      server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    );
  return { port: listening.port, held };
}

/** Asks, and takes nothing of the reply. */
function askAndWait(port: number, path = '/') {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  sockets.push(socket);
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:8600\r\n\r\n`);
}

const ask = (port: number) =>
  new Promise<IncomingMessage>((resolve) => request({ port, host: '127.0.0.1', agent: false }, resolve).end());

/** Reads on to the end. */
function bytesOf(reply: IncomingMessage): Promise<number> {
  return new Promise((resolve, reject) => {
    let bytes = 0;
    reply.on('data', (part: Buffer) => (bytes += part.byteLength));
    reply.on('end', () => resolve(bytes));
    reply.on('error', reject);
  });
}

describe('replies that nobody takes', () => {
  test('hold no more memory in all than the bound: the connections behind it are closed', async () => {
    const { port, held } = await serve(40 * MB);
    for (let n = 0; n < 6; n++) askAndWait(port);
    await expect.poll(held).toBe(1);
  });

  test('are kept as long as they are few', async () => {
    const { port, held } = await serve(200 * MB, 5);
    for (let n = 0; n < 3; n++) askAndWait(port);
    await expect.poll(held).toBe(3);
    const reply = await ask(port);
    expect(await bytesOf(reply)).toBe(32 * MB);
    await expect.poll(held).toBe(3);
  });

  test('do not cost those their reply who read on', async () => {
    const { port, held } = await serve(1, 300);
    for (let n = 0; n < 3; n++) askAndWait(port);
    expect(await ask(port).then(bytesOf)).toBe(32 * MB);
    await expect.poll(held, { timeout: 5_000 }).toBe(0);
  });
});

test('lists that are asked for at once and not read share their bytes', async () => {
  const clock = createHandClock();
  const ray = createScriptedRay(clock);
  const console = createTestConsole({ ray, clock });
  await clock.settle();
  const text = JSON.stringify({ result: true, msg: 'x'.repeat(8 * MB), data: {} });
  const list: PassThroughReply = { kind: 'reply', status: 200, contentType: 'application/json', text, outcome: null };
  let answer: () => void = () => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const readsOfRay: string[] = [];
  ray.passThrough = async ({ method }) => {
    readsOfRay.push(method);
    await answered;
    return list;
  };
  const server = createHttpServer(({ url }) => console.ask(new URL(url).pathname));
  open.push(server);
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  let requests = 0;
  const served: Socket[] = [];
  server.on('request', ({ socket }) => {
    requests += 1;
    served.push(socket);
  });
  for (let n = 0; n < 30; n++) askAndWait(listening.port, '/virtual_clusters');
  await expect.poll(() => requests).toBe(30);
  const before = process.memoryUsage().arrayBuffers;
  answer();
  await expect.poll(() => served.filter((socket) => socket.writableLength > 0).length).toBe(30);
  // The second read is the one for all who asked while the first was under way.
  expect(readsOfRay).toHaveLength(2);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * MB);
  await console.close();
});
