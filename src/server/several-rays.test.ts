import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { raysReply } from '../contract/rays.ts';
import { runAccessCommand } from './cli/access-command.ts';
import type { Options } from './cli/options.ts';
import { listen } from './http/listen.ts';
import { createSystemClock } from './system-clock.ts';
import { startConsoleOfRays } from '../testing/harness/console-of-rays.ts';
import { goalOf } from '../testing/harness/plan-steps.ts';

const clock = createSystemClock();
let folder: string;
let closers: (() => Promise<void>)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'several-rays-'));
  closers = [];
});
afterEach(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true });
});

const start = (args: readonly string[], open = true) => startConsoleOfRays({ folder, args, closers, open });

function token(options: Options, args: readonly string[]): Record<string, string> {
  const rays = (options.rays ?? []).flatMap(({ name, address }) => ['--ray', `${name}=${address ?? 'simulator'}`]);
  const made = runAccessCommand(['token', 'create', '--data-dir', folder, ...rays, ...args], {}, clock);
  if (made.code !== 0) throw new Error(made.err);
  return { Authorization: `Bearer ${made.out.trim()}` };
}

const two = ['--ray', 'prod=simulator', '--ray', 'lab=simulator'];
const save = (clusterId: string) =>
  JSON.stringify({ kind: 'save', clusterId, divisible: false, base: null, want: { '4c8g': 0 } });
