import { describe, expect, test } from 'vitest';
import { NO_REVISION, parseRevision } from '../../domain/revision.ts';
import { createRay, USER_AGENT, type RayOptions } from './client.ts';
import { overFetch } from './transport.ts';
import { calls } from './calls.ts';
import { recorded } from '../recordings/recorded.ts';

type Answer = (request: Request) => Response | Promise<Response>;

const settle = () => new Promise((resolve) => setTimeout(resolve));

function setUp(answer: Answer, limits = {}, yielderFor?: RayOptions['yielderFor']) {
  const sent: { method: string; url: string; headers: Headers; body: string; redirect: string }[] = [];
  const timers = new Set<() => void>();
  let ids = 0;
  const ray = createRay({
    transport: overFetch(async (request) => {
      sent.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        redirect: request.redirect,
        body: await request.clone().text(),
      });
      return answer(request);
    }),
    address: 'http://ray:8265/',
    clock: {
      now: () => 1000,
      after(_ms, callBack) {
        timers.add(callBack);
        return () => timers.delete(callBack);
      },
    },
    uniqueToken: () => `u${String((ids += 1))}`,
    limits,
    ...(yielderFor === undefined ? {} : { yielderFor }),
  });
  return { ray, sent, timers };
}
const replying =
  (file: string, label: string): Answer =>
  () => {
    const { status, contentType, text } = recorded(file, label).reply;
    return new Response(text, { status, headers: { 'Content-Type': contentType } });
  };
const failing =
  (cause: unknown): Answer =>
  () => {
    throw new TypeError('fetch failed', { cause });
  };
const failure = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, ...(syscall ? { syscall } : {}) });
const wanted = {
  clusterId: 'vc1',
  divisible: false,
  replicaSets: { '4c8g': 1, '8c16g': 1 },
  revision: NO_REVISION,
  held: {},
};

describe('requests to Ray', () => {
  test('only the calls of the table leave, with a User-Agent of our own (fact 13)', async () => {
    const { ray, sent, timers } = setUp(() => new Response('{}'));
    await ray.read('list', { fresh: false });
    await ray.read('state');
    await ray.read('liveness');
    await ray.read('summary', { fresh: false });
    await ray.read('actors');
    await ray.read('jobs');
    await ray.read('identity');
    await ray.save(wanted);
    await ray.remove('team##raysubmit_X');
    await ray.stopJob('my job/1');
    expect(sent.map(({ method, url }) => `${method} ${url.replace('http://ray:8265', '')}`)).toEqual([
      'GET /virtual_clusters',
      'GET /api/v0/vclusters?detail=true&limit=10000',
      'GET /api/v0/nodes?detail=true&limit=10000',
      'GET /nodes?view=summary',
      'GET /api/v0/actors?detail=true&limit=10000&filter_keys=state&filter_predicates=%3D&filter_values=ALIVE',
      'GET /api/jobs/',
      'GET /api/version',
      'POST /virtual_clusters',
      'DELETE /virtual_clusters/team%23%23raysubmit_X',
      'POST /api/jobs/my%20job%2F1/stop',
    ]);
    expect(sent.length).toBe(Object.keys(calls).length);
    expect(
      sent.every(({ headers, redirect }) => headers.get('User-Agent') === USER_AGENT && redirect === 'manual'),
    ).toBe(true);
    expect(USER_AGENT).toMatch(/^virtual-cluster-console\/\d/);
    expect(timers.size).toBe(0);
  });
  test('fact 4: a fresh read has a query never used before', async () => {
    const { ray, sent } = setUp(replying('management', 'empty list'));
    await ray.read('list', { fresh: true });
    await ray.read('list', { fresh: true });
    expect(sent.map(({ url }) => new URL(url).search)).toEqual(['?t=u1', '?t=u2']);
  });
  test('fact 3: a save sends its revision as a bare integer', async () => {
    const { ray, sent } = setUp(replying('management', 'create'));
    expect(await ray.save(wanted)).toMatchObject({ kind: 'applied', revision: '1795469080484243902' });
    expect(sent[0]?.body).toBe(
      '{"virtualClusterId":"vc1","divisible":false,"replicaSets":{"4c8g":1,"8c16g":1},"revision":0}',
    );
  });
  test.each(['0', '9007199254740993', '1734141542694433731', '18446744073709551615'])(
    'fact 3: the revision %s goes through the list, a save and a rejection exactly',
    async (digits) => {
      const revision = parseRevision(digits);
      if (revision === null) throw new Error(digits);
      const row = `{"virtualClusterId":"vc1","divisible":"false","isRemoved":false,"nodeInstances":{},"revision":${digits}}`;
      const listed = setUp(() => new Response(`{"result":true,"msg":"","data":{"virtualClusters":[${row}]}}`));
      const read = await listed.ray.read('list', { fresh: true });
      expect(read.ok && [read.value.clusters[0]?.revision, read.value.raw('vc1')]).toEqual([digits, row]);
      const msg = `Failed to create or update virtual cluster vc1: The revision (1) is expired, the latest revision of the virtual cluster vc1 is ${digits}`;
      const saving = setUp(() => new Response(JSON.stringify({ result: false, msg, data: {} }), { status: 500 }));
      expect(await saving.ray.save({ ...wanted, revision })).toEqual({ kind: 'conflict', latest: digits });
      expect(saving.sent[0]?.body).toMatch(new RegExp(`"revision":${digits}}$`));
    },
  );
  test.each(['18446744073709551616', '-1', '1.0', '1e3', 'null', '"x"'])(
    'fact 3: %s is no revision, and the list is unreadable',
    async (digits) => {
      const row = `{"virtualClusterId":"vc1","divisible":"false","nodeInstances":{},"revision":${digits}}`;
      const { ray } = setUp(() => new Response(`{"result":true,"msg":"","data":{"virtualClusters":[${row}]}}`));
      expect(await ray.read('list', { fresh: true })).toMatchObject({ ok: false, reason: 'unreadable' });
    },
  );
  test.each(['', '.', '..', '\ud800'])('an id that no path can carry is refused, not sent: %j', async (id) => {
    const { ray, sent } = setUp(() => new Response('{}'));
    expect((await ray.remove(id)).kind).toBe('invalid');
    expect(sent).toEqual([]);
  });
});

