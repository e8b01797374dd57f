import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf } from '../harness/attack-writes.ts';

/**
 * Requests that two parsers could read differently, that traverse paths, or that carry text that must never become code or a
 * header. The sender is signed in, except where the request would have to fool a proxy.
 */
let on: AttackTarget;
beforeAll(async () => {
  on = await startAttackTarget();
});
afterAll(() => on.close());

const JSON_TYPE = 'Content-Type: application/json';
const OURS = 'X-Virtual-Cluster-Console: 1';
const STOLEN = '{"virtualClusterId":"stolen","divisible":false,"replicaSets":{"4c8g":1},"revision":0}';

interface Received {
  readonly bytes: string;
  readonly statuses: readonly number[];
}

/** Waits longer for a reply that ends with the connection's close: the machine may be busy. */
async function send(bytes: string): Promise<Received> {
  const received = await on.send(bytes, bytes.includes('Connection: close') ? 10_000 : 400);
  return { bytes: received, statuses: statusesIn(received) };
}

/** The harm that a request did: a write that reached Ray, or a server error; null for none. */
function harm({ statuses }: Received): string | null {
  if (on.writes.length > 0) return `reached Ray: ${on.writes.join(', ')}`;
  return statuses.some((status) => status >= 500) ? `failed: ${statuses.join(' ')}` : null;
}

/** The smuggled request. It would be accepted by itself, since it has the credentials that a victim's proxy would add. */
const hidden = () =>
  `POST /virtual_clusters HTTP/1.1\r\nHost: ${on.host}\r\n${on.cookie}\r\n${JSON_TYPE}\r\nContent-Length: ${String(STOLEN.length)}\r\n\r\n${STOLEN}`;
const front = (headers: string, body: string) =>
  `POST /api/sign-out HTTP/1.1\r\nHost: ${on.host}\r\n${JSON_TYPE}\r\n${headers}\r\n\r\n${body}`;