const put = (n: number) => `/api/changes/00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

describe('several Rays in one console', () => {
  test('each has its own API, journal and files; the list names them all', async () => {
    const { send } = await start(two);
    expect(await (await send('/rays/lab/api/session')).json()).toMatchObject({ ray: { name: 'lab' } });
    const made = await send(`/rays/prod${put(1)}`, { method: 'PUT', body: save('team-x') });
    expect(made.status).toBe(200);
    expect((await send(`/rays/prod${put(1)}`)).status).toBe(200);
    expect((await send(`/rays/lab${put(1)}`)).status).toBe(404);
    for (const path of ['/api/rays', '/rays/lab/api/rays']) {
      const { rays } = raysReply.parse(await (await send(path)).json());
      expect(rays.map(({ name, simulated, lastChange }) => [name, simulated, lastChange?.clusterId])).toEqual([
        ['prod', true, 'team-x'],
        ['lab', true, undefined],
      ]);
    }
  });

  test('what is no Ray: 404 by name, the API of a Ray only below it, a redirect to its slash', async () => {
    const { send } = await start(two);
    expect((await send('/rays/nowhere/api/fleet')).status).toBe(404);
    expect((await send('/api/fleet')).status).toBe(404);
    const moved = await send('/rays/prod?a=1');
    expect([moved.status, moved.headers.get('Location')]).toEqual([308, '/rays/prod/?a=1']);
  });

  test.each([
    ['/rays/PROD/api/fleet', 404],
    ['/rays/%70rod/api/fleet', 400],
    ['/rays/prod%2fapi/fleet', 404],
    ['/rays/lab/../prod/api/session', 200],
    ['/rays/..%2fapi%2frays', 404],
    ['/rays//api/fleet', 400],
    ['/rays/prod%00/api/fleet', 404],
    ['/rays/%E0%A4%A/api/fleet', 400],
    [`/rays/${'a'.repeat(5_000)}/api/fleet`, 404],
    ['/rays/__proto__/api/fleet', 404],
  ])('%s is answered by one Ray or by none: %i', async (path, status) => {
    const { send } = await start(two);
    const reply = await send(path);
    expect(reply.status).toBe(status);
    if (path.includes('session')) expect(await reply.json()).toMatchObject({ ray: { name: 'prod' } });
  });

  test('before a Ray is open it says so, and the others are served', async () => {
    const { send, rays } = await start(two, false);
    const early = await send('/rays/prod/api/fleet');
    expect([early.status, early.headers.get('Retry-After')]).toEqual([503, '1']);
    const listed = raysReply.parse(await (await send('/api/rays')).json());
    expect(listed.rays.map(({ state }) => state.kind)).toEqual(['opening', 'opening']);
    await rays.open();
    expect((await send('/rays/prod/api/fleet')).status).toBe(200);
  });

  test('a Ray whose journal can not be opened says why; the others are served', async () => {
    const own = join(folder, 'rays', 'lab');
    mkdirSync(own, { recursive: true });
    symlinkSync(join(folder, 'elsewhere'), join(own, 'simulator.sqlite'));
    const { send, lines } = await start(['--ray', 'lab=simulator', '--ray', 'other=simulator']);
    const listed = raysReply.parse(await (await send('/api/rays')).json());
    expect(listed.rays[0]?.state).toMatchObject({ kind: 'not-opened', cause: { code: 'journal-link' } });
    expect(listed.rays[1]?.state.kind).toMatch(/read/);
    expect((await send('/rays/lab/api/fleet')).status).toBe(503);
    expect((await send('/rays/other/api/fleet')).status).toBe(200);
    expect(lines.join('\n')).toContain('"event":"ray-not-opened","ray":"lab"');
  });

  test('a journal that another console has open holds up nobody, and is opened once it is free', async () => {
    const first = await start(['--ray', 'lab=simulator']);
    const { send, rays } = await start(['--ray', 'lab=simulator', '--ray', 'other=simulator'], false);
    const opened = rays.open();
    await vi.waitFor(async () => expect((await send('/rays/other/api/fleet')).status).toBe(200), 2_500);
    expect((await send('/rays/lab/api/fleet')).status).toBe(503);
    await first.rays.close();
    await opened;
    expect((await send('/rays/lab/api/fleet')).status).toBe(200);
  });

  test('one sign-in for all: a link makes one session; without it no Ray tells anything', async () => {
    const { send, newLink } = await start([...two, '--sign-in', 'link']);
    for (const path of ['/api/rays', '/rays/prod/api/fleet']) expect((await send(path)).status).toBe(401);
    const signedIn = await send('/rays/lab/api/sign-in', {
      method: 'POST',
      body: JSON.stringify({ token: newLink?.() }),
    });
    const cookie = signedIn.headers.get('Set-Cookie') ?? '';
    expect(cookie).toContain('Path=/;');
    const headers = { Cookie: cookie.split(';')[0] ?? '' };
    for (const path of ['/api/rays', '/rays/prod/api/session', '/rays/lab/api/session'])
      expect((await send(path, { headers })).status).toBe(200);
    expect((await send('/api/sign-out', { method: 'POST', headers, body: '{}' })).status).toBe(204);
    expect((await send('/rays/prod/api/session', { headers })).status).toBe(401);
  });

  test('a pattern names a Ray: elsewhere its token only looks', async () => {
    const { send, options } = await start([...two, '--sign-in', 'link']);
    const headers = token(options, ['--name', 'ci', '--clusters', 'prod:team-a-*']);
    const asked = async (path: string, clusterId: string) =>
      (await send(path, { method: 'PUT', headers, body: save(clusterId) })).status;
    expect(await asked(`/rays/prod${put(1)}`, 'team-a-1')).toBe(200);
    expect(await asked(`/rays/prod${put(2)}`, 'team-b')).toBe(403);
    expect(await asked(`/rays/lab${put(3)}`, 'team-a-1')).toBe(403);
    const plan = JSON.stringify({
      version: 0,
      name: 'Night',
      goals: [goalOf('team-a-2', null, {})],
    });
    const kept = async (path: string, body: string) => (await send(path, { method: 'PUT', headers, body })).status;
    const [own, foreign] = ['prod', 'lab'].map((ray) => `/rays/${ray}/api/plans/00000000-0000-4000-8000-000000000009`);
    expect([await kept(own ?? '', plan), await kept(foreign ?? '', plan)]).toEqual([200, 403]);
    // By the path of one Ray, nothing of another is reached.
    for (const way of ['prod/../lab', 'prod/%2e%2e/lab', 'prod//../lab', 'prod%2F..%2Flab', 'LAB', 'lab/..;/prod'])
      expect(
        (await send(`/rays/${way}${put(4)}`, { method: 'PUT', headers, body: save('team-a-1') })).status,
      ).toBeGreaterThanOrEqual(400);
    expect(await (await send('/rays/lab/api/session', { headers })).json()).toMatchObject({
      mayWrite: false,
      mayNotWriteBecause: expect.stringContaining('none of lab'),
    });
  });

  test('one that hangs, floods, cuts its replies, denies or redirects: the others answer, and memory stays bounded', async () => {
    const nonsense = Buffer.alloc(1_000_000, '[');
    let followed = 0;
    const target = createServer((_, outgoing) => {
      followed += 1;
      outgoing.end('[]');
    });
    const aim = await listen(target, 0, '127.0.0.1');
    const elsewhere = aim.ok ? aim.port : 0;
    closers.push(async () => {
      target.close();
      await Promise.resolve();
    });
    const bad = {
      hangs: createServer(() => undefined),
      floods: createServer(({ url = '' }, outgoing) => {
        outgoing.writeHead(200, { 'Content-Type': 'application/json' });
        // Of each reply: shared by all, they would be used up by some, and the others would hang in place of flooding.
        let sent = 0;
        const most = url.startsWith('/virtual_clusters') ? 100_000_000 : 10_000_000;
        const more = () => {
          while (sent < most && !outgoing.destroyed) {
            sent += nonsense.length;
            if (!outgoing.write(nonsense)) return void outgoing.once('drain', more);
          }
          outgoing.end();
        };
        more();
      }),
      dies: createServer(({ socket }) => socket.destroy()),
      denies: createServer((_, outgoing) => outgoing.writeHead(401).end('Unauthorized')),
      moves: createServer((_, outgoing) =>
        outgoing.writeHead(302, { Location: `http://127.0.0.1:${String(elsewhere)}/` }).end(),
      ),
    };
    const args: string[] = ['--ray', 'lab=simulator', '--no-sign-in'];
    for (const [name, server] of Object.entries(bad)) {
      const listening = await listen(server, 0, '127.0.0.1');
      if (!listening.ok) throw new Error(listening.message);
      args.push('--ray', `${name}=http://127.0.0.1:${String(listening.port)}`);
      closers.push(async () => {
        server.close();
        server.closeAllConnections();
        await Promise.resolve();
      });
    }
    const before = process.memoryUsage().arrayBuffers;
    const { send } = await start(args);
    let most = 0;
    await vi.waitFor(async () => {
      expect((await send('/rays/lab/api/fleet')).status).toBe(200);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      const { rays } = raysReply.parse(await (await send('/api/rays')).json());
      const { hangs, ...states } = Object.fromEntries(rays.map(({ name, state }) => [name, state.kind]));
      const failing = { floods: 'failing', dies: 'failing', denies: 'failing', moves: 'failing' };
      expect(states).toEqual({ lab: 'read', ...failing });
      // Its time limit may be over by then.
      expect(hangs).toMatch(/^(reading|failing)$/);
      expect(rays.find(({ name }) => name === 'denies')?.state).toMatchObject({
        cause: { kind: 'status', status: 401 },
      });
    }, 20_000);
    expect(most).toBeLessThan(64_000_000);
    expect(followed).toBe(0);
  }, 30_000);

  test('the page of another site is refused above the Rays, too', async () => {
    const { send } = await start(two);
    for (const headers of [
      { Origin: 'http://evil.example' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { Host: 'evil.example' },
    ])
      for (const path of ['/api/rays', '/rays/prod/api/fleet', '/rays/nowhere/'])
        expect([path, (await send(path, { headers })).status]).toEqual([path, 403]);
  });

  test('ready as soon as one Ray is; each tells of itself', async () => {
    const { send } = await start(['--ray', 'lab=simulator', '--ray', 'gone=http://127.0.0.1:9', '--no-sign-in']);
    expect((await send('/readyz')).status).toBe(200);
    expect((await send('/rays/lab/readyz')).status).toBe(200);
    expect((await send('/rays/gone/readyz')).status).toBe(503);
    expect((await send('/rays/nowhere/readyz')).status).toBe(404);
    await vi.waitFor(async () => {
      const { rays } = raysReply.parse(await (await send('/rays/lab/api/rays')).json());
      expect(rays[1]?.state).toMatchObject({ kind: 'failing', reason: 'unreachable', lastReadAt: null });
    }, 5_000);
  });
});