describe('answers', () => {
  test('a reading carries its weight, its times and each cluster as Ray wrote it', async () => {
    const { ray } = setUp(replying('management', 'list nocache'));
    const read = await ray.read('list', { fresh: true });
    expect(read).toMatchObject({ ok: true, bytes: 415, begunAt: 1000, arrivedAt: 1000 });
    expect(read.ok && read.value.raw('vc1')).toContain('"revision": 1795469080484243902');
    expect(read.ok && read.value.raw('nope')).toBeNull();
  });
  test('more bytes than the limit are too large, told or counted', async () => {
    const declared = setUp(() => new Response('x'.repeat(50), { headers: { 'Content-Length': '50' } }), { list: 20 });
    expect(await declared.ray.read('list', { fresh: false })).toMatchObject({ reason: 'too-large' });
    const counted = setUp(() => new Response('x'.repeat(50)), { list: 20, save: 20 });
    expect(await counted.ray.read('list', { fresh: false })).toMatchObject({ reason: 'too-large' });
    expect(await counted.ray.save(wanted)).toEqual({ kind: 'unknown', cause: 'unreadable' });
  });
  test('a late answer is timed out, for a fetch that never ends too', async () => {
    const { ray, timers } = setUp(() => new Promise<Response>(() => {}));
    const reading = ray.read('jobs');
    const saving = ray.save(wanted);
    for (const ring of timers) ring();
    expect(await reading).toMatchObject({ ok: false, reason: 'timed-out' });
    expect(await saving).toEqual({ kind: 'unknown', cause: 'timed-out' });
  });
  test('redirects are not followed', async () => {
    const { ray, sent } = setUp(() => new Response(null, { status: 302, headers: { Location: 'http://elsewhere/' } }));
    expect(await ray.read('list', { fresh: false })).toMatchObject({ reason: 'unreadable' });
    expect(await ray.save(wanted)).toEqual({ kind: 'unknown', cause: 'not-ray' });
    expect(sent.length).toBe(2);
  });
  test.each([1, 2, 3, 5, 1_000])('characters split into parts of %i bytes are decoded', async (size) => {
    const row =
      '{"virtualClusterId":"größe-日本-😀","divisible":"false","nodeInstances":{"n":{"hostname":"é\\"\\\\","templateId":"日"}},"revision":1}';
    const bytes = new TextEncoder().encode(`{"result":true,"msg":"","data":{"virtualClusters":[${row}]}}`);
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(bytes.subarray(at, at + size));
        at += size;
        if (at >= bytes.length) controller.close();
      },
    });
    const { ray } = setUp(() => new Response(body));
    const read = await ray.read('list', { fresh: true });
    expect(read.ok && read.value.clusters).toMatchObject([
      { id: 'größe-日本-😀', members: new Map([['n', { hostname: 'é"\\', templateId: '日' }]]) },
    ]);
    expect(read.ok && [read.bytes, read.value.raw('größe-日本-😀')]).toEqual([bytes.length, row]);
  });
  test('a read yields between two parts of its reply; a write never does', async () => {
    const part = '{"result":true,"msg":"","data":{"virtualClusters":[]}}';
    let taken = 0;
    const inParts = () =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              const at = taken * 10;
              taken += 1;
              if (at >= part.length) controller.close();
              else controller.enqueue(new TextEncoder().encode(part.slice(at, at + 10)));
            },
          },
          { highWaterMark: 0 },
        ),
      );
    let isUrgent = true;
    let goOn = () => {};
    const asked: string[] = [];
    const yielderFor = (name: string) => {
      asked.push(name);
      return { shouldYield: () => isUrgent, waitForTurn: () => new Promise<void>((resolve) => (goOn = resolve)) };
    };
    const { ray } = setUp(inParts, {}, yielderFor);
    const reading = ray.read('list', { fresh: true });
    await settle();
    expect(taken).toBe(1);
    goOn();
    await settle();
    // One part was read, and then it stood back again.
    expect(taken).toBe(2);
    isUrgent = false;
    goOn();
    expect(await reading).toMatchObject({ ok: true, bytes: part.length });
    isUrgent = true;
    taken = 0;
    expect(await ray.save(wanted)).toMatchObject({ kind: 'unknown', cause: 'unreadable' });
    expect(asked).toEqual(['list']);
  });
  test('bytes that are not UTF-8 are unreadable', async () => {
    const { ray } = setUp(() => new Response(new Uint8Array([0x22, 0xff, 0x22])));
    expect(await ray.read('list', { fresh: false })).toMatchObject({ reason: 'unreadable' });
  });
  test.each([
    failure('ECONNREFUSED', 'connect'),
    failure('ENOTFOUND', 'getaddrinfo'),
    failure('EHOSTUNREACH', 'connect'),
    failure('UND_ERR_CONNECT_TIMEOUT'),
    failure('CERT_HAS_EXPIRED'),
    failure('ERR_SSL_WRONG_VERSION_NUMBER'),
    new AggregateError([failure('ECONNREFUSED', 'connect'), failure('ENETUNREACH', 'connect')]),
  ])('never sent: %s', async (cause) => {
    const { ray } = setUp(failing(cause));
    expect(await ray.save(wanted)).toEqual({ kind: 'unreachable' });
    expect(await ray.read('list', { fresh: false })).toMatchObject({ reason: 'unreachable' });
  });
  test.each([
    failure('ECONNRESET', 'read'),
    failure('UND_ERR_SOCKET'),
    failure('EHOSTUNREACH', 'write'),
    undefined,
    failure('EPROTO', 'write'),
    failure('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'),
  ])('sent, perhaps: %s', async (cause) => {
    const { ray } = setUp(failing(cause));
    expect(await ray.remove('vc1')).toEqual({ kind: 'unknown', cause: 'cut' });
  });
});

