import { afterEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { problem } from '../../contract/problem.ts';
import { uuid } from '../../testing/harness/test-console.ts';
import { createConsoleWithSignIn, type ConsoleWithSignIn } from '../../testing/harness/console-with-sign-in.ts';
import { MAX_BODY_BYTES } from './request-body.ts';

const operator = { role: 'operator', clusters: null } as const;
const CHUNK = 100_000;

let on: ConsoleWithSignIn;
let endings: (() => void)[] = [];
afterEach(async () => {
  for (const end of endings) end();
  endings = [];
  await on.close();
});

/** A write whose body sends all of `bytes` and then neither ends nor breaks, and how many of its bytes were taken from it. */
function openWrite(path: string, headers: Record<string, string>, bytes: number, declared: number | null = null) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => void endings.push(() => controller.error(new Error('gone'))),
      pull(controller) {
        if (taken >= bytes) return new Promise(() => undefined);
        controller.enqueue(new Uint8Array(CHUNK).fill(32));
        taken += CHUNK;
        return Promise.resolve();
      },
    },
    { highWaterMark: 0 },
  );
  const length: Record<string, string> = declared === null ? {} : { 'Content-Length': String(declared) };
  const init: RequestInit & { duplex: 'half' } = {
    method: path === paths.signIn ? 'POST' : 'PUT',
    headers: { 'Content-Type': 'application/json', ...length, ...headers },
    body,
    duplex: 'half',
  };
  const reply = on.send(new Request(`http://127.0.0.1:8600${path}`, init));
  let status: number | null = null;
  void reply.then((each) => (status = each.status));
  return { reply, taken: () => taken, status: () => status };
}

async function problemOf(reply: Response): Promise<unknown[]> {
  return [reply.status, problem.parse(await reply.json()).problem, reply.headers.get('Retry-After')];
}

test('no byte of a body is read before its sender is known', async () => {
  on = createConsoleWithSignIn();
  const withdrawn = on.token('ci', operator);
  on.withdraw('ci');
  for (const headers of [{}, withdrawn, { Cookie: 'virtual-cluster-console-8600=x' }, { 'X-Forwarded-User': 'eve' }]) {
    const writes = [null, MAX_BODY_BYTES].map((length) => openWrite(paths.change(uuid(1)), headers, CHUNK, length));
    await on.clock.settle();
    expect(writes.map((each) => [each.taken(), each.status()])).toEqual([
      [0, expect.toBeOneOf([401, 403])],
      [0, expect.toBeOneOf([401, 403])],
    ]);
  }
});

test('of a sign-in no more is read than a link can have', async () => {
  on = createConsoleWithSignIn();
  const declared = openWrite(paths.signIn, {}, MAX_BODY_BYTES, CHUNK);
  const streamed = openWrite(paths.signIn, {}, MAX_BODY_BYTES);
  await on.clock.settle();
  expect([declared.status(), declared.taken(), streamed.status(), streamed.taken()]).toEqual([413, 0, 413, CHUNK]);
});

describe('what is held of bodies under way is bounded', () => {
  const bytesHeld = (writes: readonly ReturnType<typeof openWrite>[]) =>
    writes.reduce((sum, each) => sum + (each.status() === null ? each.taken() : 0), 0);

  test.each<[string, number | null]>([
    ['declared', MAX_BODY_BYTES],
    ['streamed', null],
  ])('for one principal, and the next one is served (%s)', async (_name, declared) => {
    on = createConsoleWithSignIn();
    const eve = on.token('eve', operator);
    const writes = Array.from({ length: 100 }, (_, n) =>
      openWrite(paths.change(uuid(n)), eve, MAX_BODY_BYTES - CHUNK, declared),
    );
    await on.clock.settle();
    await on.clock.settle();
    expect(bytesHeld(writes)).toBeLessThanOrEqual(4_000_000);
    const refused = writes.find((each) => each.status() !== null);
    if (refused === undefined) throw new Error('none was refused');
    expect(await problemOf(await refused.reply)).toEqual([429, 'too-much-at-once', '1']);
    const change = { kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } };
    const reply = await on.ask('PUT', paths.change(uuid(999)), on.token('anna', operator), change);
    expect([200, 202]).toContain(reply.status);
  });

  test('for all together, and small ones still fit', async () => {
    on = createConsoleWithSignIn();
    const writes = Array.from({ length: 60 }, (_, who) => on.token(`eve-${String(who)}`, operator)).flatMap((headers) =>
      Array.from({ length: 5 }, (_, n) =>
        openWrite(paths.change(uuid(n)), headers, MAX_BODY_BYTES - CHUNK, MAX_BODY_BYTES),
      ),
    );
    await on.clock.settle();
    await on.clock.settle();
    expect(bytesHeld(writes)).toBeLessThanOrEqual(32_000_000);
    expect(new Set(writes.map((each) => each.status()))).toEqual(new Set([null, 429, 503]));
    const change = { kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } };
    const reply = await on.ask('PUT', paths.change(uuid(999)), on.token('anna', operator), change);
    expect([200, 202]).toContain(reply.status);
  });

  test('and is let go when a body breaks, is too large, or is answered', async () => {
    on = createConsoleWithSignIn();
    const eve = on.token('eve', operator);
    for (let round = 0; round < 10; round += 1) {
      const writes = [1, 2, 3].map((n) => openWrite(paths.change(uuid(n)), eve, CHUNK, MAX_BODY_BYTES));
      await on.clock.settle();
      for (const end of endings.splice(0)) end();
      for (const each of writes) expect((await each.reply).status).toBe(400);
      expect((await openWrite(paths.change(uuid(4)), eve, 2 * MAX_BODY_BYTES).reply).status).toBe(413);
      expect((await on.ask('PUT', paths.change(uuid(5)), eve, 'x'.repeat(900_000))).status).toBe(400);
    }
  });
});

test('a body that takes longer than its sender is let in changes nothing', async () => {
  on = createConsoleWithSignIn();
  const ci = on.token('ci', operator);
  let send: (text: string) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      send = (text) => {
        controller.enqueue(new TextEncoder().encode(text));
        controller.close();
      };
    },
  });
  const init: RequestInit & { duplex: 'half' } = {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', ...ci },
    body,
    duplex: 'half',
  };
  const reply = on.send(new Request(`http://127.0.0.1:8600${paths.change(uuid(1))}`, init));
  await on.clock.settle();
  on.withdraw('ci');
  send(JSON.stringify({ kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } }));
  expect((await reply).status).toBe(401);
  await on.clock.advance(1_000);
  expect(on.ray.saved).toEqual([]);
});