describe('request smuggling', () => {
  const cases: [string, () => string][] = [
    ['both lengths', () => front('Content-Length: 4\r\nTransfer-Encoding: chunked', `0\r\n\r\n${hidden()}`)],
    [
      'both lengths, the other way',
      () =>
        front(`Transfer-Encoding: chunked\r\nContent-Length: ${String(hidden().length + 5)}`, `0\r\n\r\n${hidden()}`),
    ],
    ['two lengths', () => front(`Content-Length: 0\r\nContent-Length: ${String(hidden().length)}`, hidden())],
    ['a list of lengths', () => front('Content-Length: 0, 0', hidden())],
    ['a signed length', () => front('Content-Length: +0', hidden())],
    ['a negative length', () => front('Content-Length: -1', hidden())],
    ['a length in hex', () => front('Content-Length: 0x0', hidden())],
    ['a length with a space in it', () => front('Content-Length: 0 0', hidden())],
    ['an odd encoding', () => front('Transfer-Encoding: xchunked', `0\r\n\r\n${hidden()}`)],
    [
      'two encodings',
      () =>
        front('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`),
    ],
    ['an encoding that is not the last', () => front('Transfer-Encoding: chunked, identity', `0\r\n\r\n${hidden()}`)],
    [
      'a space before the colon',
      () => front('Transfer-Encoding : chunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`),
    ],
    ['a folded header', () => front('Transfer-Encoding:\r\n chunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`)],
    ['a bare line feed', () => front('X: y\nTransfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`)],
    [
      'a bare carriage return',
      () => front('X: y\rTransfer-Encoding: chunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`),
    ],
    [
      'a chunk size that is too large for a number',
      () => front('Transfer-Encoding: chunked', `ffffffffffffffffff\r\n\r\n${hidden()}`),
    ],
    ['a chunk size that is no number', () => front('Transfer-Encoding: chunked', `0x0\r\n\r\n${hidden()}`)],
    [
      'a chunk that is longer than its size',
      () => front('Transfer-Encoding: chunked', `1\r\nab\r\n0\r\n\r\n${hidden()}`),
    ],
    [
      'a vertical tab in the encoding',
      () => front('Transfer-Encoding: \x0bchunked\r\nContent-Length: 4', `0\r\n\r\n${hidden()}`),
    ],
    [
      'an older HTTP',
      () =>
        `POST /api/sign-out HTTP/1.0\r\nHost: ${on.host}\r\n${JSON_TYPE}\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${hidden()}`,
    ],
    [
      'two hosts',
      () =>
        `POST /virtual_clusters HTTP/1.1\r\nHost: ${on.host}\r\nHost: evil.example\r\n${on.cookie}\r\n${JSON_TYPE}\r\nContent-Length: ${String(STOLEN.length)}\r\n\r\n${STOLEN}`,
    ],
  ];
  test.each(cases)('%s', async (_name, bytes) => {
    expect(harm(await send(bytes()))).toBeNull();
  });
});

describe('paths', () => {
  const cases = [
    '/api/../virtual_clusters/..',
    '/virtual_clusters/..',
    '/virtual_clusters/.',
    '/virtual_clusters/%2e%2e',
    '/virtual_clusters/%2e%2e%2fapi%2fjobs',
    '/virtual_clusters/..%2f..%2fapi%2fjobs%2fx%2fstop',
    '/virtual_clusters/..%5cx',
    '/virtual_clusters//serving',
    '//virtual_clusters/serving',
    '/%2fvirtual_clusters/serving',
    '/virtual_clusters;/serving',
    '/virtual_clusters/serving/',
    '/virtual_clusters/serving?x=%ff',
    '/virtual_clusters/%',
    '/virtual_clusters/%zz',
    '/virtual_clusters/%00',
    '/virtual_clusters/%ff%fe',
    '/virtual_clusters/%c0%ae%c0%ae',
    '/VIRTUAL_CLUSTERS/serving',
    '/api/jobs/raysubmit_1/stop',
    '/api/v0/nodes',
    '/nodes',
    '/simulator/ray/virtual_clusters/serving',
    'http://evil.example/virtual_clusters/serving',
    'http://127.0.0.1:1/virtual_clusters/serving',
    '*',
    'virtual_clusters/serving',
    '\\virtual_clusters\\serving',
  ];
  // As a viewer, so that no spelling of an id is an allowed write.
  test.each(cases)('DELETE %s', async (path) => {
    expect(harm(await send(bytesOf({ method: 'DELETE', path, body: '' }, [`Host: ${on.host}`, on.viewer])))).toBeNull();
  });
  test.each(cases)('GET %s reveals nothing about the host', async (path) => {
    const received = await send(bytesOf({ method: 'GET', path, body: '' }, [`Host: ${on.host}`, on.cookie]));
    expect(harm(received)).toBeNull();
    expect(received.bytes).not.toMatch(/root:|node_modules|at \w+ \(/);
  });
  test.each([
    '/%61pi/session',
    '/x/../api/session',
    '/x/%2e%2e/api/session',
    '/./api/session',
    '/api/./session',
    '/api//session',
    '//api/session',
    '/x\\..\\api\\session',
    '/api\\session',
    '/api/session/.',
    '/api/%73ession',
    '/api/session%',
    '/api/%c0%af',
    'http://127.0.0.1/x/../api/session',
  ])('another spelling is refused, whoever asks: GET %s', async (path) => {
    for (const credential of [on.cookie, 'X-Nobody: 1']) {
      const received = await send(bytesOf({ method: 'GET', path, body: '' }, [`Host: ${on.host}`, credential]));
      expect(received.statuses).toEqual([400]);
      expect(received.bytes).not.toContain('consoleVersion');
    }
  });
  test.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc%2fpasswd',
    '/assets/../../package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/%2e%2e/main.js',
    '/file:///etc/passwd',
    '/..\\..\\etc\\passwd',
    '/assets/..%00/x',
    '/.git/config',
    '/.env',
  ])('files: GET %s', async (path) => {
    const received = await send(bytesOf({ method: 'GET', path, body: '' }, [`Host: ${on.host}`, on.cookie]));
    expect(harm(received)).toBeNull();
    expect(received.bytes).not.toMatch(/root:|\[core\]|"name":/);
  });
});

describe('bodies that aim at prototypes, or are not a change', () => {
  const save = { kind: 'save', clusterId: 'stolen', divisible: false, base: null, want: { '4c8g': 1 } };
  const cases = [
    `{"__proto__":${JSON.stringify(save)}}`,
    `{"constructor":{"prototype":${JSON.stringify(save)}}}`,
    `{"kind":"save","__proto__":{"clusterId":"stolen","divisible":false,"base":null,"want":{"4c8g":1}}}`,
    `[${JSON.stringify(save)}]`,
    `{"kind":"__proto__"}`,
    `{"kind":"constructor"}`,
    `{"kind":"toString"}`,
    JSON.stringify({ ...save, clusterId: ['stolen'] }),
    JSON.stringify({ ...save, clusterId: { toString: 'stolen' } }),
    JSON.stringify({ ...save, want: 'x' }),
    JSON.stringify({ ...save, want: [['4c8g', 1]] }),
    JSON.stringify({ ...save, want: { '4c8g': -1 } }),
    JSON.stringify({ ...save, want: { '4c8g': '1' } }),
    JSON.stringify({ ...save, clusterId: 'a##b' }),
    JSON.stringify({ ...save, clusterId: 'a\u0000b' }),
    JSON.stringify({ ...save, clusterId: 'x'.repeat(5_000) }),
    JSON.stringify({ kind: 'stop-job', clusterId: 'serving', submissionId: '../../virtual_clusters/serving' }),
    JSON.stringify({ kind: 'stop-job', clusterId: 'serving', submissionId: 'x/stop?y=' }),
    JSON.stringify({ kind: 'release', clusterId: 'serving' }),
    JSON.stringify({ kind: 'release', clusterId: 'serving##../..' }),
    '['.repeat(100_000),
    `{"a":`.repeat(50_000),
    '{"kind":1e999}',
    'null',
    '\ufeff{}',
  ];
  test.each(cases)('%#', async (body) => {
    const path = '/api/changes/00000000-0000-4000-8000-000000000009';
    const received = await send(
      bytesOf({ method: 'PUT', path, body }, [`Host: ${on.host}`, on.cookie, JSON_TYPE, OURS]),
    );
    expect(harm(received)).toBeNull();
    expect(received.statuses).toEqual([400]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('clusterId' in {}).toBe(false);
  });
  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'nothing is found by the name %s',
    async (name) => {
      for (const path of [`/api/changes/${name}`, `/api/clusters/${name}/raw`, `/api/clusters/${name}/nodes`]) {
        const received = await send(bytesOf({ method: 'GET', path, body: '' }, [`Host: ${on.host}`, on.cookie]));
        expect(received.statuses).toEqual([404]);
      }
    },
  );
});

describe('headers and claimed identities', () => {
  const claims = [
    'X-Forwarded-User: admin',
    'X-Forwarded-Groups: admins',
    'X-Forwarded-Email: admin@example.org',
    'X-Forwarded-Preferred-Username: admin',
    'X-Auth-Request-User: admin',
    'X-Auth-Request-Groups: admins',
    'X-Auth-Request-Email: admin@example.org',
    'X-Auth-Request-Access-Token: x',
    'x-forwarded-user:admin',
    'X-FORWARDED-USER: admin',
  ];
  test.each(claims)('%s is refused, with a valid session and without', async (claim) => {
    for (const credential of [on.cookie, 'X-Nobody: 1']) {
      const received = await send(
        bytesOf({ method: 'POST', path: '/virtual_clusters', body: STOLEN }, [
          `Host: ${on.host}`,
          credential,
          JSON_TYPE,
          OURS,
          claim,
        ]),
      );
      expect(received.statuses).toEqual([403]);
      expect(harm(received)).toBeNull();
    }
  });
  const unusual = [
    'X_Forwarded_User: admin',
    'X-Forwarded-For: 127.0.0.1',
    'X-Real-IP: 127.0.0.1',
    'Forwarded: for=127.0.0.1;host=evil.example',
    'X-Forwarded-Host: evil.example',
    'X-Original-URL: /simulator/reset',
    'X-Rewrite-URL: /virtual_clusters/serving',
    'X-HTTP-Method-Override: DELETE',
    'X-HTTP-Method: DELETE',
    'X-Method-Override: PUT',
    'Upgrade: websocket\r\nConnection: Upgrade',
    'Expect: 100-continue',
    'Range: bytes=0-9999999999',
    'Last-Event-ID: 1%0d%0aSet-Cookie: x=1',
    'Authorization: Bearer x',
    'Authorization: Basic YWRtaW46YWRtaW4=',
    'Accept-Encoding: br;q=1e9, gzip;q=NaN',
  ];
  test.each(unusual)('%s has no effect, and is not reflected', async (header) => {
    const received = await send(
      bytesOf({ method: 'GET', path: '/api/nothing%0d%0aSet-Cookie:%20x=1', body: '' }, [
        `Host: ${on.host}`,
        on.cookie,
        header,
      ]),
    );
    expect(harm(received)).toBeNull();
    expect(received.bytes).not.toMatch(/set-cookie/i);
    expect(received.bytes).not.toMatch(/evil\.example/);
  });
  test.each([
    'X: a\x00b',
    'X: a\r\nY\r\n',
    'X\x00: y',
    ': y',
    'X y: z',
    'X: \x7f',
    'Cookie: \x00',
    'X(: y',
    '\r\nX: y',
    'X: y\r\r\nHost: evil.example',
  ])('an invalid header: %j', async (header) => {
    expect(
      harm(
        await send(
          `DELETE /virtual_clusters/serving HTTP/1.1\r\nHost: ${on.host}\r\n${on.viewer}\r\n${header}\r\nConnection: close\r\n\r\n`,
        ),
      ),
    ).toBeNull();
  });
});

describe('script in reflected values', () => {
  const script = '<script>alert(1)</script>';
  const reflections: [string, string, readonly string[]][] = [
    ['an id', `/api/clusters/${encodeURIComponent(script)}/raw`, []],
    ['a change', `/api/changes/${encodeURIComponent(script)}`, []],
    ['a query', `/api/nodes?q=${encodeURIComponent(script)}`, []],
    ['a wrong query', `/api/nodes?limit=${encodeURIComponent(script)}`, []],
    ['a version', `/api/fleet?since=${encodeURIComponent(script)}`, []],
    ['a filter', `/api/changes?outcome=${encodeURIComponent(script)}`, []],
    ['a screen', `/clusters/${encodeURIComponent(script)}`, []],
    ['a path', `/${script}`, []],
    ['an origin', '/api/session', [`Origin: http://${script}`]],
    ['a referrer', '/api/session', [`Referer: http://x/${script}`]],
    ['an agent', '/api/session', [`User-Agent: ${script}`]],
    ['a host', '/api/session', [`Host: ${script}`]],
  ];
  test.each(reflections)('%s: is never returned as HTML', async (_name, path, headers) => {
    const host = headers.some((each) => each.startsWith('Host:')) ? [] : [`Host: ${on.host}`];
    const received = await send(bytesOf({ method: 'GET', path, body: '' }, [...host, on.cookie, ...headers]));
    expect(harm(received)).toBeNull();
    if (/content-type: text\/html/i.test(received.bytes)) expect(received.bytes).not.toContain(script);
    else if (received.statuses[0] !== 400) expect(received.bytes).toMatch(/x-content-type-options: nosniff/i);
  });
});

test('the console reads a fixed list of paths from Ray, with a fixed set of headers', () => {
  const allowed = new Set([
    '/virtual_clusters',
    '/api/v0/vclusters',
    '/api/v0/nodes',
    '/nodes',
    '/api/v0/actors',
    '/api/jobs/',
    '/api/version',
  ]);
  expect([...on.reads].filter((path) => !allowed.has(path))).toEqual([]);
  expect([...on.headers].toSorted()).toEqual(['accept', 'user-agent']);
  expect(on.writes).toEqual([]);
});

test('the smuggled request is accepted when it is sent as a request of its own', async () => {
  const closing = hidden().replace(`\r\n${JSON_TYPE}`, `\r\nConnection: close\r\n${JSON_TYPE}`);
  await on.send(front('Content-Length: 0', closing), 10_000);
  expect(on.writes).toEqual(['POST /virtual_clusters']);
});
