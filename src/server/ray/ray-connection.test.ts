import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSocketServer, type Server as SocketServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classifyNetworkError } from '../../ray/client/network-error.ts';
import { rayRequest, textOf } from '../../testing/harness/ray-request.ts';
import type { RayTransport } from '../../ray/client/transport.ts';
import { listen } from '../http/listen.ts';
import { createRayConnection } from './ray-connection.ts';

let send: RayTransport;
const open: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  send = createRayConnection().transport;
});

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function serve(answer: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  open.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const listening = await listen(server, 0, '127.0.0.1');
  if (!listening.ok) throw new Error(listening.message);
  return { url: `http://127.0.0.1:${String(listening.port)}`, server };
}

/** A server that says just these bytes, and then hangs up. */
async function serveBytes(text: string): Promise<string> {
  const server: SocketServer = createSocketServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(text));
  });
  open.push(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${String(address.port)}`;
}

async function failureOf(reply: Promise<unknown>): Promise<unknown> {
  try {
    await reply;
  } catch (error) {
    return error;
  }
  throw new Error('did not fail');
}

/** What came, headers as they were written. `Connection` is between the two ends. */
function seen(incoming: IncomingMessage): string[] {
  const names = incoming.rawHeaders.filter((_, index) => index % 2 === 0);
  return names
    .filter((name) => name.toLowerCase() !== 'connection')
    .map((name) => `${name.toLowerCase()}: ${String(incoming.headers[name.toLowerCase()])}`);
}

describe('what is sent', () => {
  const headers = { 'User-Agent': 'console/1', Accept: 'application/json' };

  test('a read has its own headers and Host, and no other: no Sec-Fetch-* (fact 13)', async () => {
    let came: string[] = [];
    let path: string | undefined;
    const { url } = await serve((incoming, outgoing) => {
      came = seen(incoming);
      path = incoming.url;
      outgoing.end('{}');
    });
    await textOf(await send(rayRequest(`${url}/virtual_clusters?t=a%2Fb`, { headers })));
    expect(came.toSorted()).toEqual(['accept: application/json', `host: ${url.slice(7)}`, 'user-agent: console/1']);
    expect(path).toBe('/virtual_clusters?t=a%2Fb');
  });

  test('a write has its length too, in bytes, and its body as it is', async () => {
    let came: string[] = [];
    let body = '';
    const { url } = await serve((incoming, outgoing) => {
      came = seen(incoming);
      incoming.on('data', (part: Buffer) => (body += part.toString()));
      incoming.on('end', () => outgoing.end('{}'));
    });
    const sent = '{"id":"ä","revision":18446744073709551615}';
    const request = rayRequest(`${url}/virtual_clusters`, {
      method: 'POST',
      body: sent,
      headers: { ...headers, 'Content-Type': 'application/json' },
    });
    await textOf(await send(request));
    expect(body).toBe(sent);
    expect(came.toSorted()).toEqual([
      'accept: application/json',
      'content-length: 43',
      'content-type: application/json',
      `host: ${url.slice(7)}`,
      'user-agent: console/1',
    ]);
  });

  test('a delete has no length and no body; its path keeps its encoding', async () => {
    let came: string[] = [];
    const { url } = await serve((incoming, outgoing) => {
      came = [String(incoming.url), ...seen(incoming)];
      outgoing.end('{}');
    });
    await textOf(await send(rayRequest(`${url}/virtual_clusters/team%23%23x`, { method: 'DELETE', headers })));
    expect(came.toSorted()).toEqual([
      '/virtual_clusters/team%23%23x',
      'accept: application/json',
      `host: ${url.slice(7)}`,
      'user-agent: console/1',
    ]);
  });

  test('reads share a connection, each write has its own', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const ask = async (method: string) => textOf(await send(rayRequest(url, { method })));
    for (let times = 0; times < 3; times++) await ask('GET');
    expect(connections).toBe(1);
    await ask('POST');
    await ask('DELETE');
    expect(connections).toBe(3);
  });
});

describe('a write that is expected', () => {
  test('goes out on the connection that was opened for it, and takes it along', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    let connections = 0;
    let opened: () => void = () => undefined;
    server.on('connection', () => {
      connections += 1;
      opened();
    });
    const { transport, expectWrite } = createRayConnection({ address: url });
    const ask = async (method: string) => textOf(await transport(rayRequest(`${url}/x`, { method })));
    const isOpen = new Promise<void>((resolve) => (opened = resolve));
    expectWrite();
    expectWrite();
    await isOpen;
    await ask('GET');
    expect(connections).toBe(2);
    expect(await ask('DELETE')).toBe('{}');
    expect(connections).toBe(2);
    await ask('DELETE');
    expect(connections).toBe(3);
    // One that is not open yet is waited for.
    expectWrite();
    await ask('POST');
    expect(connections).toBe(4);
  });

  test('finds a connection that was opened when Ray had answered a read', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    let connections = 0;
    const two = new Promise<void>((resolve) => server.on('connection', () => (connections += 1) === 2 && resolve()));
    const { transport } = createRayConnection({ address: url });
    const ask = async (method: string) => textOf(await transport(rayRequest(url, { method })));
    await ask('GET');
    await two;
    // Another read leaves it as it is.
    await ask('GET');
    expect(await ask('DELETE')).toBe('{}');
    expect(connections).toBe(2);
    await ask('DELETE');
    expect(connections).toBe(3);
  });

  test('finds a new one in place of one that is no longer new', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    const open: Socket[] = [];
    const opened = (count: number) =>
      new Promise<void>((resolve) => server.on('connection', () => open.length === count && resolve()));
    server.on('connection', (socket) => open.push(socket));
    const { transport } = createRayConnection({ address: url, renewal: 0 });
    const read = async () => textOf(await transport(rayRequest(url)));
    const [two, three] = [opened(2), opened(3)];
    await read();
    await two;
    const gone = new Promise((resolve) => open[1]?.once('close', resolve));
    await read();
    await Promise.all([gone, three]);
    expect(await textOf(await transport(rayRequest(url, { method: 'DELETE' })))).toBe('{}');
    expect(open.length).toBe(3);
  });

  test.each([
    [
      'a Ray whose reply breaks off',
      (own: string) => ({ address: own, asked: own, answer: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{' }),
    ],
    ['another server', (own: string) => ({ address: 'http://127.0.0.1:1', asked: own, answer: null })],
    ['a Ray that is only read', (own: string) => ({ address: null, asked: own, answer: null })],
  ])('finds none after a read of %s', async (_, given) => {
    let broken: string | null = null;
    const { url, server } = await serve((_, outgoing) => {
      if (broken === null) outgoing.end('{}');
      else outgoing.socket?.end(broken);
      broken = null;
    });
    const { address, asked, answer } = given(url);
    broken = answer;
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const { transport } = createRayConnection({ address });
    const reading = transport(rayRequest(asked)).then(textOf);
    await (answer === null ? reading : failureOf(reading));
    expect(await textOf(await transport(rayRequest(url, { method: 'DELETE' })))).toBe('{}');
    expect(connections).toBe(2);
  });

  test('opens another when something else was said on the one that is held', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    const gone = new Promise<void>((resolve) =>
      server.once('connection', (socket) =>
        socket.once('close', () => resolve()).write('HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n'),
      ),
    );
    const { transport, expectWrite } = createRayConnection({ address: url });
    expectWrite();
    await gone;
    expect(await textOf(await transport(rayRequest(url, { method: 'DELETE' })))).toBe('{}');
  });

  test('goes elsewhere without it', async () => {
    const [expected, other] = [
      await serve((_, outgoing) => outgoing.end('{}')),
      await serve((_, outgoing) => outgoing.end('other')),
    ];
    const { transport, expectWrite } = createRayConnection({ address: expected.url });
    expectWrite();
    expect(await textOf(await transport(rayRequest(other.url, { method: 'DELETE' })))).toBe('other');
  });

  test('that does not come lets the connection go', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    const gone = new Promise<void>((resolve) =>
      server.on('connection', (socket) => socket.on('close', () => resolve())),
    );
    createRayConnection({ address: url, lifetime: 1 }).expectWrite();
    await expect(gone).resolves.toBeUndefined();
  });

  test('opens another when Ray has hung up meanwhile', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end('{}'));
    const gone = new Promise<void>((resolve) =>
      server.once('connection', (socket) => socket.once('close', () => resolve()).end()),
    );
    const { transport, expectWrite } = createRayConnection({ address: url });
    expectWrite();
    await gone;
    expect(await textOf(await transport(rayRequest(url, { method: 'DELETE' })))).toBe('{}');
  });

  test.each([false, true])(
    'to a Ray that is away fails as one that was never sent (the connection had failed before: %s)',
    async (isLate) => {
      const { url, server } = await serve((_, outgoing) => outgoing.end());
      await new Promise((resolve) => server.close(resolve));
      const { transport, expectWrite } = createRayConnection({ address: url });
      expectWrite();
      if (isLate) await failureOf(transport(rayRequest(url)));
      const error = await failureOf(transport(rayRequest(url, { method: 'POST', body: '{}' })));
      expect(classifyNetworkError(error).why).toBe('never-sent');
    },
  );
});

describe('what comes back', () => {
  test('status, headers and bytes as they are, also for a redirect: it is not followed', async () => {
    let asked = 0;
    const { url } = await serve((_, outgoing) => {
      asked += 1;
      outgoing.writeHead(302, {
        Location: '/elsewhere',
        'Content-Type': 'text/plain; charset=utf-8',
        'X-Two': ['a', 'b'],
      });
      outgoing.end('over there');
    });
    const reply = await send(rayRequest(url, {}));
    expect([reply.status, reply.header('Location'), reply.header('X-Two'), await textOf(reply)]).toEqual([
      302,
      '/elsewhere',
      'a, b',
      'over there',
    ]);
    expect(asked).toBe(1);
  });

  test.each([204, 304])('%i has no body', async (status) => {
    const { url } = await serve((_, outgoing) => outgoing.writeHead(status).end());
    const reply = await send(rayRequest(url));
    expect([reply.status, await textOf(reply)]).toEqual([status, '']);
  });

  test('a body is given while it still comes', async () => {
    let end: () => void = () => undefined;
    const { url } = await serve((_, outgoing) => {
      outgoing.write('first');
      end = () => outgoing.end('last');
    });
    const parts = (await send(rayRequest(url))).body[Symbol.asyncIterator]();
    const next = async () => {
      const { done, value } = await parts.next();
      return done === true ? null : new TextDecoder().decode(value);
    };
    expect(await next()).toBe('first');
    end();
    expect([await next(), await next()]).toEqual(['last', null]);
  });

  test('a reader that has enough lets the connection go', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.write('x'.repeat(100)));
    const gone = new Promise<void>((resolve) =>
      server.on('connection', (socket) => socket.on('close', () => resolve())),
    );
    for await (const part of (await send(rayRequest(url))).body) if (part.byteLength > 0) break;
    await expect(gone).resolves.toBeUndefined();
  });
});

describe('what fails, and what that says about the write', () => {
  test('refused: nothing was sent', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end());
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(send(rayRequest(url, { method: 'POST', body: '{}' })));
    expect(error).toMatchObject({ cause: { code: 'ECONNREFUSED', syscall: 'connect' } });
    expect(classifyNetworkError(error).why).toBe('never-sent');
  });

  test('a name with two addresses, both refused: nothing was sent', async () => {
    const { url, server } = await serve((_, outgoing) => outgoing.end());
    await new Promise((resolve) => server.close(resolve));
    const error = await failureOf(
      send(rayRequest(url.replace('127.0.0.1', 'localhost'), { method: 'POST', body: '{}' })),
    );
    expect(classifyNetworkError(error).why).toBe('never-sent');
  });

  test('hung up before a word: it may have arrived', async () => {
    const { url } = await serve((incoming) => incoming.socket.destroy());
    const error = await failureOf(send(rayRequest(url, { method: 'POST', body: '{}' })));
    expect(error).toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(classifyNetworkError(error).why).toBe('cut');
  });

  test('cut in the middle of the reply: the body fails, it may have arrived', async () => {
    const url = await serveBytes('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"result": tr');
    const reply = await send(rayRequest(url, { method: 'POST', body: '{}' }));
    const error = await failureOf(textOf(reply));
    expect(classifyNetworkError(error).why).toBe('cut');
  });

  test.each([
    ['what is no HTTP', 'SSH-2.0-OpenSSH\r\n'],
    ['a status that none has', 'HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n'],
  ])('%s: it may have arrived', async (_name, text) => {
    const url = await serveBytes(text);
    const error = await failureOf(send(rayRequest(url, { method: 'POST', body: '{}' })));
    expect(error).toBeInstanceOf(Error);
    expect(classifyNetworkError(error).why).toBe('cut');
  });

  test('an abort ends it before the reply, in the middle of its body, and before it began', async () => {
    let hangUps = 0;
    const arrived: (() => void)[] = [];
    const { url, server } = await serve((incoming, outgoing) => {
      if (incoming.url === '/body') outgoing.write('first');
      for (const each of arrived.splice(0)) each();
    });
    server.on('connection', (socket) => socket.on('close', () => (hangUps += 1)));

    const waiting = new AbortController();
    const asked = new Promise<void>((resolve) => arrived.push(resolve));
    const failure = failureOf(send(rayRequest(url, { signal: waiting.signal })));
    await asked;
    waiting.abort();
    expect(await failure).toBeInstanceOf(Error);

    const reading = new AbortController();
    const reply = await send(rayRequest(`${url}/body`, { signal: reading.signal }));
    reading.abort();
    expect(await failureOf(textOf(reply))).toBeInstanceOf(Error);

    const before = await failureOf(send(rayRequest(url, { signal: AbortSignal.abort() })));
    expect(before).toBeInstanceOf(Error);
    await expect.poll(() => hangUps).toBe(2);
  });
});
