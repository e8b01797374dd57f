import { expect, test } from 'vitest';
import { rayRequest, textOf } from '../../testing/harness/ray-request.ts';
import { overFetch } from './transport.ts';

test('a fetch handler gets the request unchanged, and its reply is returned unchanged', async () => {
  const seen: unknown[] = [];
  const send = overFetch(async (request) => {
    seen.push(request.method, request.url, Object.fromEntries(request.headers), await request.text(), request.redirect);
    return new Response('said', { status: 201, headers: { 'X-A': '1' } });
  });
  const reply = await send(rayRequest('http://ray/x', { method: 'POST', headers: { 'user-agent': 'a' }, body: '{}' }));
  expect(seen).toEqual([
    'POST',
    'http://ray/x',
    { 'content-type': 'text/plain;charset=UTF-8', 'user-agent': 'a' },
    '{}',
    'manual',
  ]);
  expect([reply.status, reply.header('x-a'), reply.header('x-b'), await textOf(reply)]).toEqual([
    201,
    '1',
    null,
    'said',
  ]);
});

test('a reply without a body is empty', async () => {
  expect(
    await textOf(
      await overFetch(() => Promise.resolve(new Response(null, { status: 204 })))(rayRequest('http://ray/')),
    ),
  ).toBe('');
});

test('a body that is not read to its end is cancelled, and one that fails fails while it is read', async () => {
  let cancelled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array([1])),
    cancel: () => void (cancelled += 1),
  });
  const { body } = await overFetch(() => Promise.resolve(new Response(endless)))(rayRequest('http://ray/'));
  for await (const part of body) if (part.byteLength > 0) break;
  expect(cancelled).toBe(1);
  const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('cut')) });
  const reply = await overFetch(() => Promise.resolve(new Response(broken)))(rayRequest('http://ray/'));
  await expect(textOf(reply)).rejects.toThrow('cut');
});
