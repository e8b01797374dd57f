import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';

let on: AttackTarget;
/** One that is less in a hurry, whose refusals are not about time. */
let patient: AttackTarget;
beforeAll(async () => {
  on = await startAttackTarget({ requestTimeout: 300 });
  patient = await startAttackTarget();
});
afterAll(() => Promise.all([on.close(), patient.close()]));

const head = (target: AttackTarget, path: string, ...headers: string[]) =>
  [
    `PUT ${path} HTTP/1.1`,
    `Host: ${target.host}`,
    target.cookie,
    'Content-Type: application/json',
    'X-Virtual-Cluster-Console: 1',
    ...headers,
  ].join('\r\n');
const CHANGE = '/api/changes/00000000-0000-4000-8000-000000000001';
const MB = 1_000_000;

// Concurrent, since each only waits for the server's time-out.
describe.concurrent('an incomplete request is dropped after the time-out', () => {
  const cases: [string, () => string][] = [
    ['nothing', () => ''],
    ['a letter', () => 'P'],
    ['half a line', () => 'PUT /api'],
    ['a line', () => 'PUT / HTTP/1.1\r\n'],
    ['a host', () => `PUT / HTTP/1.1\r\nHost: ${on.host}\r\n`],
    ['half a header', () => `PUT / HTTP/1.1\r\nHost: ${on.host}\r\nX: `],
    ['a length, and no body', () => `${head(on, CHANGE, 'Content-Length: 100')}\r\n\r\n`],
    ['half a body', () => `${head(on, CHANGE, 'Content-Length: 100')}\r\n\r\n{"kind":`],
    ['a chunk that does not come', () => `${head(on, CHANGE, 'Transfer-Encoding: chunked')}\r\n\r\n64\r\n{`],
    ['chunks without an end', () => `${head(on, CHANGE, 'Transfer-Encoding: chunked')}\r\n\r\n1\r\n{\r\n`],
  ];
  test.each(cases)('%s', async (_name, bytes) => {
    const began = Date.now();
    await on.send(bytes(), 10_000);
    // The server closed the connection, else the wait would have lasted 10 s.
    expect(Date.now() - began).toBeLessThan(9_000);
    expect(on.writes).toEqual([]);
  });
});

describe.concurrent('a request that is too large is refused', () => {
  const cases: [string, () => string, number[]][] = [
    ['a long path', () => `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: ${patient.host}\r\n\r\n`, [431]],
    ['a long query', () => `GET /api/nodes?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: ${patient.host}\r\n\r\n`, [431]],
    ['a long header', () => `${head(patient, CHANGE, `X: ${'x'.repeat(20_000)}`)}\r\n\r\n`, [431]],
    ['a long cookie', () => `${head(patient, CHANGE, `Cookie: ${'x=1; '.repeat(5_000)}`)}\r\n\r\n`, [431]],
    [
      'many headers',
      () => `${head(patient, CHANGE, ...Array.from({ length: 3_000 }, (_, n) => `X${String(n)}: 1`))}\r\n\r\n`,
      [431],
    ],
    ['a long method', () => `${'X'.repeat(20_000)} / HTTP/1.1\r\nHost: ${patient.host}\r\n\r\n`, [400]],
    ['a body declared too large', () => `${head(patient, CHANGE, `Content-Length: ${String(MB + 1)}`)}\r\n\r\n`, [413]],
    ['a body declared endless', () => `${head(patient, CHANGE, 'Content-Length: 99999999999999')}\r\n\r\n`, [413]],
    [
      'a chunked body that is too large',
      () =>
        `${head(patient, CHANGE, 'Transfer-Encoding: chunked')}\r\n\r\n${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(20)}0\r\n\r\n`,
      [413],
    ],
    [
      'a sign-in body that is too large',
      () =>
        `${head(patient, '/api/sign-in', 'Connection: close', `Content-Length: ${String(2 * MB)}`).replace('PUT', 'POST')}\r\n\r\n${'x'.repeat(2 * MB)}`,
      [413],
    ],
    [
      'a sign-in body larger than any link',
      () =>
        `${head(patient, '/api/sign-in', 'Content-Length: 5000')
          .replace('PUT', 'POST')
          .replace(/\r\nCookie.*/, '')}\r\n\r\n`,
      [413],
    ],
    [
      'a body of nobody, which is not waited for',
      () => `${head(patient, CHANGE, 'Content-Length: 900000').replace(/\r\nCookie.*/, '')}\r\n\r\n`,
      [401],
    ],
    [
      'a chunk with a long extension',
      () => `${head(patient, CHANGE, 'Transfer-Encoding: chunked')}\r\n\r\n1;${'x'.repeat(20_000)}\r\n{\r\n0\r\n\r\n`,
      [413, 400],
    ],
  ];
  test.each(cases)('%s', async (_name, bytes, statuses) => {
    const [status] = statusesIn(await patient.send(bytes(), 10_000));
    expect(statuses).toContain(status);
    expect(patient.writes).toEqual([]);
  });
});

test('later requests are served', async () => {
  expect(
    statusesIn(
      await on.send(`GET /api/session HTTP/1.1\r\nHost: ${on.host}\r\n${on.cookie}\r\nConnection: close\r\n\r\n`),
    ),
  ).toEqual([200]);
});
