import { afterEach, describe, expect, test } from 'vitest';
import { paths } from '../../contract/paths.ts';
import { session, type Session } from '../../contract/session.ts';
import type { Peer } from './authenticator.ts';
import { changeIn, uuid } from '../../testing/harness/test-console.ts';
import { createConsoleWithSignIn, type ConsoleWithSignIn } from '../../testing/harness/console-with-sign-in.ts';

const HOUR = 3_600_000;
const anna = { name: 'anna', grant: { role: 'operator', clusters: null } } as const;
const proxy = {
  userHeader: 'X-Forwarded-User',
  groupsHeader: 'X-Forwarded-Groups',
  viewerGroups: ['users'],
  operatorGroups: [
    { group: 'admins', clusters: null },
    { group: 'a', clusters: ['team-a-*'] },
    { group: 'b', clusters: ['team-b'] },
  ],
};
const atProxy: Peer = { address: '10.0.0.1', secure: false, port: 8600 };

let on: ConsoleWithSignIn;
afterEach(() => on.close());
const started = (options?: Parameters<typeof createConsoleWithSignIn>[0]) => (on = createConsoleWithSignIn(options));

async function sessionOf(reply: Response): Promise<Session> {
  expect(reply.status).toBe(200);
  return session.parse(await reply.json());
}

async function problemOf(reply: Response): Promise<unknown> {
  return [reply.status, (await reply.json()).problem];
}