test('what is unchanged since the last good reading is the same object, also after a failed one', async () => {
  const list = replying('management', 'list nocache');
  const answers: Answer[] = [list, () => new Response('<html>'), list];
  const { ray } = setUp((request) => answers.shift()?.(request) ?? new Response('{}'));
  const first = await ray.read('list', { fresh: true });
  expect(await ray.read('list', { fresh: true })).toMatchObject({ ok: false });
  const again = await ray.read('list', { fresh: true });
  expect(again.ok && first.ok && again.value.clusters[0]?.members).toBe(first.ok && first.value.clusters[0]?.members);
  expect(first.ok && first.value.clusters[0]?.members.size).toBeGreaterThan(0);
});

describe("the pass-through of Ray's API", () => {
  test('what was read from a body is written anew, and the reply is returned unchanged', async () => {
    const { reply } = recorded('management', 'snake template');
    const { ray, sent } = setUp(replying('management', 'snake template'));
    const save = { ...wanted, clusterId: 'vc8', replicaSets: { my_node_type: 1 } };
    expect(await ray.passThrough({ method: 'POST', save })).toMatchObject({
      kind: 'reply',
      status: 500,
      text: reply.text,
      outcome: { kind: 'shortage', suggestion: { my_node_type: 0 } },
    });
    await ray.save(save);
    expect(sent[0]?.body).toContain('"replicaSets":{"my_node_type":1}');
    expect(sent[1]?.body).toBe(sent[0]?.body);
  });
  test('a list is read fresh and has no outcome', async () => {
    const { ray, sent } = setUp(replying('management', 'list nocache'));
    expect(await ray.passThrough({ method: 'GET' })).toMatchObject({ kind: 'reply', outcome: null });
    expect(sent[0]?.url).toContain('?t=u1');
  });
  test('a missing reply has its outcome', async () => {
    const { ray } = setUp(failing(failure('ECONNREFUSED', 'connect')));
    expect(await ray.passThrough({ method: 'DELETE', clusterId: 'a' })).toEqual({
      kind: 'no-reply',
      outcome: { kind: 'unreachable' },
    });
  });
});
