import { expect, test } from 'vitest';
import { hashLocation } from './hash-location.ts';
import { lineFetch } from './line-fetch.ts';
import { eventSourceOver } from './line-event-source.ts';
import type { FromWorker, Line, ToWorker } from './messages.ts';
import { serveLine } from './serve-line.ts';
import type { FetchHandler } from '../fetch-handler.ts';

/** A page and its worker, without the worker. */
function pageOver(handle: FetchHandler): FetchHandler {
  const toWorker: ((message: ToWorker) => void)[] = [];
  const toPage: ((message: FromWorker) => void)[] = [];
  const page: Line<ToWorker, FromWorker> = {
    post: (message) => toWorker.forEach((each) => each(message)),
    listen: (callBack) => void toPage.push(callBack),
  };
  serveLine(
    {
      post: (message) => toPage.forEach((each) => each(message)),
      listen: (callBack) => void toWorker.push(callBack),
    },
    handle,
  );
  return lineFetch(page);
}

const at = (path: string, init: RequestInit = {}) => new Request(`http://host/folder/#${path}`, init);

test('a request and its reply come over whole', async () => {
  const fetch = pageOver(async (request) =>
    Response.json([request.method, request.url, request.headers.get('X-One'), await request.text()], {
      status: 409,
      headers: { 'X-Two': '2' },
    }),
  );
  const reply = await fetch(at('/api/a?b=%20c', { method: 'PUT', headers: { 'X-One': '1' }, body: 'text ü' }));
  expect([reply.status, reply.headers.get('X-Two')]).toEqual([409, '2']);
  expect(await reply.json()).toEqual(['PUT', 'http://localhost/api/a?b=%20c', '1', 'text ü']);
  const empty = await pageOver(async () => new Response(null, { status: 204 }))(at('/api/a'));
  expect([empty.status, empty.body]).toEqual([204, null]);
});

test('nothing else is asked of anybody', async () => {
  const fetch = pageOver(() => Promise.resolve(new Response('')));
  await expect(fetch(new Request('http://host/folder/other'))).rejects.toThrow('Nothing leaves this page');
});

test('a console that fails gives no reply, and a cancelled request is cancelled in the worker, too', async () => {
  const fetch = pageOver((request) =>
    request.url.endsWith('/fails')
      ? Promise.reject(new Error('it failed'))
      : new Promise((_, reject) => {
          request.signal.addEventListener('abort', () => {
            cancelled = true;
            reject(new Error('cancelled'));
          });
        }),
  );
  let cancelled = false;
  await expect(fetch(at('/fails'))).rejects.toThrow('gave no reply');
  const stop = new AbortController();
  const asked = fetch(at('/waits', { signal: stop.signal }));
  // It reads its body first.
  await new Promise(setImmediate);
  stop.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
  expect(cancelled).toBe(true);
});

test('a stream of events: cut anywhere, each with its id, until it ends or is closed', async () => {
  const text = 'id: 1\ndata: {"a":"ü"}\n\n: still there\n\nid: 2\ndata: b\n\n';
  const bytes = new TextEncoder().encode(text);
  let isOpen = true;
  const fetch = pageOver((request) => {
    if (request.url.endsWith('/refused')) return Promise.resolve(new Response('', { status: 503 }));
    const pieces = [...bytes].map((byte) => Uint8Array.of(byte));
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece !== undefined) controller.enqueue(piece);
        else if (request.url.endsWith('/ends')) controller.close();
      },
      cancel: () => void (isOpen = false),
    });
    return Promise.resolve(new Response(body));
  });
  const Source = eventSourceOver(fetch);
  const got: string[] = [];
  const read = (path: string, events: number) =>
    new Promise<InstanceType<typeof Source>>((resolve) => {
      const source = new Source(`#${path}`);
      source.addEventListener('message', (event) => {
        if (event instanceof MessageEvent) got.push(`${event.lastEventId} ${String(event.data)}`);
        if (got.length === events) resolve(source);
      });
      source.addEventListener('error', () => resolve(source));
    });
  expect((await read('/ends', 99)).readyState).toBe(Source.CLOSED);
  expect(got).toEqual(['1 {"a":"ü"}', '2 b']);
  expect((await read('/refused', 99)).readyState).toBe(Source.CLOSED);
  (await read('/stays', 4)).close();
  await expect.poll(() => isOpen).toBe(false);
});

test('the page’s place stands behind the #, whatever the folder', () => {
  const [assign, reload] = [() => undefined, () => undefined];
  const real = { origin: 'https://host', pathname: '/a/b.html', search: '', hash: '', assign, reload };
  expect(hashLocation(real)).toMatchObject({
    origin: 'https://host/a/b.html',
    pathname: '#/',
    search: '',
  });
  expect(hashLocation({ ...real, hash: '#/clusters/a%23b?q=1' })).toMatchObject({
    pathname: '#/clusters/a%23b',
    search: '?q=1',
  });
});
