import { describe, expect, test } from 'vitest';
import type { Change } from '../../contract/change.ts';
import { paths } from '../../contract/paths.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { PassThroughReply } from '../../ray/client/ray.ts';
import { RAY_FAILED } from './ray-reply-forwarding.ts';
import { consolePerTest, createTestConsole } from '../../testing/harness/test-console.ts';

const on = consolePerTest({ '4c8g': 1 });

const applied: Outcome = { kind: 'applied', revision: null, members: null };
const unknown: Outcome = { kind: 'unknown', cause: 'traceback' };

function says(status: number, text: string, outcome: Outcome | null): PassThroughReply {
  return { kind: 'reply', status, contentType: 'application/json; charset=utf-8', text, outcome };
}

async function journal(): Promise<readonly Change[]> {
  const list: { changes: Change[] } = await (await on.console.ask(paths.changes)).json();
  return list.changes;
}

// As a script sends it: no header of ours, no Origin.
const post = (body: string) =>
  on.console.ask('/virtual_clusters', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
const del = (id: string) => on.console.ask(paths.virtualCluster(id), { method: 'DELETE' });

const traceback = JSON.stringify({ result: false, msg: 'Traceback (most recent call last):\n  File "x"', data: {} });

describe("Ray's replies go to scripts as they are", () => {
  test.each([
    [
      'a list',
      200,
      '{"result": true, "msg": "All virtual clusters fetched.", "data": {"virtualClusters": [{"revision": 1734141542694433731}]}}',
    ],
    ['a rejection', 500, '{"result":false,"msg":"Failed","data":{}}'],
  ])('%s', async (_name, status, text) => {
    on.ray.replies.push(says(status, text, null));
    const reply = await on.console.ask('/virtual_clusters?virtual_cluster_id=x');
    expect(reply.status).toBe(status);
    expect(await reply.text()).toBe(text);
    expect(reply.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
    expect(await journal()).toEqual([]);
  });

  test('a save goes out as it was read and remembered, and its reply comes back as it is', async () => {
    const body = '{"virtualClusterId":"vc", "divisible":false,"replicaSets":{"4c8g":2},"revision":1734141542694433731}';
    const text =
      '{"result": true, "msg": "Virtual cluster created or updated.", "data": {"revision": 1734141542694433732}}';
    on.ray.replies.push(says(200, text, applied));
    expect(await (await post(body)).text()).toBe(text);
    const save = {
      clusterId: 'vc',
      divisible: false,
      replicaSets: { '4c8g': 2 },
      revision: '1734141542694433731',
      held: { '4c8g': 1 },
    };
    expect(on.ray.forwarded).toEqual([{ method: 'POST', save }]);
    await on.clock.settle();
    expect(await journal()).toMatchObject([
      {
        by: 'script',
        attempts: 1,
        wanted: {
          kind: 'save',
          clusterId: 'vc',
          want: { '4c8g': 2 },
          base: { revision: '1734141542694433731', replicaSets: { '4c8g': 1 } },
        },
        result: { kind: 'applied' },
      },
    ]);
  });

  test('an expired revision is told, never retried, though nothing but it moved', async () => {
    const there = on.ray.clusters.get('vc');
    if (there === undefined) throw new Error('gone');
    on.ray.replies.push(
      says(500, '{"result":false,"msg":"expired","data":{}}', { kind: 'conflict', latest: there.revision }),
    );
    await post('{"virtualClusterId":"vc","replicaSets":{"4c8g":1},"revision":5}');
    await on.clock.settle();
    expect(on.ray.forwarded.length).toBe(1);
    expect(await journal()).toMatchObject([{ attempts: 1, result: { kind: 'conflict' } }]);
  });

  test('a delete is remembered as one, a release as one', async () => {
    on.ray.replies.push(says(200, '{"result":true,"msg":"removed","data":{}}', applied));
    on.ray.replies.push(says(200, '{"result":true,"msg":"removed","data":{}}', applied));
    expect((await del('a/b c?d')).status).toBe(200);
    expect((await del('team##raysubmit_X')).status).toBe(200);
    expect(on.ray.forwarded).toEqual([
      { method: 'DELETE', clusterId: 'a/b c?d' },
      { method: 'DELETE', clusterId: 'team##raysubmit_X' },
    ]);
    await on.clock.settle();
    expect((await journal()).map(({ wanted }) => wanted.kind)).toEqual(['release', 'delete']);
  });
});

describe('what is no answer of Ray’s never reaches a script', () => {
  test.each<[string, PassThroughReply, number]>([
    ['a traceback', says(500, traceback, unknown), 500],
    [
      'a page',
      { kind: 'reply', status: 502, contentType: 'text/html', text: '<html>Bad gateway', outcome: unknown },
      500,
    ],
    ['a cut reply', says(200, '{"result": tr', unknown), 500],
    ['nothing in time', { kind: 'no-reply', outcome: { kind: 'unknown', cause: 'timed-out' } }, 500],
  ])('%s', async (_name, reply, status) => {
    on.ray.replies.push(reply);
    const answer = await post('{"virtualClusterId":"vc","replicaSets":{},"revision":1}');
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe(RAY_FAILED);
    await on.clock.settle();
    expect((await journal())[0]?.result).toMatchObject({ kind: 'unknown' });
  });

  test('a traceback of the list', async () => {
    on.ray.replies.push(says(500, traceback, null));
    expect(await (await on.console.ask('/virtual_clusters')).text()).toBe(RAY_FAILED);
  });

  test('no connection is told as that', async () => {
    on.ray.replies.push({ kind: 'no-reply', outcome: { kind: 'unreachable' } });
    const reply = await del('vc');
    expect(reply.status).toBe(503);
    expect(await reply.json()).toMatchObject({ result: false, data: {} });
  });
});

test('what Ray calls a page is none: its words may be of anybody', async () => {
  const text = '{"result":true,"msg":"<script>alert(1)</script>","data":{}}';
  on.ray.replies.push({ kind: 'reply', status: 200, contentType: 'text/html', text, outcome: null });
  const reply = await on.console.ask('/virtual_clusters');
  expect([reply.headers.get('Content-Type'), await reply.text()]).toEqual(['text/plain; charset=utf-8', text]);
});

test('however many ask for the list at once, Ray is asked once at a time, and nobody is told what was before they asked', async () => {
  const waiting: ((text: string) => void)[] = [];
  on.ray.passThrough = () => new Promise((resolve) => waiting.push((text) => resolve(says(200, text, null))));
  const list = async () => (await on.console.ask('/virtual_clusters')).text();
  const replyOf = (msg: string) => JSON.stringify({ result: true, msg, data: {} });
  const first = list();
  await on.clock.settle();
  const others = Array.from({ length: 50 }, list);
  await on.clock.settle();
  expect(waiting).toHaveLength(1);
  waiting[0]?.(replyOf('first'));
  expect(await first).toBe(replyOf('first'));
  await on.clock.settle();
  expect(waiting).toHaveLength(2);
  waiting[1]?.(replyOf('second'));
  expect(new Set(await Promise.all(others))).toEqual(new Set([replyOf('second')]));
  const later = list();
  await on.clock.settle();
  expect(waiting).toHaveLength(3);
  waiting[2]?.(replyOf('third'));
  expect(await later).toBe(replyOf('third'));
});

describe('the ## trap is never set', () => {
  test.each([
    ['plainly', '{"virtualClusterId":"a##b","replicaSets":{}}'],
    ['escaped', '{"virtualClusterId":"a\\u0023\\u0023b"}'],
    ['said twice', '{"virtualClusterId":"ok","virtualClusterId":"a##b"}'],
    ['by pairs, which Python takes for an object', '[["virtualClusterId","a##b"]]'],
    ['in what Python reads and JSON is not', '{"virtualClusterId":"a##b","x":NaN}'],
    ['named like a job', '{"virtualClusterId":"team##raysubmit_X"}'],
  ])('%s', async (_name, body) => {
    const reply = await post(body);
    expect(reply.status).toBe(500);
    expect(await reply.json()).toMatchObject({ result: false });
    expect(on.ray.forwarded).toEqual([]);
  });

  test('a delete of what names no job cluster is refused', async () => {
    expect((await del('a/b c##d?e')).status).toBe(500);
    expect(on.ray.forwarded).toEqual([]);
  });
});

describe('an id that no DELETE reaches', () => {
  const unreachable = ['.', '..', 'a{b', '}', 'a'.repeat(8_001), 'ü'.repeat(1_334)];
  test.each(unreachable)('%.10s is not created', async (id) => {
    const reply = await post(JSON.stringify({ virtualClusterId: id, replicaSets: {} }));
    expect(reply.status).toBe(500);
    expect((await reply.json()).msg).toMatch(/could never be removed. Nothing was sent to Ray.$/);
    expect(on.ray.forwarded).toEqual([]);
  });

  test.each(['a{b', 'ü'.repeat(1_334)])('%.10s is not sent for a removal either', async (id) => {
    const reply = await del(id);
    expect((await reply.json()).msg).toMatch(/It stays until Ray is restarted/);
    expect(on.ray.forwarded).toEqual([]);
  });

  test('one that is there gives its nodes back', async () => {
    const revision = on.ray.put('a{b', { '4c8g': 2 });
    await on.console.fleet();
    await on.clock.advance(10_000);
    on.ray.replies.push(says(200, '{"result":true,"msg":"done","data":{}}', applied));
    expect((await post(`{"virtualClusterId":"a{b","revision":${revision}}`)).status).toBe(200);
  });

  test('the longest that can be removed is created, and remembered', async () => {
    const id = 'a'.repeat(8_000);
    on.ray.replies.push(says(200, '{"result":true,"msg":"made","data":{}}', applied));
    expect((await post(JSON.stringify({ virtualClusterId: id, replicaSets: {} }))).status).toBe(200);
    on.ray.replies.push(says(200, '{"result":true,"msg":"removed","data":{}}', applied));
    expect((await del(id)).status).toBe(200);
    await on.clock.settle();
    expect((await journal()).map(({ wanted }) => [wanted.kind, wanted.clusterId])).toEqual([
      ['delete', id],
      ['save', id],
    ]);
  });
});

describe('what can not be remembered exactly is not sent', () => {
  test.each([
    ['no id', '{"divisible":false}', 'virtualClusterId is missing.'],
    ['a count in quotes', '{"virtualClusterId":"vc","replicaSets":{"4c8g":"2"}}', 'whole numbers'],
    ['a revision that is none', '{"virtualClusterId":"vc","revision":"x"}', 'revision must be'],
    ['no JSON', '{"virtualClusterId":', 'not JSON'],
  ])('%s', async (_name, body, why) => {
    const reply = await post(body);
    expect(reply.status).toBe(500);
    const reported: { result: boolean; msg: string } = await reply.json();
    expect(reported.result).toBe(false);
    expect(reported.msg).toContain(why);
    expect(reported.msg).toContain('Nothing was sent to Ray.');
    expect(on.ray.forwarded).toEqual([]);
    expect(await journal()).toEqual([]);
  });

  test('an empty id, in the words of Ray', async () => {
    expect(await (await post('{"virtualClusterId":null}')).json()).toEqual({
      result: false,
      msg: 'Failed to create or update virtual cluster None: Invalid request, the virtual cluster id is empty. Nothing was sent to Ray.',
      data: { virtualClusterId: null, replicaSetsToRecommend: {} },
    });
  });

  test('a body that is not UTF-8, by its head or by its bytes', async () => {
    const send = (body: BodyInit, type: string) =>
      on.console.ask('/virtual_clusters', { method: 'POST', headers: { 'Content-Type': type }, body });
    const replies = [
      await send('{"virtualClusterId":"vc"}', 'application/json; charset=utf-16'),
      await send('{"virtualClusterId":"vc"}', 'application/json;Charset="latin1"'),
      await send(
        new Uint8Array([...new TextEncoder().encode('{"virtualClusterId":"vc'), 0xff, 0x22, 0x7d]),
        'application/json',
      ),
    ];
    for (const reply of replies)
      expect((await reply.json()).msg).toBe('The body must be UTF-8. Nothing was sent to Ray.');
    expect(on.ray.forwarded).toEqual([]);
    on.ray.replies.push(says(200, '{"result":true,"msg":"made","data":{}}', applied));
    expect((await send('{"virtualClusterId":"vc"}', 'application/json; charset=UTF-8')).status).toBe(200);
  });
});

describe('what Ray takes for something else is remembered as that', () => {
  test.each([
    ['replica sets as pairs', '"replicaSets":[["4c8g",2]]', { want: { '4c8g': 2 }, base: null }],
    ['a padded revision', '"revision":" 17 "', { base: { revision: '17', replicaSets: { '4c8g': 1 } } }],
    ['a revision with a point', '"revision":17.0', { base: { revision: '17', replicaSets: { '4c8g': 1 } } }],
    ['a revision that is false', '"revision":false', { base: null }],
    ['divisible in capitals', '"divisible":"TRUE"', { divisible: true }],
    ['a template named revision', '"replicaSets":{"revision":2}', { want: { revision: 2 } }],
  ])('%s', async (_name, member, expected) => {
    on.ray.replies.push(says(200, '{"result":true,"msg":"done","data":{}}', applied));
    await post(`{"virtualClusterId":"vc",${member}}`);
    await on.clock.settle();
    expect((await journal())[0]?.wanted).toMatchObject(expected);
  });
});

test('a read-only console sends nothing', async () => {
  const readOnly = createTestConsole({ ...on, readOnly: true });
  const reply = await readOnly.ask('/virtual_clusters/vc', { method: 'DELETE' });
  expect(reply.status).toBe(403);
  expect(await reply.json()).toMatchObject({ result: false });
  expect(on.ray.forwarded).toEqual([]);
  await readOnly.close();
});

test('a save of more templates than a change may name is refused in Ray’s form, and not sent', async () => {
  const replicaSets = Object.fromEntries(Array.from({ length: 257 }, (_, n) => [`t${String(n)}`, 1]));
  const reply = await post(JSON.stringify({ virtualClusterId: 'vc', divisible: false, replicaSets, revision: 0 }));
  expect(reply.status).toBe(500);
  expect(await reply.json()).toEqual({
    result: false,
    msg: expect.stringContaining('257 templates'),
    data: { virtualClusterId: 'vc', replicaSetsToRecommend: {} },
  });
  expect(on.ray.forwarded).toEqual([]);
  expect(await journal()).toEqual([]);
});
