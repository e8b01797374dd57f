import { describe, expect, test } from 'vitest';
import { perSource, sourceNames, type SourceName } from '../../domain/sourced.ts';
import { createRay, type RayOptions } from './client.ts';
import type { RayReply } from './transport.ts';

const MB = 1024 * 1024;
const PART = 64 * 1024;

/** A reply whose text begins with `head` and repeats `unit` for ever, and how much of it was taken. */
function endless(head: string, unit: string, status = 200) {
  const counts = { bytes: 0, isReleased: false };
  async function* body() {
    const part = Buffer.from(unit.repeat(Math.ceil(PART / unit.length)));
    try {
      yield Buffer.from(head);
      for (;;) {
        counts.bytes += part.byteLength;
        yield part;
      }
    } finally {
      counts.isReleased = true;
    }
  }
  const reply: RayReply = { status, header: () => null, body: body() };
  return { reply, counts };
}

const clock = { now: () => 0, after: () => () => undefined };

function rayOf(replyTo: (path: string) => RayReply, more: Partial<RayOptions> = {}) {
  return createRay({
    transport: ({ url }) => Promise.resolve(replyTo(url.pathname)),
    address: 'http://ray',
    clock,
    uniqueToken: () => 'u',
    ...more,
  });
}

const page = '{"result":true,"msg":"","data":{"result":{"total":1,"result":[';
const list = '{"result":true,"msg":"","data":{"virtualClusters":[';

/** By shape: how it begins, what repeats, and the most that may be taken of it, MB. */
const shapes: readonly (readonly [string, string, string, number])[] = [
  ['a page of HTML', '<html>', '<p>', 0.2],
  ['a text without quotes', '', 'x', 0.2],
  ['a string', '"', 'x', 17],
  ['a key', '{"', 'x', 0.5],
  ['a message', '{"result":true,"msg":"', 'x', 17],
  ['a row', `${page}{"a":"`, 'x', 17],
  ['members of a row', `${page}{`, '"a":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",', 17],
  ['rows of another kind', '{"result":true,"msg":"","data":{"rows":[', '{"a":"xxxxxxxxxxxxxxxxxxxxxxxxxx"},', 17],
];

describe('a reply without end', () => {
  test.each(shapes)('of %s is not read on once it can not be good', async (_name, head, unit, most) => {
    for (const name of ['list', 'state', 'jobs'] as const) {
      const { reply, counts } = endless(head, unit);
      const read = await rayOf(() => reply).read(name);
      expect([name, read.ok]).toEqual([name, false]);
      expect(counts.isReleased).toBe(true);
      expect([name, counts.bytes < most * MB]).toEqual([name, true]);
    }
  });

  const rows: readonly (readonly [SourceName, string, string, number])[] = [
    ['liveness', page, '{"node_id":"n","state":"ALIVE","is_head_node":false},', 0.8],
    ['actors', page, '{"name":"a","state":"ALIVE"},', 0.5],
    ['state', page, '{"virtual_cluster_id":"a","divisible":true,"divided_clusters":{}},', 9],
    ['list', list, '{"virtualClusterId":"a","divisible":"true","nodeInstances":{},"revision":1},', 9],
    ['jobs', '[', '{"submission_id":"a","status":"RUNNING"},', 4.2],
  ];
  test.each(rows)('of good rows of %s ends where no fleet is as large', async (name, head, unit, most) => {
    const { reply, counts } = endless(head, unit);
    expect(await rayOf(() => reply).read(name)).toMatchObject({ ok: false, reason: 'too-large' });
    expect(counts.bytes).toBeLessThan(most * MB);
  });

  test('is no failure of Ray’s: of those little is read', async () => {
    for (const name of sourceNames) {
      const { reply, counts } = endless('{"result":false,"msg":"', 'x', 500);
      expect(await rayOf(() => reply).read(name)).toMatchObject({ ok: false, reason: 'too-large' });
      expect(counts.bytes).toBeLessThan(5 * MB);
    }
  });

  test('of white space is read to the limit of its source, and none of it is kept', async () => {
    const { reply, counts } = endless(page, ' ');
    const read = rayOf(() => reply, { limits: { state: 2 * MB } }).read('state');
    expect(await read).toMatchObject({ ok: false, reason: 'too-large' });
    expect(counts.bytes).toBeLessThan(2.2 * MB);
  });
});

describe('large replies', () => {
  test('are read one at a time over all sources, and each gets its turn', async () => {
    const taken = new Map<string, { readonly bytes: number; readonly isReleased: boolean }>();
    let mostAtOnce = 0;
    const replyTo = (path: string) => {
      const { reply, counts } = endless(page, ' ');
      taken.set(path, counts);
      return reply;
    };
    const large = MB;
    const ray = rayOf(replyTo, {
      largeReplyBytes: large,
      limits: perSource(() => 3 * MB),
      yieldToEventLoop() {
        const atOnce = [...taken.values()].filter(({ bytes, isReleased }) => bytes > large + 2 * PART && !isReleased);
        mostAtOnce = Math.max(mostAtOnce, atOnce.length);
        return new Promise((resolve) => setImmediate(resolve));
      },
    });
    const reads = await Promise.all(sourceNames.filter((name) => name !== 'identity').map((name) => ray.read(name)));
    expect(reads.map((read) => !read.ok && read.reason)).toEqual(reads.map(() => 'too-large'));
    expect(mostAtOnce).toBe(1);
  });

  test('one that ran out of time gives its turn to the next', async () => {
    const timers: (() => void)[] = [];
    let isFirst = true;
    const stalled: RayReply = {
      status: 200,
      header: () => null,
      body: (async function* () {
        yield Buffer.from(page.padEnd(100));
        await new Promise(() => undefined);
      })(),
    };
    const replyTo = () => {
      if (!isFirst) return { ...stalled, body: endless('<', 'x').reply.body };
      isFirst = false;
      return stalled;
    };
    const ray = rayOf(replyTo, {
      largeReplyBytes: 10,
      clock: { now: () => 0, after: (_ms, ring) => (timers.push(ring), () => undefined) },
    });
    const first = ray.read('state');
    await new Promise((resolve) => setImmediate(resolve));
    const second = ray.read('summary');
    await new Promise((resolve) => setImmediate(resolve));
    timers[0]?.();
    expect(await first).toMatchObject({ ok: false, reason: 'timed-out' });
    expect(await second).toMatchObject({ ok: false });
  });
});
