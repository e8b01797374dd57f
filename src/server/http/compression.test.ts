import { brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { deflateIndependent, compressReply } from './compression.ts';

const long = JSON.stringify(Array.from({ length: 200 }, (_, index) => ({ id: `team-${String(index)}` })));

function ask(accept: string | null, method = 'GET'): Request {
  return new Request('http://console/api/fleet', {
    method,
    headers: accept === null ? {} : { 'Accept-Encoding': accept },
  });
}

function json(body: string | null, headers: Record<string, string> = {}): Response {
  return new Response(body, { headers: { 'Content-Type': 'application/json', ...headers } });
}

describe('replies', () => {
  test('are packed as the client takes them best, and say so', async () => {
    const br = await compressReply(ask('gzip, deflate, br, zstd'), json(long));
    expect([br.headers.get('Content-Encoding'), br.headers.get('Vary')]).toEqual(['br', 'Accept-Encoding']);
    const bytes = new Uint8Array(await br.arrayBuffer());
    expect(brotliDecompressSync(bytes).toString()).toBe(long);
    expect(bytes.length).toBeLessThan(long.length / 5);
    const zipped = await compressReply(ask('br;q=0, gzip'), json(long, { Vary: 'Cookie' }));
    expect([zipped.headers.get('Content-Encoding'), zipped.headers.get('Vary')]).toEqual([
      'gzip',
      'Cookie, Accept-Encoding',
    ]);
    expect(gunzipSync(new Uint8Array(await zipped.arrayBuffer())).toString()).toBe(long);
  });

  test('small ones, and those for whoever takes nothing packed, stay as they are and vary all the same', async () => {
    for (const [accept, body] of [
      ['br', '{"small":true}'],
      [null, long],
      ['identity', long],
    ] as const) {
      const reply = await compressReply(ask(accept), json(body));
      expect([reply.headers.has('Content-Encoding'), reply.headers.get('Vary'), await reply.text()]).toEqual([
        false,
        'Accept-Encoding',
        body,
      ]);
    }
  });

  test('a head has no body, a failure keeps its status', async () => {
    const head = await compressReply(ask('br', 'HEAD'), json(null));
    expect([head.status, head.body, head.headers.has('Content-Encoding')]).toEqual([200, null, false]);
    expect(
      (
        await compressReply(
          ask('br'),
          new Response(long, { status: 503, headers: { 'Content-Type': 'application/json' } }),
        )
      ).status,
    ).toBe(503);
  });

  test('streams, exports, pictures and what is packed already are left alone', async () => {
    for (const type of ['text/event-stream', 'application/jsonl; charset=utf-8', 'image/png']) {
      const reply = new Response(long, { headers: { 'Content-Type': type } });
      expect(await compressReply(ask('br'), reply)).toBe(reply);
    }
    const already = json(long, { 'Content-Encoding': 'gzip' });
    expect(await compressReply(ask('br'), already)).toBe(already);
  });

  test('one that is larger than anybody should hold goes out as it comes', async () => {
    const part = new TextEncoder().encode('x'.repeat(1_000_000));
    let left = 20;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(part);
        left -= 1;
        if (left === 0) controller.close();
      },
    });
    const reply = await compressReply(
      ask('br'),
      new Response(body, { headers: { 'Content-Type': 'application/json' } }),
    );
    expect(left).toBeGreaterThan(5);
    expect(reply.headers.has('Content-Encoding')).toBe(false);
    expect((await reply.arrayBuffer()).byteLength).toBe(20_000_000);
  });
});

test('what is deflated once fits anywhere into a gzip stream', () => {
  const header = Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
  const encode = (text: string) => deflateIndependent(new TextEncoder().encode(text));
  const [one, other] = [encode('data: one\n\n'), encode('data: other\n\n')];
  const stream = Buffer.concat([header, other, one, other, other]);
  const text = gunzipSync(stream, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  expect(text).toBe('data: other\n\ndata: one\n\ndata: other\n\ndata: other\n\n');
});
