import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../harness/seeded-random.ts';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';

/** `FUZZ=50000 npx vitest run src/testing/security/fuzz.test.ts` sends more requests; `FUZZ_SEED` varies them. */
const REQUESTS = Number(process.env['FUZZ'] ?? '1000');
const SEED = Number(process.env['FUZZ_SEED'] ?? '1');
const CONCURRENCY = 8;

let on: AttackTarget;
beforeAll(async () => {
  on = await startAttackTarget({ requestTimeout: 2_000 });
});
afterAll(() => on.close());

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE', 'get', 'PURGE'];
const parts = [
  'api',
  'session',
  'fleet',
  'events',
  'changes',
  'changes.jsonl',
  'nodes',
  'map',
  'lately',
  'clusters',
  'raw',
  'virtual_clusters',
  'simulator',
  'ray',
  'reset',
  'sign-in',
  'sign-out',
  'notices',
  'serving',
  'x',
  '',
  '.',
  '..',
  '%2e%2e',
  '%00',
  '%ff',
  '%',
  '##',
  '%23%23',
  'a%2Fb',
  '__proto__',
  '00000000-0000-4000-8000-000000000001',
  'ä',
  '\x80',
  '<b>',
  'index.html',
  'assets',
];
const queries = [
  'since=',
  'since=x-1',
  'limit=',
  'limit=9',
  'offset=',
  'offset=-1',
  'q=',
  'cluster=',
  'outcome=applied,x',
  'until=9',
  'fresh=users',
  'section=free',
  'from=0',
  'to=99999999',
  'active=1',
  '%',
  '&&',
  '=',
  '__proto__=1',
  'view=table',
  'sort=x',
];
const headers = [
  'Content-Type: application/json',
  'Content-Type: text/plain',
  'X-Virtual-Cluster-Console: 1',
  'Origin: null',
  'Origin: http://evil.example',
  'Sec-Fetch-Site: same-origin',
  'Sec-Fetch-Site: cross-site',
  'Accept-Encoding: br, gzip',
  'Authorization: Bearer x',
  'X-Forwarded-User: a',
  'X-Forwarded-For: 1.2.3.4',
  'Cookie: a=b',
  'Last-Event-ID: 1',
  'If-None-Match: *',
  'Range: bytes=0-1',
  'X: \x80',
];
/** Used rarely, since most requests with one of these are rejected at once. */
const framing = [
  'Transfer-Encoding: chunked',
  'Content-Length: 5',
  'Expect: 100-continue',
  'Upgrade: h2c',
  'Host: other',
  'Host: 12x.0.0.1',
];
const bodies = [
  '',
  '{}',
  '[]',
  'null',
  '"x"',
  '{"token":"x"}',
  '{"kind":"save"}',
  '{"kind":"delete","clusterId":"x","base":null}',
  '{"kind":"save","clusterId":"f","divisible":false,"base":null,"want":{"4c8g":1}}',
  '{"kind":"release","clusterId":"a##b"}',
  '{"virtualClusterId":"x"}',
  '{"__proto__":{}}',
  '{',
  '\x00\x01',
  '5\r\n{"a":\r\n0\r\n\r\n',
  '1'.repeat(2_000),
];

/** A random request, mostly well-formed, some with random bytes replaced. It is sent as a viewer or without a session. */
function request(random: () => number): string {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const some = (from: readonly string[], most: number) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(from) ?? '');
  const path = `/${some(parts, 4).join('/')}`;
  const query = random() < 0.4 ? `?${some(queries, 3).join('&')}` : '';
  const body = pick(bodies) ?? '';
  const length = random() < 0.8 ? [`Content-Length: ${String(Buffer.byteLength(body))}`] : [];
  const session = random() < 0.7 ? [on.viewer] : [];
  const lines = [
    `${pick(methods) ?? 'GET'} ${path}${query} HTTP/1.1`,
    `Host: ${on.host}`,
    ...session,
    ...some(headers, 3),
    ...(random() < 0.1 ? some(framing, 2) : []),
    ...length,
    'Connection: close',
  ];
  const text = `${lines.join('\r\n')}\r\n\r\n${body}`;
  if (random() < 0.7) return text;
  const bytes = Buffer.from(text, 'latin1');
  for (let replacements = 1 + Math.floor(random() * 4); replacements > 0; replacements--)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return bytes.toString('latin1');
}

test(`${String(REQUESTS)} random requests: no server error, no unhandled rejection, no write`, async () => {
  const unhandled: unknown[] = [];
  const record = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', record);
  process.on('uncaughtException', record);
  const random = seededRandom(SEED);
  const failures: string[] = [];
  const counts = new Map<number, number>();
  let left = REQUESTS;
  async function lane() {
    while (left > 0) {
      left -= 1;
      const bytes = request(random);
      const received = await on.send(Buffer.from(bytes, 'latin1'), 60);
      for (const status of statusesIn(received)) {
        counts.set(status, (counts.get(status) ?? 0) + 1);
        if (status >= 500) failures.push(`${String(status)}: ${JSON.stringify(bytes)}`);
      }
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  process.off('unhandledRejection', record);
  process.off('uncaughtException', record);
  const summary = {
    requests: REQUESTS,
    seed: SEED,
    statuses: Object.fromEntries([...counts].toSorted(([a], [b]) => a - b)),
    failures: failures.length,
    writes: on.writes.length,
  };
  if (REQUESTS > 1_000) process.stdout.write(`BENCH ${JSON.stringify({ fuzz: summary })}\n`);
  expect(failures.slice(0, 5)).toEqual([]);
  expect(unhandled).toEqual([]);
  expect(on.writes).toEqual([]);
  // A share of those that were answered in time reached the routes; a busy machine answers fewer in time.
  const answered = [...counts.values()].reduce((sum, each) => sum + each, 0);
  expect(answered).toBeGreaterThan(50);
  expect((counts.get(200) ?? 0) / answered).toBeGreaterThan(1 / 50);
  expect(
    statusesIn(
      await on.send(
        `GET /api/session HTTP/1.1\r\nHost: ${on.host}\r\n${on.cookie}\r\nConnection: close\r\n\r\n`,
        2_000,
      ),
    ),
  ).toEqual([200]);
}, 3_600_000);