describe('a link', () => {
  test('signs in once; its session says who, and its cookie is as it should be', async () => {
    started();
    const token = on.link(anna);
    const reply = await on.ask('POST', paths.signIn, {}, { token });
    expect(reply.status).toBe(204);
    const cookie = reply.headers.get('Set-Cookie') ?? '';
    expect(cookie).toMatch(/^virtual-cluster-console-8600=[\w-]+; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(on.linksUsed()).toBe(1);
    expect(await problemOf(await on.ask('POST', paths.signIn, {}, { token }))).toEqual([401, 'link-used']);
    const session = await sessionOf(await on.ask('GET', paths.session, { Cookie: cookie.split(';')[0] ?? '' }));
    expect(session).toMatchObject({ who: 'anna', via: 'link', mayWrite: true, clusters: null });
  });

  test.each([
    ['over TLS', '/', /^__Host-virtual-cluster-console-8600=[\w-]+; Path=\/; HttpOnly; SameSite=Strict; Secure$/],
    [
      'over TLS below a path',
      '/vc/',
      /^__Secure-virtual-cluster-console-8600=[\w-]+; Path=\/vc\/; HttpOnly; SameSite=Strict; Secure$/,
    ],
  ])('%s the browser guards the cookie, too', async (_name, basePath, form) => {
    started({ basePath });
    const from = { ...on.here, secure: true };
    const base = basePath.slice(0, -1);
    const reply = await on.ask('POST', base + paths.signIn, {}, { token: on.link(anna) }, from);
    const cookie = reply.headers.get('Set-Cookie') ?? '';
    expect(cookie).toMatch(form);
    expect(
      (await on.ask('GET', base + paths.session, { Cookie: cookie.split(';')[0] ?? '' }, undefined, from)).status,
    ).toBe(200);
    // What came in plain was not given over TLS.
    expect((await on.ask('GET', base + paths.session, { Cookie: cookie.split(';')[0] ?? '' })).status).toBe(401);
  });

  test('signing out ends the session on the server', async () => {
    started();
    const headers = await on.signIn(anna);
    expect((await on.ask('GET', paths.fleet, headers)).status).toBe(200);
    const reply = await on.ask('POST', paths.signOut, headers, {});
    expect([reply.status, reply.headers.get('Set-Cookie')]).toEqual([204, expect.stringMatching(/=; .*Max-Age=0$/)]);
    expect(await problemOf(await on.ask('GET', paths.fleet, headers))).toEqual([401, 'sign-in-needed']);
  });

  test('signing in again ends the session from before', async () => {
    started();
    const before = await on.signIn(anna);
    await on.ask('POST', paths.signIn, before, { token: on.link(anna) });
    expect((await on.ask('GET', paths.session, before)).status).toBe(401);
  });

  test('a page left open does not keep its session; whoever does something does', async () => {
    started();
    const left = await on.signIn(anna);
    const used = await on.signIn(anna);
    for (let hour = 0; hour < 8; hour++) {
      await on.clock.advance(HOUR - 1);
      expect((await on.ask('GET', paths.session, left)).status).toBe(200);
      expect((await on.ask('GET', `${paths.session}?active=1`, used)).status).toBe(200);
    }
    await on.clock.advance(HOUR);
    expect((await on.ask('GET', paths.session, left)).status).toBe(401);
    expect((await on.ask('GET', paths.session, used)).status).toBe(200);
  });

  test('a cookie that stands there twice is none: somebody may have slipped one in', async () => {
    started();
    const { Cookie = '' } = await on.signIn(anna);
    const { Cookie: other = '' } = await on.signIn(anna);
    expect((await on.ask('GET', paths.session, { Cookie: `${Cookie}; ${other}` })).status).toBe(401);
    expect((await on.ask('GET', paths.session, { Cookie: `theirs=1; ${Cookie}` })).status).toBe(200);
  });

  test('who sends a wrong one over and over must wait, and nobody else', async () => {
    started();
    const wrong = { token: 'x' };
    for (let n = 0; n < 10; n++)
      expect(await problemOf(await on.ask('POST', paths.signIn, {}, wrong))).toEqual([401, 'link-unknown']);
    const reply = await on.ask('POST', paths.signIn, {}, wrong);
    expect([reply.status, reply.headers.get('Retry-After')]).toEqual([429, '60']);
    expect((await on.ask('POST', paths.signIn, {}, { token: on.link(anna) })).status).toBe(204);
  });

  test.each([200, 3_000])('one is good while a script polls with an old token every %i ms', async (interval) => {
    started();
    const old = on.token('ci', anna.grant);
    const good = on.token('other', anna.grant);
    on.withdraw('ci');
    const polled = new Set<number>();
    for (let time = 0; time < 120_000; time += interval) {
      polled.add((await on.ask('GET', paths.session, old)).status);
      await on.clock.advance(interval);
      if (time % 6_000 !== 0) continue;
      expect((await on.ask('POST', paths.signIn, {}, { token: on.link(anna) })).status).toBe(204);
      expect((await on.ask('GET', paths.session, good)).status).toBe(200);
    }
    expect(polled).toEqual(new Set([401, 429]));
  });

  test('many wrong ones, each another, keep no good one out', async () => {
    started();
    for (let n = 0; n < 300; n++)
      expect((await on.ask('POST', paths.signIn, {}, { token: `x${String(n)}` })).status).toBe(401);
    expect((await on.ask('POST', paths.signIn, {}, { token: on.link(anna) })).status).toBe(204);
  });

  test.each([{}, { token: '' }, { token: 7 }, { token: 'x'.repeat(300) }, [], 'x'])('%j is no token', async (body) => {
    started();
    expect((await on.ask('POST', paths.signIn, {}, body)).status).toBe(401);
  });

  test('whoever is not in gets the page, and no data', async () => {
    started();
    for (const path of ['/', '/clusters/x', '/sign-in', '/assets/x.js'])
      expect((await on.ask('GET', path)).status).toBe(200);
    for (const path of [
      '/api',
      '/api/',
      '/api/nothing',
      '/virtual_clusters/',
      '/simulator',
      '/simulator/../api/fleet',
    ]) {
      expect((await on.ask('GET', path)).status).toBe(401);
    }
    expect((await on.ask('POST', '/', {}, {})).status).toBe(401);
  });
});

describe('a token', () => {
  test('is who it was made for, until it is withdrawn', async () => {
    started();
    const headers = on.token('ci', { role: 'operator', clusters: ['team-a-*'] });
    const session = await sessionOf(await on.ask('GET', paths.session, headers));
    expect(session).toMatchObject({ who: 'ci', via: 'token', mayWrite: true, clusters: ['team-a-*'] });
    on.withdraw('ci');
    const reply = await on.ask('GET', paths.session, headers);
    expect(reply.headers.get('WWW-Authenticate')).toBe('Bearer');
    expect(await problemOf(reply)).toEqual([401, 'unknown-token']);
  });

  test.each(['Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', 'token-of-ci', 'Bearer token-of-ci, Bearer x'])(
    '%j is none',
    async (Authorization) => {
      started();
      on.token('ci', anna.grant);
      expect((await on.ask('GET', paths.session, { Authorization })).status).toBe(401);
    },
  );

  test('a wrong one is refused where nobody else is asked, too', async () => {
    started({ open: true });
    expect((await on.ask('GET', paths.session)).status).toBe(200);
    expect((await on.ask('GET', paths.session, { Authorization: 'Bearer x' })).status).toBe(401);
  });

  test("a page of another site's can't use one", async () => {
    started();
    const headers = { ...on.token('ci', anna.grant), Origin: 'http://127.0.0.1:3000', 'Sec-Fetch-Site': 'same-site' };
    expect((await on.ask('POST', paths.virtualClusters, headers, {})).status).toBe(403);
  });

  test('a stream that was opened by one ends when it is withdrawn', async () => {
    started();
    const reply = await on.ask('GET', paths.fleetEvents, on.token('ci', anna.grant));
    const reader = reply.body?.getReader();
    await reader?.read();
    await reader?.read();
    on.withdraw('ci');
    await on.clock.advance(10_000);
    let ended = false;
    while (!ended) ended = (await reader?.read())?.done !== false;
    expect(ended).toBe(true);
  });
});

describe('a proxy', () => {
  const askFrom = (headers: Record<string, string>, from = atProxy) =>
    on.ask('GET', paths.session, headers, undefined, from);

  test.each([
    ['admins', { mayWrite: true, clusters: null }],
    ['a', { mayWrite: true, clusters: ['team-a-*'] }],
    ['b, a,users', { mayWrite: true, clusters: ['team-a-*', 'team-b'] }],
    ['a,admins', { mayWrite: true, clusters: null }],
    ['users', { mayWrite: false, clusters: null }],
  ])('names a person of the groups %s', async (groups, rights) => {
    started({ proxy });
    const session = await sessionOf(await askFrom({ 'X-Forwarded-User': 'anna', 'X-Forwarded-Groups': groups }));
    expect(session).toMatchObject({ who: 'anna', via: 'proxy', ...rights });
  });

  test.each<[string, Record<string, string>, unknown]>([
    ['a person of no group', { 'X-Forwarded-User': 'anna', 'X-Forwarded-Groups': 'others' }, [403, 'no-role']],
    ['two persons', { 'X-Forwarded-User': 'eve, anna', 'X-Forwarded-Groups': 'admins' }, [403, 'user-unclear']],
    ['nobody', {}, [401, 'proxy-sign-in-needed']],
    ['groups of nobody', { 'X-Forwarded-Groups': 'admins' }, [401, 'proxy-sign-in-needed']],
  ])('%s: no', async (_name, headers, problem) => {
    started({ proxy });
    expect(await problemOf(await askFrom(headers))).toEqual(problem);
  });

  test.each([
    'X-Forwarded-User',
    'X-Forwarded-Groups',
    'X-Forwarded-Email',
    'X-Auth-Request-User',
    'X-Auth-Request-Groups',
    'X-Auth-Request-Email',
  ])('%s from anywhere else is refused, however somebody came in', async (name) => {
    started({ proxy });
    const headers = { [name]: 'anna' };
    expect(await problemOf(await askFrom(headers, on.here))).toEqual([403, 'proxy-not-trusted']);
    expect(await problemOf(await askFrom({ ...headers, ...on.token('ci', anna.grant) }, on.here))).toEqual([
      403,
      'proxy-not-trusted',
    ]);
    await on.close();
    started();
    expect(await problemOf(await askFrom(headers))).toEqual([403, 'proxy-not-trusted']);
    await on.close();
    started({ open: true });
    expect(await problemOf(await askFrom(headers))).toEqual([403, 'proxy-not-trusted']);
  });

  test.each(['X-Forwarded-User', 'X-Forwarded-Groups', 'X-Forwarded-Email', 'X-Auth-Request-Groups'])(
    'that adds its %s to one that was there is not believed',
    async (name) => {
      started({ proxy });
      const who = { 'X-Forwarded-User': 'eve', 'X-Forwarded-Groups': 'users' };
      const from = { ...atProxy, repeatedHeaders: ['accept', name.toLowerCase()] };
      expect(await problemOf(await askFrom(who, from))).toEqual([403, 'header-repeated']);
      expect(await problemOf(await askFrom({ ...who, ...on.token('ci', anna.grant) }, from))).toEqual([
        403,
        'header-repeated',
      ]);
      expect((await askFrom(who, { ...atProxy, repeatedHeaders: ['accept', 'x-forwarded-for'] })).status).toBe(200);
    },
  );

  test('the headers that it was told to read are as single as the usual ones', async () => {
    started({ proxy: { ...proxy, userHeader: 'X-Person', groupsHeader: 'X-Teams' } });
    const from = { ...atProxy, repeatedHeaders: ['x-teams'] };
    expect(await problemOf(await askFrom({ 'X-Person': 'eve', 'X-Teams': 'users, admins' }, from))).toEqual([
      403,
      'header-repeated',
    ]);
  });

  test.each([
    ['203.0.113.9:4711', '203.0.113.9'],
    ['[2001:DB8::0:1]:443', '2001:db8::1'],
    ['2001:db8::1', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['203.0.113.9, 10.0.0.1:80', '203.0.113.9'],
    ['....', '10.0.0.1'],
    ['1.2.3', '10.0.0.1'],
    ['1.2.3.256', '10.0.0.1'],
    ['1.2.3.04', '10.0.0.1'],
    ['0x7f.1', '10.0.0.1'],
    ['2130706433', '10.0.0.1'],
    [':::', '10.0.0.1'],
    ['1.2.3.4:567:8', '10.0.0.1'],
    ['fe80::1%eth0', '10.0.0.1'],
    ['[::1', '10.0.0.1'],
    ['unknown', '10.0.0.1'],
    ['203.0.113.9, ....', '10.0.0.1'],
  ])('forwards %s: the person is at %s', async (forwarded, address) => {
    started({ proxy });
    const save = { kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } };
    const who = { 'X-Forwarded-User': 'anna', 'X-Forwarded-Groups': 'admins', 'X-Forwarded-For': forwarded };
    expect(await changeIn(await on.ask('PUT', paths.change(uuid(1)), who, save, atProxy))).toMatchObject({ address });
  });

  test('what it forwards is where the person is; from others it says nothing', async () => {
    started({ proxy });
    const save = { kind: 'save', clusterId: 'new', divisible: false, base: null, want: { '4c8g': 1 } };
    const who = {
      'X-Forwarded-User': 'anna',
      'X-Forwarded-Groups': 'admins',
      'X-Forwarded-For': '6.6.6.6, 203.0.113.9, 10.0.0.1',
    };
    const byProxy = await changeIn(await on.ask('PUT', paths.change(uuid(1)), who, save, atProxy));
    expect(byProxy).toMatchObject({ who: 'anna', address: '203.0.113.9', via: 'proxy' });
    const ci = { ...on.token('ci', anna.grant), 'X-Forwarded-For': '203.0.113.9' };
    const byToken = await changeIn(await on.ask('PUT', paths.change(uuid(2)), ci, { ...save, clusterId: 'newer' }));
    expect(byToken).toMatchObject({ who: 'ci', address: '127.0.0.1', via: 'token' });
    const odd = await changeIn(
      await on.ask(
        'PUT',
        paths.change(uuid(3)),
        { ...who, 'X-Forwarded-For': '<script>' },
        { ...save, clusterId: 'newest' },
        atProxy,
      ),
    );
    expect(odd).toMatchObject({ address: '10.0.0.1' });
  });
});

describe('without TLS, from another machine', () => {
  const away: Peer = { address: '203.0.113.5', secure: false, port: 8600 };

  test.each<[string, Parameters<typeof createConsoleWithSignIn>[0]]>([
    ['a link', {}],
    ['a proxy', { proxy }],
  ])('nothing is served past the proxy, where people come in by %s', async (_name, options) => {
    started(options);
    const no = [403, 'not-encrypted'];
    expect(await problemOf(await on.ask('POST', paths.signIn, {}, { token: on.link(anna) }, away))).toEqual(no);
    expect(await problemOf(await on.ask('GET', paths.fleet, on.token('ci', anna.grant), undefined, away))).toEqual(no);
    expect(await problemOf(await on.ask('GET', '/', {}, undefined, away))).toEqual(no);
    // What it says of itself counts from a proxy alone.
    expect(await problemOf(await on.ask('GET', '/', { 'X-Forwarded-Proto': 'https' }, undefined, away))).toEqual(no);
  });

  test.each(['127.0.0.1', '127.8.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1'])(
    'this machine and the proxy are: %s',
    async (address) => {
      started();
      expect((await on.ask('POST', paths.signIn, {}, { token: on.link(anna) }, { ...away, address })).status).toBe(204);
    },
  );

  test('over TLS everybody is', async () => {
    started();
    expect((await on.ask('POST', paths.signIn, {}, { token: on.link(anna) }, { ...away, secure: true })).status).toBe(
      204,
    );
  });
});
