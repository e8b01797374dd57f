import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statusesIn, startAttackTarget, type AttackTarget } from '../harness/attack-target.ts';
import { bytesOf, writes } from '../harness/attack-writes.ts';

/** What is tried with credentials that are no longer, or not, what they claim: old tokens, used links, a proxy's headers. */
let on: AttackTarget;
/** A console behind a proxy on this machine that only adds its headers to those that are there. */
let proxied: AttackTarget;
let stale = '';
beforeAll(async () => {
  on = await startAttackTarget();
  stale = on.token('ci', operator);
  on.withdraw('ci');
  proxied = await startAttackTarget({
    proxy: {
      userHeader: 'X-Forwarded-User',
      groupsHeader: 'X-Forwarded-Groups',
      viewerGroups: ['users'],
      operatorGroups: [
        { group: 'admins', clusters: null },
        { group: 'a', clusters: ['team-a-*'] },
      ],
    },
  });
});
afterAll(() => Promise.all([on.close(), proxied.close()]));

const operator = { role: 'operator', clusters: null } as const;
const JSON_TYPE = 'Content-Type: application/json';
const OURS = 'X-Virtual-Cluster-Console: 1';
const secretOf = (token: string) => token.replace('Authorization: Bearer ', '');

async function send(target: AttackTarget, method: string, path: string, body: string, ...headers: readonly string[]) {
  const typed = method === 'GET' || body === '' ? [] : [JSON_TYPE, OURS];
  const received = await target.send(
    bytesOf({ method, path, body }, [`Host: ${target.host}`, ...typed, ...headers]),
    10_000,
  );
  expect(target.writes).toEqual([]);
  return { status: statusesIn(received)[0], received };
}

describe('a script with a withdrawn token', () => {
  const reads = [
    ...['/api/session', '/api/fleet', '/api/fleet/events', '/api/changes', '/api/changes.jsonl', '/api/nodes'],
    ...['/api/map', '/api/lately?since=0', '/api/clusters/serving/raw', '/virtual_clusters', '/simulator/summary'],
  ];
  test.each(reads)('reads %s', async (path) => {
    const { status, received } = await send(on, 'GET', path, '', stale);
    expect(status).toBeOneOf([401, 429]);
    expect(received).not.toContain('serving');
  });

  test.each(writes)('sends $name', async ({ method, path, body }) => {
    expect((await send(on, method, path, body, stale)).status).toBeOneOf([401, 429]);
  });

  const spellings: readonly (readonly [string, (secret: string) => string])[] = [
    ['in capitals', (secret) => `AUTHORIZATION: BEARER ${secret}`],
    ['with more spaces', (secret) => `Authorization: Bearer    ${secret}   `],
    ['padded', (secret) => `Authorization: Bearer ${secret}==`],
    ['twice', (secret) => `Authorization: Bearer ${secret}\r\nAuthorization: Bearer ${secret}`],
    ['behind a good scheme', (secret) => `Authorization: Basic x, Bearer ${secret}`],
    ['as the password', (secret) => `Authorization: Basic ${btoa(`ci:${secret}`)}`],
    ['to a proxy', (secret) => `Proxy-Authorization: Bearer ${secret}`],
    ['as a cookie', (secret) => `Cookie: virtual-cluster-console-${on.host.split(':')[1] ?? ''}=${secret}`],
    ['as its hash', (secret) => `Authorization: Bearer ${createHash('sha256').update(secret).digest('hex')}`],
    ['as an API key', (secret) => `X-Api-Key: ${secret}`],
    ['as an access token of a proxy', (secret) => `X-Forwarded-Access-Token: ${secret}`],
  ];
  test.each(spellings)('sends it %s', async (_name, header) => {
    expect((await send(on, 'GET', '/api/session', '', header(secretOf(stale)))).status).toBeOneOf([401, 403, 429]);
  });

  test.each(['access_token', 'token', 'authorization'])(
    'sends it, or a good one, as the parameter %s',
    async (name) => {
      for (const secret of [secretOf(stale), secretOf(on.token('other', operator))])
        expect((await send(on, 'GET', `/api/session?${name}=${secret}`, '')).status).toBe(401);
    },
  );

  test('signs in with it, or with a good one, as if it were a link', async () => {
    for (const token of [secretOf(stale), secretOf(on.token('other', operator))])
      expect((await send(on, 'POST', '/api/sign-in', JSON.stringify({ token }))).status).toBeOneOf([401, 429]);
  });

  test("rides on somebody's session that its browser has, too", async () => {
    expect((await send(on, 'GET', '/api/session', '', on.cookie, stale)).status).toBeOneOf([401, 429]);
  });

  test('keeps others on its address out, by polling', async () => {
    for (let n = 0; n < 60; n += 1) await send(on, 'GET', '/api/fleet', '', stale);
    const link = JSON.stringify({ token: on.link('anna', operator) });
    expect((await send(on, 'POST', '/api/sign-in', link)).status).toBe(204);
    expect((await send(on, 'POST', '/api/sign-in', link)).status).toBe(401);
    expect((await send(on, 'GET', '/api/session', '', on.token('good', operator))).status).toBe(200);
  });
});

