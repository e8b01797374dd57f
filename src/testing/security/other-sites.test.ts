import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf, writes } from '../harness/attack-writes.ts';

/** Requests that a page of another site, or of another port of this host, makes the victim's browser send, with the victim's cookie. */
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

/** Foreign `Host` headers: DNS rebinding, other ports, other spellings. */
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
  // These look like addresses but are invalid in a URL.
  (own) => `12x.0.0.1:${own}`,
  (own) => `127.0.0.1.256:${own}`,
  () => 'evil.1',
  (own) => `<script>:${own}`,
];

/** The headers with which a browser states a request's origin. */
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

/** What a form, or a script without CORS permission, can send: not JSON, or without our header. */
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
/** `refused`, or what went wrong. */
async function outcomeOf(bytes: string): Promise<string> {
  sent += 1;
  const [status] = statusesIn(await on.send(bytes, 10_000));
  if (on.writes.length > 0) return `reached Ray: ${on.writes.join(', ')}`;
  return status === undefined || (status >= 400 && status < 500) ? 'refused' : String(status);
}

describe.each(writes)('$name', (write) => {
  test.each(hosts)('under another host name: %s', async (host) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${host(port())}`, on.cookie, JSON_TYPE, OURS]))).toBe('refused');
  });
  test.each(origins)('from another origin: %s', async (origin) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, on.cookie, JSON_TYPE, OURS, ...origin(on.host)]))).toBe(
      'refused',
    );
  });
  test.each(plain)('as a form: %s', async (headers) => {
    // A form always has a body; a browser sends a DELETE only with its origin.
    const body = write.body === '' ? 'x=1' : write.body;
    expect(await outcomeOf(bytesOf({ ...write, body }, [`Host: ${on.host}`, on.cookie, ...headers(on.host)]))).toBe(
      'refused',
    );
  });
  test.each(['iframe', 'frame', 'embed', 'object', 'script', 'image', 'style', 'font', 'video', 'worker'])(
    'embedded in another page as %s',
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
    'by a preflight or another method: %s',
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
  ])('without a session: %s', async (cookie) => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, `Cookie: ${cookie}`, JSON_TYPE, OURS]))).toBe('refused');
  });
  test('by a viewer', async () => {
    expect(await outcomeOf(bytesOf(write, [`Host: ${on.host}`, on.viewer, JSON_TYPE, OURS]))).toBe('refused');
  });
});

test('none of these requests changed anything, and no reply allows another origin', async () => {
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

test('the same writes are accepted as the page sends them', async () => {
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
