import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf, writes } from '../harness/attack-writes.ts';

/** What a page of another site, or of another port of this host, has a browser send: with the victim's cookie. */
let on: AttackTarget;
let before = '';
beforeAll(async () => {
  on = await startAttackTarget();
  before = await on.state();
});
afterAll(() => on.close());

const JSON_TYPE = 'Content-Type: application/json';
const OURS = 'X-Virtual-Cluster-Console: 1';
const port = () => on.host.split(':')[1] ?? '';

/** Names that lead here without being ours: DNS rebinding, other ports, spellings. */
const hosts: readonly ((port: string) => string)[] = [
  () => 'evil.example',
  (own) => `evil.example:${own}`,
  (own) => `127.0.0.1.evil.example:${own}`,
  (own) => `localhost.evil.example:${own}`,
  () => '127.0.0.1:1',
  () => 'localhost',
  () => '127.0.0.1',
  (own) => `127.0.0.1:${own}@evil.example`,
  (own) => `evil.example#127.0.0.1:${own}`,
  (own) => `127.0.0.1:${own}.evil.example`,
  (own) => `0x7f000001.evil.example:${own}`,
  (own) => `0.0.0.0:${own}`,
  (own) => `[::ffff:10.0.0.1]:${own}`,
  (own) => `localhost:0${own}`,
  (own) => `127.0.0.1:${own}/x`,
  () => '',
  // These look like addresses, and can stand in no URL.
  (own) => `12x.0.0.1:${own}`,
  (own) => `127.0.0.1.256:${own}`,
  () => 'evil.1',
  (own) => `<script>:${own}`,
];

/** What a browser says of where a request comes from. */
const origins: readonly ((host: string) => readonly string[])[] = [
  () => ['Origin: http://evil.example'],
  () => ['Origin: https://evil.example'],
  () => ['Origin: null'],
  () => ['Origin: http://127.0.0.1:3000'],
  () => ['Origin: http://127.0.0.1'],
  () => ['Origin: http://localhost:3000', 'Sec-Fetch-Site: same-site'],
  (host) => [`Origin: http://${host.replace('127.0.0.1', 'localhost')}`],
  (host) => [`Origin: http://${host}.evil.example`],
  (host) => [`Origin: ftp://${host}`],
  (host) => [`Origin: http://${host}`, 'Sec-Fetch-Site: cross-site'],
  (host) => [`Origin: http://${host}`, 'Sec-Fetch-Site: same-site'],
  (host) => [`Origin: http://${host}`, 'Origin: http://evil.example', 'Sec-Fetch-Site: cross-site'],
  () => ['Origin: file://'],
  () => ['Origin: chrome-extension://abcdefgh'],
  () => ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors'],
  () => ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'],
];

/** What a form, or a page without leave, can send: no JSON, or not our header. */
const plain: readonly ((host: string) => readonly string[])[] = [
  () => ['Content-Type: text/plain'],
  () => ['Content-Type: application/x-www-form-urlencoded'],
  () => ['Content-Type: multipart/form-data; boundary=x'],
  () => ['Content-Type: text/plain; charset=application/json'],
  () => ['Content-Type: application/jsonp'],
  (host) => [JSON_TYPE, `Origin: http://${host}`],
  () => [JSON_TYPE, 'Sec-Fetch-Site: same-origin'],
  () => [JSON_TYPE, 'Sec-Fetch-Site: none'],
  () => ['Content-Type: application/csp-report', OURS],
  () => ['Content-Type: text/json', OURS],
];

let sent = 0;
/** What came of it: `refused`, or what should not have been. */
async function outcomeOf(bytes: string): Promise<string> {
  sent += 1;
  const [status] = statusesIn(await on.send(bytes, 10_000));
  if (on.writes.length > 0) return `reached Ray: ${on.writes.join(', ')}`;
  return status === undefined || (status >= 400 && status < 500) ? 'refused' : String(status);
}

describe.each(writes)('$name', (write) => {
  test.each(hosts)('under another name: %s', async (host) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${host(port())}`, on.cookie, JSON_TYPE, OURS]))).toBe('refused');
  });
  test.each(origins)('from elsewhere: %s', async (origin) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, on.cookie, JSON_TYPE, OURS, ...origin(on.host)]))).toBe(
      'refused',
    );
  });
  test.each(plain)('as a form would: %s', async (headers) => {
    // A bare DELETE has no body to take for a form's: a browser names its origin with it.
    const body = write.body === '' ? 'x=1' : write.body;
    expect(await outcomeOf(bytesOf({ ...write, body }, [`Host: ${on.host}`, on.cookie, ...headers(on.host)]))).toBe(
      'refused',
    );
  });
  test.each(['iframe', 'frame', 'embed', 'object', 'script', 'image', 'style', 'font', 'video', 'worker'])(
    'to be drawn in another page as %s',
    async (dest) => {
      expect(
        await outcomeOf(
          bytesOf({ method: 'GET', path: '/', body: '' }, [
            `Host: ${on.host}`,
            on.cookie,
            'Sec-Fetch-Site: cross-site',
            'Sec-Fetch-Mode: navigate',
            `Sec-Fetch-Dest: ${dest}`,
          ]),
        ),
      ).toBe('refused');
    },
  );
  test.each(['OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'LINK', 'SEARCH', 'PURGE', 'MKCOL', 'M-SEARCH'])(
    'asked beforehand, or by another method: %s',
    async (method) => {
      expect(
        await outcomeOf(
          bytesOf({ ...write, method }, [
            `Host: ${on.host}`,
            on.cookie,
            JSON_TYPE,
            OURS,
            'Access-Control-Request-Method: PUT',
          ]),
        ),
      ).toBe('refused');
    },
  );
  test.each([
    '',
    'a=b',
    'virtual-cluster-console-1=x',
    'Bearer',
    'admin=true',
    `x; ${'y'.repeat(3_000)}`,
    'virtual-cluster-console=',
    '__Host-virtual-cluster-console=1',
    '=',
    ';;;;',
  ])('by nobody who signed in: %s', async (cookie) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, `Cookie: ${cookie}`, JSON_TYPE, OURS]))).toBe('refused');
  });
  test('by a viewer', async () => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, on.viewer, JSON_TYPE, OURS]))).toBe('refused');
  });
});

test('nothing of these many requests changed anything, or was told to another site', async () => {
  expect(sent).toBeGreaterThanOrEqual(200);
  expect(on.writes).toEqual([]);
  expect(await on.state()).toHaveLength(before.length);
  const page = await on.send(
    bytesOf({ method: 'GET', path: '/', body: '' }, [`Host: ${on.host}`, on.cookie, 'Origin: http://evil.example']),
  );
  expect(page).not.toMatch(/access-control-allow/i);
  expect(page).toMatch(/x-frame-options: DENY/i);
  expect(page).toMatch(/frame-ancestors 'none'/);
});

test('the same writes, as the page sends them, do go through', async () => {
  for (const write of writes) {
    await on.send(
      bytesOf(write, [
        `Host: ${on.host}`,
        on.cookie,
        JSON_TYPE,
        OURS,
        `Origin: http://${on.host}`,
        'Sec-Fetch-Site: same-origin',
      ]),
      5_000,
    );
  }
  expect(on.writes).toHaveLength(3);
});