describe('a viewer behind a proxy that only adds its headers', () => {
  /** What the proxy adds last, for somebody in the group of viewers. */
  const added = ['X-Forwarded-User: eve', 'X-Forwarded-Groups: users'];
  const many = Array.from({ length: 2_100 }, () => 'a:');
  const claims: readonly (readonly [string, readonly string[]])[] = [
    ['brings groups', ['X-Forwarded-Groups: admins', ...added]],
    ['brings groups in other letters', ['x-FORWARDED-groups: admins', ...added]],
    ['brings empty groups', ['X-Forwarded-Groups:', ...added]],
    ['brings another name', ['X-Forwarded-User: anna', ...added]],
    ['brings the same name', ['X-Forwarded-User: eve', ...added]],
    [
      "brings another proxy's groups twice",
      ['X-Auth-Request-Groups: admins', 'X-Auth-Request-Groups: admins', ...added],
    ],
    [
      'brings groups, and so many headers that those of the proxy come late',
      ['X-Forwarded-Groups: admins', ...many, ...added],
    ],
    ['brings groups after those of the proxy', [...added, 'X-Forwarded-Groups: admins']],
  ];
  test.each(claims)('%s', async (_name, headers) => {
    const { status, received } = await send(proxied, 'GET', '/api/session', '', ...headers);
    expect([status, received]).toEqual([403, expect.stringContaining('header-repeated')]);
    for (const { method, path, body } of writes)
      expect((await send(proxied, method, path, body, ...headers)).status).toBe(403);
  });

  const looksLike = [
    'Admins',
    'admins2',
    '"admins"',
    'users;admins',
    'users admins',
    'admins/x',
    'a b',
    'team-a-*',
    '*',
  ];
  test.each(looksLike)('is in the group %s', async (group) => {
    const headers = ['X-Forwarded-User: eve', `X-Forwarded-Groups: users,${group}`];
    for (const { method, path, body } of writes)
      expect((await send(proxied, method, path, body, ...headers)).status).toBe(403);
  });

  test.each([
    'X_Forwarded_Groups: admins',
    'X-Forwarded-Group: admins',
    'X-Groups: admins',
    'X-Auth-Request-Groups: admins',
  ])('names their groups in a header that is not read: %s', async (header) => {
    const { received } = await send(proxied, 'GET', '/api/session', '', header, ...added);
    expect(received).toContain('"mayWrite":false');
  });

  test('sends a token that was withdrawn beside the name that the proxy gives', async () => {
    const { status, received } = await send(proxied, 'GET', '/api/session', '', ...added, stale);
    expect([status, received]).toEqual([200, expect.stringContaining('"mayWrite":false')]);
  });
});
